import '#app/styles/editor.css'
import { useCallback, useRef, useState } from 'react'
import type { Competence } from './competence.ts'
import { accessIsGone } from './connection/access.ts'
import { collaborationUrl } from './connection/address.ts'
import type { LiveSession } from './connection/LiveSession.ts'
import { type TextMover, useLiveSession, useLiveValue } from './connection/useLiveSession.ts'
import { RefusedEditsNotice } from './device/RefusedEditsNotice.tsx'
import { EditorSheet } from './EditorSheet.tsx'
import type { LiveStatus } from './live-status.ts'
import { MinutesContent } from './MinutesContent.tsx'
import type { LivePerson } from './PresenceList.tsx'
import type { OutlineEntry } from './reading/outline.ts'
import type { ActionOwner, Mentionable } from './surroundings.ts'
import { useAnnouncer } from './useAnnouncer.tsx'
import { useLeaveGuard } from './useLeaveGuard.ts'
import { useShown } from './useShown.ts'

export interface LiveEditorProps {
  minutesId: string
  epoch: number
  mode: 'write' | 'read'
  /** Path or address of the live server; same origin, `/collab`, by default. */
  collabUrl?: string
  account: { id: string; name: string }
  competence: readonly Competence[]
  owners: readonly ActionOwner[]
  /** Whom one may mention: those who may read these minutes. */
  people: readonly Mentionable[]
  /** The agenda, in order: what is not in the text is offered. */
  agendaItems: readonly { id: string; title: string }[]
  /** Whether the live text is in the page: until it is, the page shows the one to read. */
  onShown(shown: boolean): void
  onStatus(status: LiveStatus): void
  onPeople(people: LivePerson[]): void
  onOutline(outline: OutlineEntry[]): void
  /** The text is closed (sealed, or not to be read any more): the page reads its data again. */
  onClosed(info: { by: string; at: string } | null): void
  /** Something beside the text changed: the page reads its data again. */
  onStateChanged(): void
  /** The text is not the one that the page was made with. */
  onTextMoved(by: TextMover): void
}

/**
 * The live text of minutes: written by several at once, each edit stored before it is said to be. For a browser, and
 * loaded only there (`React.lazy`); the reading page shows `MinutesContent`.
 */
export default function LiveEditor(props: LiveEditorProps) {
  const { minutesId, epoch, mode, collabUrl = '/collab', account, onClosed } = props
  const [sealed, setSealed] = useState<{ by: string; at: string } | null>(null)
  const [turn, setTurn] = useState(1)
  const sessionRef = useRef<LiveSession | null>(null)
  const text = { minutesId, epoch }
  const session = useLiveSession(
    { text, accountId: account.id, mode, url: collaborationUrl(text, collabUrl, window.location.href) },
    {
      ...props,
      onClosed: info => {
        setSealed(info)
        void forgetIfGone(sessionRef.current, info)
        onClosed(info)
      },
    },
    turn,
  )
  sessionRef.current = session
  useLeaveGuard(useCallback(() => leavesUnstored(sessionRef.current), []))
  if (!session) return null
  return <LiveText {...props} session={session} sealed={sealed} onStartAgain={() => setTurn(turn + 1)} />
}

type LiveTextProps = LiveEditorProps & EndedTextProps

function LiveText({ session, sealed, onStartAgain, ...props }: LiveTextProps) {
  const ready = useLiveValue(session, snapshot => snapshot.ready)
  const ended = useLiveValue(session, snapshot => snapshot.facts.end !== null)
  const mayWrite = useLiveValue(session, snapshot => snapshot.facts.mayWrite)
  const { announce, announcer } = useAnnouncer()
  if (ended) return <EndedText {...props} session={session} sealed={sealed} onStartAgain={onStartAgain} />
  if (!ready) return null
  return (
    <>
      <EditorSheet {...props} session={session} mayWrite={mayWrite} announce={announce} />
      {announcer}
    </>
  )
}

interface EndedTextProps extends Pick<LiveEditorProps, 'competence' | 'onShown'> {
  session: LiveSession
  sealed: { by: string; at: string } | null
  /** Opens the text again, without what it refused. */
  onStartAgain: () => void
}

/** The text as the server has it, once it takes nothing more from here; and what it did not take, for its author. */
function EndedText({ session, sealed, onStartAgain, competence, onShown }: EndedTextProps) {
  const [forgotten, setForgotten] = useState(false)
  const { end, pending } = session.getSnapshot().facts
  const before = session.acknowledgedText()
  useShown(before !== null, onShown)
  // Signed out or outdated, the edits will leave when the text is opened again: they are not refused.
  const refused = end?.state === 'closed' || end?.remedy === 'startAgain'
  return (
    <>
      {refused && pending.length > 0 && !forgotten && before && (
        <RefusedEditsNotice
          edits={{ before, after: session.currentText() }}
          sealed={sealed}
          reason={end?.state === 'refused' ? end.reason : undefined}
          onForget={async () => {
            setForgotten(true)
            await session.device.forget()
            if (end.state === 'refused') onStartAgain()
          }}
        />
      )}
      {before && <MinutesContent content={before} competences={competence} />}
    </>
  )
}

/** Refused for good, the edits are shown and kept: there is nothing to wait for by staying. */
function leavesUnstored(session: LiveSession | null): boolean {
  if (!session?.hasUnstoredEdits()) return false
  return session.getSnapshot().facts.end === null
}

/** Closed without a word: sealed while we were away, or taken from us. In the second case nothing may stay here. */
async function forgetIfGone(session: LiveSession | null, info: { by: string; at: string } | null): Promise<void> {
  if (info === null && session && (await accessIsGone(window.location.href))) await session.device.forget()
}
