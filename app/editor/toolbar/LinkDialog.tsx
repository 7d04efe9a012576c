import type { Editor } from '@tiptap/core'
import { type FormEvent, useState } from 'react'
import { Button } from '#app/components/Button.tsx'
import { Dialog } from '#app/components/Dialog.tsx'
import { TextField } from '#app/components/TextField.tsx'
import { readHref } from './read-href.ts'

interface LinkDialogProps {
  editor: Editor
  onClose: () => void
}

/** Asks for the address of a link; shows, changes or removes the one the caret is in. */
export function LinkDialog({ editor, onClose }: LinkDialogProps) {
  const current: unknown = editor.getAttributes('link').href
  const href = typeof current === 'string' ? current : ''
  const [error, setError] = useState<string | null>(null)

  function close() {
    onClose()
    // After the dialog has given the focus back to where it was.
    requestAnimationFrame(() => editor.commands.focus())
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    // The form stands inside the page's, in React's eyes.
    event.stopPropagation()
    const written = String(new FormData(event.currentTarget).get('address') ?? '')
    const result = readHref(written)
    if ('error' in result) return setError(result.error)
    setLink(editor, result.href)
    close()
  }

  return (
    <Dialog title={href ? 'Modifier le lien' : 'Ajouter un lien'} isOpen onOpenChange={isOpen => isOpen || close()}>
      <form className="form" noValidate onSubmit={submit}>
        <TextField
          name="address"
          id="adresse-du-lien"
          label="Adresse"
          hint="Une page (https://…) ou une adresse de courriel."
          error={error}
          defaultValue={href}
          inputMode="url"
          autoComplete="off"
        />
        <div className="dialog-actions">
          <Button variant="quiet" onClick={close}>
            Revenir au texte
          </Button>
          {href && (
            <Button
              variant="danger"
              onClick={() => {
                editor.chain().extendMarkRange('link').unsetLink().run()
                close()
              }}
            >
              Retirer le lien
            </Button>
          )}
          <Button type="submit" variant="primary">
            {href ? 'Modifier le lien' : 'Ajouter le lien'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** On what is selected, or on the whole link around the caret; else the address itself is written. */
function setLink(editor: Editor, href: string): void {
  const { empty } = editor.state.selection
  if (empty && !editor.isActive('link')) {
    editor
      .chain()
      .insertContent([
        { type: 'text', text: href.replace(/^mailto:/, ''), marks: [{ type: 'link', attrs: { href } }] },
        { type: 'text', text: ' ' },
      ])
      .run()
  } else editor.chain().extendMarkRange('link').setLink({ href }).run()
}
