import { Form } from '@remix-run/react'
import { accessPath } from '#app/access-path.ts'
import { AbilityNote } from '#app/components/AbilityNote.tsx'
import { ButtonLink, type ButtonVariant, SubmitButton } from '#app/components/Button.tsx'
import type { IconName } from '#app/components/Icon.tsx'
import { list } from '#app/formats.ts'
import type { MinutesPage } from '#server/domain/minutes/minutes-page.ts'
import { publishedMinutesStates } from '#server/vocabulary/minutes.ts'

type Props = { slug: string; page: MinutesPage }

/** Those whose agreement is wanted besides one's own. */
export function othersMissing(live: NonNullable<MinutesPage['live']>): string[] {
  return live.missing.filter(({ you }) => !you).map(({ name }) => name)
}

/** The one thing to do now with these minutes, for this person. */
export function PrimaryAction({ slug, page }: Props) {
  const base = `/${slug}/comptes-rendus/${page.id}`
  const { can, live, sealed } = page
  if (live && can.approve.allowed && live.validators.some(validator => validator.you && !validator.current)) {
    const again = live.mySeenContent !== null
    return (
      <ButtonLink to={`${base}/accord`} variant="primary" icon="proofread" prefetch="none">
        {again ? 'Voir les changements et maintenir mon accord' : 'Relire et donner mon accord'}
      </ButtonLink>
    )
  }
  if (can.validate.allowed && live?.missing.length === 0) {
    return (
      <ButtonLink to={`${base}/validation`} variant="primary" icon="lock">
        Valider et diffuser
      </ButtonLink>
    )
  }
  if (can.startProofreading.allowed) {
    return (
      <PostButton
        to={`${base}/relecture`}
        name="etape"
        value="relecture"
        icon="proofread"
        label="Passer en relecture"
      />
    )
  }
  if (can.distribute.allowed) {
    return (
      <ButtonLink to={`${base}/diffusion`} variant="primary" icon="sent">
        Diffuser le compte rendu
      </ButtonLink>
    )
  }
  if (sealed?.toRead) return <PostButton to={`${base}/lecture`} icon="check" label="J’ai lu ce compte rendu" />
  return (
    <ButtonLink to={`${base}/pdf`} icon="download" reloadDocument>
      {sealed ? 'Télécharger le PDF' : 'Télécharger le projet en PDF'}
    </ButtonLink>
  )
}

/** The rest, behind « Autres actions »; and for what is not offered, why and who can. */
export function OtherActions({ slug, page }: Props) {
  const base = `/${slug}/comptes-rendus/${page.id}`
  const { can, live, sealed } = page
  return (
    <>
      <ButtonLink to={`${base}/pdf`} variant="quiet" icon="download" reloadDocument>
        {sealed ? 'Télécharger le PDF' : 'Télécharger le projet en PDF'}
      </ButtonLink>
      {can.previewAs.allowed && !publishedMinutesStates.includes(page.state) && (
        <ButtonLink to={`${accessPath(slug, 'compte-rendu', page.id)}#apercu`} variant="quiet" icon="eye">
          Voir ce que chacun en verra
        </ButtonLink>
      )}
      <ButtonLink to="?affichage=projection" variant="quiet" icon="projection">
        Projeter
      </ButtonLink>
      {can.openToMembers.allowed && (
        <PostButton
          to={`${base}/redaction`}
          name="ouverte"
          value={page.openToMembers ? 'non' : 'oui'}
          icon="people"
          variant="quiet"
          label={page.openToMembers ? 'Fermer la rédaction aux membres' : 'Ouvrir la rédaction aux membres'}
        />
      )}
      {can.resumeDrafting.allowed && (
        <PostButton
          to={`${base}/relecture`}
          name="etape"
          value="brouillon"
          icon="back"
          variant="quiet"
          label="Remettre en brouillon"
        />
      )}
      {live?.absencePossible && (
        <ButtonLink to={`${base}/validation?absence=oui`} variant="quiet" icon="lock">
          Valider en l’absence de {list(othersMissing(live))}
        </ButtonLink>
      )}
      {can.recordApproval.allowed && (
        <ButtonLink to={`${base}/approbation`} variant="quiet" icon="circle-check">
          Consigner l’approbation en réunion
        </ButtonLink>
      )}
      {live && <AbilityNote title="Pourquoi ne puis-je pas écrire ?" ability={can.write} />}
      {page.state === 'en_relecture' && (
        <AbilityNote title="Pourquoi ne puis-je pas valider ?" ability={can.validate} />
      )}
    </>
  )
}

type PostButtonProps = {
  to: string
  label: string
  icon: IconName
  variant?: ButtonVariant
  name?: string
  value?: string
}

function PostButton({ to, label, icon, variant, name, value }: PostButtonProps) {
  return (
    <Form method="post" action={to}>
      <SubmitButton icon={icon} variant={variant} name={name} value={value}>
        {label}
      </SubmitButton>
    </Form>
  )
}
