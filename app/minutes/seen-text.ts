import type { TextFingerprint } from '#server/collaboration/stored-text.ts'

/** The fingerprint that `SeenFields` sends; a malformed one is that of no text. */
export function seenText(form: FormData): TextFingerprint {
  const base64 = String(form.get('stateVector') ?? '').slice(0, 100_000)
  return {
    stateVector: new Uint8Array(Buffer.from(base64, 'base64')),
    deleteSetHash: String(form.get('deleteSetHash') ?? '').slice(0, 64),
  }
}
