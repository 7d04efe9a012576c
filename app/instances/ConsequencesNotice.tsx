import { useEffect, useRef } from 'react'
import { Disclosure } from '#app/components/Disclosure.tsx'
import { Icon } from '#app/components/Icon.tsx'
import { counted, list } from '#app/formats.ts'
import type { Consequences, ReadingChange } from '#server/domain/instances/consequences.ts'

/** What new settings would do to rights. It receives the focus: nothing is saved until it was read and confirmed. */
export function ConsequencesNotice({ consequences }: { consequences: Consequences }) {
  const box = useRef<HTMLElement>(null)
  const { gain, lose, validators, inProofreading } = consequences
  // biome-ignore lint/correctness/useExhaustiveDependencies: other consequences are said again.
  useEffect(() => box.current?.focus(), [consequences.version])
  const sameValidators = validators.before.join() === validators.after.join()
  return (
    <section className="notice" data-tone="warning" ref={box} tabIndex={-1} aria-labelledby="consequences-titre">
      <Icon name="vigilance" />
      <div className="notice-body stack">
        <h2 id="consequences-titre" className="notice-title">
          Ce changement touche aux droits : confirmez-le
        </h2>
        <Readers
          changes={lose}
          none="Personne ne perd la lecture d’un compte rendu."
          verb="ne lira plus"
          verbs="ne liront plus"
        />
        <Readers
          changes={gain}
          none="Personne ne gagne la lecture d’un compte rendu."
          verb="lira de plus"
          verbs="liront de plus"
        />
        {!sameValidators && (
          <p>
            Valideront les comptes rendus : {named(validators.after)}, au lieu de {named(validators.before)}.
            {validators.after.length === 0 && ' Désignez quelqu’un, ou rien ne pourra être validé.'}
          </p>
        )}
        {!sameValidators && inProofreading > 0 && (
          <p>
            {counted(inProofreading, 'compte rendu est', 'comptes rendus sont')} en relecture : ces personnes devront y
            donner leur accord.
          </p>
        )}
        <p>Rien n’est encore enregistré.</p>
      </div>
    </section>
  )
}

function named(names: readonly string[]): string {
  return names.length > 0 ? list(names) : 'personne'
}

function Readers({
  changes,
  none,
  verb,
  verbs,
}: {
  changes: ReadingChange[]
  none: string
  verb: string
  verbs: string
}) {
  if (changes.length === 0) return <p>{none}</p>
  return (
    <Disclosure
      summary={`${counted(changes.length, 'personne')} ${changes.length > 1 ? verbs : verb} des comptes rendus`}
    >
      <ul className="list">
        {changes.map(({ accountId, name, minutes }) => (
          <li key={accountId}>
            {name} : {counted(minutes, 'compte rendu', 'comptes rendus')}
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}
