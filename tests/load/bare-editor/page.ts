/** The nodes and marks of the minutes, the shared text and its carets: Tiptap, and nothing of ours. */
import { HocuspocusProvider } from '@hocuspocus/provider'
import { Editor } from '@tiptap/core'
import Collaboration from '@tiptap/extension-collaboration'
import CollaborationCaret from '@tiptap/extension-collaboration-caret'
import * as Y from 'yjs'
import { EDITOR_FRAGMENT, minutesExtensions } from '#server/vocabulary/editor-schema.ts'

const document_ = new Y.Doc()
const provider = new HocuspocusProvider({
  url: `ws://${location.host}`,
  name: document.body.dataset.name ?? '',
  document: document_,
})
provider.on('synced', function open() {
  provider.off('synced', open)
  new Editor({
    element: document.querySelector('#text'),
    extensions: [
      ...minutesExtensions,
      Collaboration.configure({ document: document_, field: EDITOR_FRAGMENT }),
      CollaborationCaret.configure({ provider, user: { name: 'Personne', color: '#aa0000' } }),
    ],
  })
})
