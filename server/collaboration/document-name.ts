/** Which live text a name stands for: the minutes, and the epoch that counts from 1. */
export type LiveTextKey = { minutesId: string; epoch: number }

const NAME = /^minutes\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([1-9]\d{0,8})$/

/** The name of a live text, in its socket's address and in every frame. */
export function documentName(key: LiveTextKey): string {
  return `minutes.${key.minutesId}.${key.epoch}`
}

/** The live text that a name stands for, or null when it has not the form of one. */
export function parseDocumentName(name: string): LiveTextKey | null {
  const [, minutesId, epoch] = NAME.exec(name) ?? []
  return minutesId && epoch ? { minutesId, epoch: Number(epoch) } : null
}
