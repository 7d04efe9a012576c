import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { prosemirrorToYXmlFragment, yDocToProsemirrorJSON } from '@tiptap/y-tiptap'
import type * as Y from 'yjs'
import { Invalid } from '#server/errors.ts'
import { EDITOR_FRAGMENT, isSafeHref, minutesSchema } from '#server/vocabulary/editor-schema.ts'

/** The text as ProseMirror writes it. */
export type ProseMirrorJSON = {
  type: string
  attrs?: Record<string, unknown>
  content?: ProseMirrorJSON[]
  marks?: { type: string; attrs?: Record<string, unknown> }[]
  text?: string
}

/** The text of a live document, as it is: see `checkAgainstSchema`. */
export function contentOf(doc: Y.Doc): ProseMirrorJSON {
  return yDocToProsemirrorJSON(doc, EDITOR_FRAGMENT) as ProseMirrorJSON
}

/**
 * Makes a live document hold this content and nothing else, touching only what differs.
 *
 * @throws Invalid when the content does not fit the schema.
 */
export function writeContent(doc: Y.Doc, content: ProseMirrorJSON): void {
  const node = checkAgainstSchema(content)
  prosemirrorToYXmlFragment(node, doc.getXmlFragment(EDITOR_FRAGMENT))
}

/**
 * The content as a ProseMirror document.
 *
 * @throws Invalid when a node, a mark, an attribute or a link is not one that minutes may hold.
 */
export function checkAgainstSchema(content: unknown): ProseMirrorNode {
  let node: ProseMirrorNode
  try {
    node = minutesSchema.nodeFromJSON(content)
    node.check()
  } catch (error) {
    throw refusal(error instanceof Error ? error.message : String(error))
  }
  if (node.type !== minutesSchema.topNodeType) throw refusal(`not a document: ${node.type.name}`)
  node.descendants(child => {
    for (const mark of child.marks) {
      if (mark.type.name === 'link' && !isSafeHref(mark.attrs.href)) throw refusal('unsafe link')
    }
  })
  return node
}

/** The cause names what is wrong, for the log; the person cannot mend a structure. */
function refusal(cause: string): Invalid {
  const error = new Invalid(
    'Le texte contient un élément que le compte rendu n’admet pas. Rechargez la page ; si cela se reproduit, signalez-le.',
  )
  error.cause = cause
  return error
}
