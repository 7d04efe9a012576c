import { counted } from '#app/formats.ts'
import type { EndingConsequences } from '#server/domain/governance/mandate-page.ts'

/** What follows from the end of a mandate, said before it is done. */
export function EndingFollows({ follows, instance }: { follows: EndingConsequences; instance: string }) {
  return (
    <div>
      <p>Ce qui s’ensuit :</p>
      <ul className="list">
        <li>
          {follows.leaves
            ? 'la personne n’aura plus aucun rôle : elle n’entrera plus dans le consortium ;'
            : `la personne n’aura plus accès à ce que son mandat lui ouvrait dans « ${instance} » ;`}
        </li>
        {follows.serving.map(({ id, name, label }) => (
          <li key={id}>
            le mandat de {name} ({label}) prend fin le même jour ;
          </li>
        ))}
        {follows.carriesVoice && (
          <li>sa structure n’a plus de voix dans cette instance, jusqu’à une nouvelle désignation ;</li>
        )}
        {follows.openActions > 0 && (
          <li>
            {counted(follows.openActions, 'action reste', 'actions restent')} à mener en son nom : le secrétariat, la
            présidence ou un copilote les suivent ;
          </li>
        )}
        <li>les comptes rendus gardent son nom.</li>
      </ul>
    </div>
  )
}
