import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { useDocumentFacts } from '#app/components/DocumentContext.tsx'
import type { Competence } from '#app/editor/competence.ts'
import { MinutesContent } from '#app/editor/MinutesContent.tsx'
import type { TextNode } from '#app/editor/reading/text-node.ts'
import type { LivePart, MinutesPage } from '#server/domain/minutes/minutes-page.ts'
import { blockNotes } from './block-notes.tsx'
import type { LiveMinutes } from './use-live-minutes.tsx'

const loadEditor = () => import('#app/editor/LiveEditor.tsx')
const LiveEditor = lazy(loadEditor)

type MinutesTextProps = {
  slug: string
  page: MinutesPage
  /** The text, as ProseMirror JSON; null when the document holds it. */
  content: TextNode | null
  now: Date
  account: { id: string; name: string }
  live: LiveMinutes
}

/** The text: to read on the server and without JavaScript; live in a browser that can, while it is not sealed. */
export function MinutesText({ slug, page, content, now, account, live }: MinutesTextProps) {
  const written = useWrittenText(content)
  const reading =
    typeof written === 'string' ? (
      // biome-ignore lint/security/noDangerouslySetInnerHtml: what the server wrote in this very place.
      <div className="minutes-content" dangerouslySetInnerHTML={{ __html: written }} />
    ) : (
      <MinutesContent
        content={written}
        competences={page.live?.writing?.competence ?? competenceAsSealed(page)}
        blockNotes={blockNotes({ slug, page, now })}
      />
    )
  return page.live ? <LiveText page={page} part={page.live} account={account} live={live} reading={reading} /> : reading
}

/** The text; or, when the page's data leave it out, the HTML that the server has written of it, as it stands. */
function useWrittenText(content: TextNode | null): TextNode | string {
  const { text } = useDocumentFacts()
  const [html] = useState(() =>
    (content ?? text) ? '' : (document.querySelector('.minutes-content')?.innerHTML ?? ''),
  )
  return content ?? text ?? html
}

type LiveTextProps = Pick<MinutesTextProps, 'page' | 'account' | 'live'> & { part: LivePart; reading: ReactNode }

/** The text to read keeps its place until the live one is there, however many steps that takes: it may be long. */
function LiveText({ page, part, account, live, reading }: LiveTextProps) {
  const [shown, setShown] = useState(false)
  const inBrowser = useInBrowser()
  // Asked for before anything else is done with the page.
  if (typeof document !== 'undefined') void loadEditor()
  return (
    <>
      {!shown && reading}
      {inBrowser && (
        <Suspense fallback={null}>
          <LiveEditor
            // Rights that change, or another epoch, are another editor.
            key={`${page.id}.${page.epoch}.${part.mode}`}
            minutesId={page.id}
            epoch={page.epoch}
            mode={part.mode}
            account={account}
            competence={part.writing?.competence ?? []}
            owners={part.writing?.owners ?? []}
            people={part.writing?.people ?? []}
            agendaItems={page.agenda}
            onShown={setShown}
            onStatus={live.onStatus}
            onPeople={live.onPeople}
            onOutline={live.onOutline}
            onClosed={live.refresh}
            onStateChanged={live.refresh}
            onTextMoved={live.onTextMoved}
          />
        </Suspense>
      )}
    </>
  )
}

/** Which instance each decision of a sealed text went to. */
function competenceAsSealed(page: MinutesPage): Competence[] {
  return page.outcomes.decisions.flatMap(({ nature, own, competentInstance }) =>
    nature ? [{ nature, competent: own ? 'self' : 'other', instanceName: competentInstance, sentence: '' }] : [],
  )
}

/** False on the server and as long as the page has not come alive. */
function useInBrowser(): boolean {
  const [inBrowser, setInBrowser] = useState(false)
  useEffect(() => setInBrowser(true), [])
  return inBrowser
}
