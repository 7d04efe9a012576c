import type { LiveTextKey } from '#server/vocabulary/live-texts.ts'

const NAME = /^minutes\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([1-9]\d{0,8})$/

/** The live text that a name stands for (see `liveTextName`), or null when it has not the form of one. */
export function parseDocumentName(name: string): LiveTextKey | null {
  const [, minutesId, epoch] = NAME.exec(name) ?? []
  return minutesId && epoch ? { minutesId, epoch: Number(epoch) } : null
}
