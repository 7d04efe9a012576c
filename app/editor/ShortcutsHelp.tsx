import { editorEntries } from './toolbar/entries.ts'

/** The keys of the editor, as people read them. The first sentence describes the text to screen readers. */
export function ShortcutsHelp({ id }: { id: string }) {
  return (
    <div className="shortcuts-help">
      <p id={id}>
        Échap puis Tabulation pour sortir du texte. Alt+Maj+O pour aller aux outils. Tapez / pour insérer une décision,
        une action ou un point de vigilance.
      </p>
      <dl className="shortcuts">
        {[...otherKeys, ...editorEntries.map(entry => [entry.label, entry.keys] as const)].map(([label, keys]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{keys}</dd>
          </div>
        ))}
      </dl>
      <p className="soft">Sur un Mac, ⌘ remplace Ctrl et ⌥ remplace Alt.</p>
    </div>
  )
}

const otherKeys: readonly (readonly [string, string])[] = [
  ['Insérer (menu)', '/'],
  ['Lien', 'Ctrl+K'],
  ['Quitter le bloc', 'Entrée, ou Ctrl+Entrée'],
  ['Passer à la ligne dans un paragraphe', 'Maj+Entrée'],
  ['Champs du bloc (nature, qui, pour le)', 'Alt+Maj+C'],
  ['Outils', 'Alt+Maj+O, ou Alt+F10'],
  ['Sortir du texte', 'Échap, puis Tabulation'],
  ['Élément de liste vers l’intérieur, vers l’extérieur', 'Alt+Maj+→, Alt+Maj+←'],
  ['Savoir si tout est enregistré', 'Ctrl+S'],
]
