import { setImmediate as nextTurn } from 'node:timers/promises'
import { OutgoingMessage } from '@hocuspocus/server'
import * as Y from 'yjs'
import type { Log } from '#server/log.ts'
import { liveTextClose } from '#server/vocabulary/live-texts.ts'
import type { Journal } from './append.ts'
import { refusals } from './content-rules.ts'
import { acknowledgement, answer, type Frame } from './frames.ts'
import { inspectUpdate } from './inspect-update.ts'
import type { LiveSocket } from './live-socket.ts'
import type { Presence } from './presence.ts'
import type { Snapshots } from './snapshots.ts'
import type { Turns } from './turns.ts'

/** Largest state of a text, in bytes: some two thousand pages. */
const LARGEST_TEXT = 8 * 1024 * 1024

/** To so many, one write less for each key is much; to more, the acknowledgement would come after all of theirs. */
const FEW = 8

export type Engine = { journal: Journal; snapshots: Snapshots; presence: Presence; openings: Turns; log: Log }

/** Does what a frame asks, if it may. */
export async function receive(engine: Engine, socket: LiveSocket, frame: Frame): Promise<void> {
  switch (frame.kind) {
    case 'state-vector':
      return sendMissing(engine, socket, frame.stateVector)
    case 'edits':
      return receiveEdits(engine, socket, frame)
    case 'presence':
      return engine.presence.receive(socket, frame.update)
    case 'goodbye':
      return socket.part()
  }
}

/** Asks what the client has before giving it what it lacks: it then sends only what this server has not got. */
async function sendMissing({ openings }: Engine, socket: LiveSocket, stateVector: Uint8Array): Promise<void> {
  if (!isStateVector(stateVector)) return socket.close(liveTextClose.unexpected)
  const { document, messageAddress } = socket.connected
  const question = new OutgoingMessage(messageAddress).createSyncMessage().writeFirstSyncStepFor(document)
  socket.send(question.toUint8Array())
  // A long text takes milliseconds to send: of a crowd that opens it, one is served between two edits of the others.
  await openings.take(async () => {
    await nextTurn()
    const { whole, since } = socket.text.missingFrom(document, stateVector)
    socket.sendShared(messageAddress, whole)
    socket.send(answer(messageAddress, since))
  })
}

function isStateVector(bytes: Uint8Array): boolean {
  try {
    return Y.decodeStateVector(bytes).size >= 0
  } catch {
    return false
  }
}

/** Journal, then apply, then acknowledge: what is acknowledged is durable. Nothing refused is ever journalled. */
async function receiveEdits(
  { journal, snapshots, presence, log }: Engine,
  socket: LiveSocket,
  { update, whole }: { update: Uint8Array; whole: boolean },
): Promise<void> {
  const { text, admission } = socket
  const { document } = socket.connected
  if (text.closed) return socket.close(liveTextClose.notAvailable)
  if (admission.mode === 'read' && !whole) return acknowledge(socket, false)
  // A client that comes back goes on typing before it has sent what it wrote meanwhile: all of it is in what comes next.
  if (!whole && !socket.introduced) return socket.owe()
  const verdict = inspectUpdate(document, update)
  // Each client, at each opening, sends at least all the deletions that it knows of.
  if (verdict.kind === 'known') return acknowledge(socket, true)
  if (admission.mode === 'read') return acknowledge(socket, false)
  if (verdict.kind === 'incomplete' && !whole) return socket.close(liveTextClose.outOfOrder)
  if (verdict.kind !== 'new') {
    const why = verdict.kind === 'refused' ? verdict.why : 'malformed'
    log.warn({ liveTextId: text.liveTextId, accountId: admission.accountId, why }, 'live edit refused')
    return socket.close(liveTextClose.refused, refusals[why])
  }
  if (verdict.grows && text.wouldExceed(LARGEST_TEXT, document, update)) {
    log.warn({ liveTextId: text.liveTextId, accountId: admission.accountId }, 'live text too long')
    return socket.close(liveTextClose.tooLong, 'Le texte a atteint sa longueur maximale : retirez-en une partie.')
  }

  const outcome = await journal.append({ liveTextId: text.liveTextId, update, accountId: admission.accountId })
  if (outcome === 'failed') return socket.close(liveTextClose.notWritten)
  if (outcome === 'closed') {
    text.closed = true
    return socket.close(liveTextClose.notAvailable)
  }
  try {
    text.apply(document, update)
  } catch (err) {
    // Memory no longer says what the journal says: everybody opens again, from the journal.
    log.error({ err, liveTextId: text.liveTextId }, 'live edit not applied')
    for (const each of text.sockets) each.close(liveTextClose.notWritten)
    return
  }
  acknowledge(socket, true)
  presence.accompany(document)
  snapshots.count(text, update.byteLength)
}

/** One for this frame, and one for each of those that waited for it. */
function acknowledge(socket: LiveSocket, kept: boolean): void {
  const message = acknowledgement(socket.connected.messageAddress, kept)
  const few = socket.text.sockets.size <= FEW
  for (let left = 1 + socket.introduce(); left > 0; left--) {
    if (few) socket.sendAlong(message)
    else socket.send(message)
  }
}
