import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import type { Competence } from '#app/editor/competence.ts'
import { MinutesContent } from '#app/editor/MinutesContent.tsx'
import type { MinutesPage } from '#server/domain/minutes/minutes-page.ts'
import { blockNotes } from './block-notes.tsx'
import type { LiveMinutes } from './use-live-minutes.tsx'

const LiveEditor = lazy(() => import('#app/editor/LiveEditor.tsx'))

type MinutesTextProps = {
  slug: string
  page: MinutesPage
  now: Date
  account: { id: string; name: string }
  live: LiveMinutes
}

/** The text: to read on the server and without JavaScript; live in a browser that can, while it is not sealed. */
export function MinutesText({ slug, page, now, account, live }: MinutesTextProps) {
  const reading = (
    <MinutesContent
      content={page.content}
      competences={page.live?.writing?.competence ?? competenceAsSealed(page)}
      blockNotes={blockNotes({ slug, page, now })}
    />
  )
  if (!page.live) return reading
  return (
    <InBrowser fallback={reading}>
      <Suspense fallback={reading}>
        <LiveEditor
          // Rights that change, or another epoch, are another editor.
          key={`${page.id}.${page.epoch}.${page.live.mode}`}
          minutesId={page.id}
          epoch={page.epoch}
          mode={page.live.mode}
          fallback={reading}
          account={account}
          competence={page.live.writing?.competence ?? []}
          owners={page.live.writing?.owners ?? []}
          agendaItems={page.agenda}
          onStatus={live.onStatus}
          onPeople={live.onPeople}
          onOutline={live.onOutline}
          onClosed={live.refresh}
          onStateChanged={live.refresh}
          onTextMoved={live.onTextMoved}
        />
      </Suspense>
    </InBrowser>
  )
}

/** Which instance each decision of a sealed text went to. */
function competenceAsSealed(page: MinutesPage): Competence[] {
  return page.outcomes.decisions.flatMap(({ nature, own, competentInstance }) =>
    nature ? [{ nature, competent: own ? 'self' : 'other', instanceName: competentInstance, sentence: '' }] : [],
  )
}

/** What only a browser can show, once the page has come alive; until then, the fallback. */
function InBrowser({ fallback, children }: { fallback: ReactNode; children: ReactNode }) {
  const [alive, setAlive] = useState(false)
  useEffect(() => setAlive(true), [])
  return alive ? children : fallback
}
