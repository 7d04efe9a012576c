import { useEffect, useRef } from 'react'
import { DescriptionList } from '#app/components/DescriptionList.tsx'
import { capitalised, dateTimeRange } from '#app/formats.ts'
import type { MeetingPage } from '#server/domain/meetings/meeting-page.ts'

/** Somebody else saved the meeting while it was being modified: what they saved, and what will happen. */
export function SavedMeanwhile({ page }: { page: MeetingPage }) {
  const box = useRef<HTMLElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version saved meanwhile is said again.
  useEffect(() => box.current?.focus(), [page.revision])
  return (
    <section className="error-summary stack" ref={box} tabIndex={-1} aria-labelledby="version-enregistree">
      <h2 id="version-enregistree">Quelqu’un d’autre a modifié cette réunion entre-temps</h2>
      <p>
        Vos changements ne sont pas enregistrés ; ce que vous avez saisi est toujours dans le formulaire. Comparez avec
        la version enregistrée, reprenez-y ce qu’il faut, puis enregistrez la vôtre : elle la remplacera.
      </p>
      <DescriptionList
        items={[
          { term: 'Date', value: capitalised(dateTimeRange(page.startsAt, page.endsAt)) },
          { term: 'Lieu', value: page.place },
          { term: 'Lien', value: page.link },
          { term: 'Intitulé', value: page.title },
          {
            term: 'Ordre du jour',
            value: page.agenda.length > 0 && (
              <ol className="list">
                {page.agenda.map(item => (
                  <li key={item.id}>
                    {[item.title, item.reporter, item.durationMinutes && `${item.durationMinutes} min`]
                      .filter(Boolean)
                      .join(' – ')}
                  </li>
                ))}
              </ol>
            ),
          },
        ]}
      />
    </section>
  )
}
