import type { Editor } from '@tiptap/core'
import { useEffect, useState } from 'react'

/**
 * Something of the editor, read again at each transaction; what is the same renders nothing.
 *
 * @param read the same function at each render; what it gives can be written in JSON
 */
export function useEditorValue<Value>(editor: Editor, read: (editor: Editor) => Value): Value {
  const [value, setValue] = useState(() => read(editor))
  useEffect(() => {
    function look() {
      const next = read(editor)
      setValue(current => (JSON.stringify(current) === JSON.stringify(next) ? current : next))
    }
    look()
    editor.on('transaction', look)
    return () => {
      editor.off('transaction', look)
    }
  }, [editor, read])
  return value
}
