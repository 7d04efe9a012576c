import * as z from 'zod'

/** What the server tells beside the text. */
export type ServerMessage = z.infer<typeof serverMessage>

const serverMessage = z.discriminatedUnion('type', [
  /** Something of the page changed: state, approvals, attendance. */
  z.object({ type: z.literal('changed') }),
  /** The minutes were sealed: by whom, when. */
  z.object({ type: z.literal('closed'), by: z.string(), at: z.iso.datetime({ offset: true }) }),
  /** An edit was refused, in words. */
  z.object({ type: z.literal('refused'), reason: z.string() }),
])

/** Reads a stateless message; null for what this page does not know. */
export function readServerMessage(payload: string): ServerMessage | null {
  try {
    return serverMessage.safeParse(JSON.parse(payload)).data ?? null
  } catch {
    return null
  }
}
