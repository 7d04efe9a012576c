import { ButtonRow } from '#app/components/Button.tsx'
import { CopyButton } from '#app/components/CopyButton.tsx'
import { TextAreaField, TextField } from '#app/components/TextField.tsx'

/** Longer addresses are cut by some mail programs. */
const longestMailto = 1_900

export type Letter = { subject: string; text: string; to?: string }

/** The words of a mail that nothing sends: to copy, or to open in one's own mail program. */
export function MailToCopy({ letter: { to, subject, text } }: { letter: Letter }) {
  const mailto = `mailto:${encodeURIComponent(to ?? '')}?${parameters({ subject, body: text })}`
  return (
    <div className="stack" id="texte">
      {to && <TextField name="destinataire" label="Destinataire" defaultValue={to} readOnly />}
      <TextField name="objet" label="Objet" defaultValue={subject} readOnly />
      <TextAreaField name="texte" label="Texte" defaultValue={text} readOnly rows={16} />
      <ButtonRow>
        <CopyButton text={text} done="Texte copié.">
          Copier le texte
        </CopyButton>
        {to && mailto.length <= longestMailto && (
          <a className="button" href={mailto}>
            Ouvrir dans votre messagerie
          </a>
        )}
      </ButtonRow>
    </div>
  )
}

/** As mail programs read them: a space is not a plus sign. */
function parameters(values: Record<string, string>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
}
