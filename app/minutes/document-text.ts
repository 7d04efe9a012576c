import type { TextNode } from '#app/editor/reading/text-node.ts'

/** Texts that a document shows, and that its data need not say again: by request. */
const texts = new WeakMap<object, TextNode>()

/** Leaves a text to the document alone. @param request what its loaders and its rendering share */
export function leaveToDocument(request: object, text: TextNode): void {
  texts.set(request, text)
}

export function documentText(request: object): TextNode | undefined {
  return texts.get(request)
}
