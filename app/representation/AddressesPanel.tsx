import { ButtonRow } from '#app/components/Button.tsx'
import { CopyButton } from '#app/components/CopyButton.tsx'
import { Notice } from '#app/components/Notice.tsx'
import { Section } from '#app/components/Section.tsx'
import { TextAreaField } from '#app/components/TextField.tsx'
import { counted } from '#app/formats.ts'
import type { Addresses } from '#server/domain/representation/addresses.ts'

/** Longer addresses are cut by some mail programs. */
const longestMailto = 1_900

/** The addresses that the reader may see, to paste as recipients or to open in a mail program. */
export function AddressesPanel({ addresses: { line, emails, hidden } }: { addresses: Addresses }) {
  const mailto = `mailto:?bcc=${emails.map(encodeURIComponent).join(',')}`
  return (
    <Section
      id="adresses"
      title="Adresses"
      count={emails.length}
      hint={
        hidden > 0 &&
        `${counted(hidden, 'autre personne', 'autres personnes')} sans adresse ici : vous ne voyez que celles des membres de vos instances.`
      }
    >
      {emails.length === 0 ? (
        <Notice>Aucune adresse que vous puissiez voir dans cette liste.</Notice>
      ) : (
        <>
          <TextAreaField
            name="destinataires"
            label="Ligne de destinataires, pour Outlook"
            hint="À coller dans le champ « Cci » de votre message."
            defaultValue={line}
            key={line}
            readOnly
            rows={4}
          />
          <ButtonRow>
            <CopyButton text={line} done="Adresses copiées.">
              Copier les adresses
            </CopyButton>
            {mailto.length <= longestMailto ? (
              <a className="button" href={mailto}>
                Écrire à toutes ces personnes
              </a>
            ) : (
              <span className="soft small">
                La liste est trop longue pour ouvrir un message d’un clic : copiez la ligne.
              </span>
            )}
          </ButtonRow>
        </>
      )}
    </Section>
  )
}
