import type { LiveTextMessage } from '#server/vocabulary/live-texts.ts'

/** Reads what the server tells beside the text; null for what this page does not know. */
export function readServerMessage(payload: string): LiveTextMessage | null {
  const message = parsed(payload)
  if (message?.type === 'changed') return { type: 'changed' }
  if (message?.type !== 'closed' || !isObject(message.by)) return null
  const { name, at } = message.by
  if (typeof name !== 'string' || typeof at !== 'string' || Number.isNaN(Date.parse(at))) return null
  return { type: 'closed', by: { name, at } }
}

function parsed(payload: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(payload)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
