import { EDITOR_SCHEMA_VERSION } from '#server/vocabulary/editor-schema.ts'
import { type LiveTextKey, liveTextName } from '#server/vocabulary/live-texts.ts'

/**
 * The socket's address of a live text. The version of the editor's schema goes with it: an older page would delete the
 * nodes it does not know by merely opening the text.
 *
 * @param base path or address of the live server, `/collab` by default
 * @param page address of the page, to resolve `base`; its `http(s)` becomes `ws(s)`
 */
export function collaborationUrl(key: LiveTextKey, base: string, page: string): string {
  const url = new URL(base, page)
  url.protocol = url.protocol === 'https:' || url.protocol === 'wss:' ? 'wss:' : 'ws:'
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${liveTextName(key)}`
  url.search = new URLSearchParams({ schema: String(EDITOR_SCHEMA_VERSION) }).toString()
  return url.href
}
