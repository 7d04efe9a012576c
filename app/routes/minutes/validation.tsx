import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { accessPath } from '#app/access-path.ts'
import { ButtonLink, ButtonRow, SubmitButton } from '#app/components/Button.tsx'
import { CheckboxField } from '#app/components/ChoiceField.tsx'
import { Disclosure } from '#app/components/Disclosure.tsx'
import { FormFields } from '#app/components/Form.tsx'
import { Notice } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { Section } from '#app/components/Section.tsx'
import { MinutesContent } from '#app/editor/MinutesContent.tsx'
import { withFlash } from '#app/flash.ts'
import { counted, documentTitle, list, mediumDate } from '#app/formats.ts'
import { actingOnLiveMinutes, liveMinutesFor } from '#app/minutes/live-minutes-for.ts'
import { othersMissing } from '#app/minutes/MinutesActions.tsx'
import { SeenFields } from '#app/minutes/Seen.tsx'
import { seenText } from '#app/minutes/seen-text.ts'
import type { Refused } from '#app/request.ts'

export const meta: MetaFunction = () => [{ title: documentTitle('Valider le compte rendu') }]

/** What validating will do: warnings, recipients, decisions that leave (H21, H22). */
export function loader(args: LoaderFunctionArgs) {
  return liveMinutesFor(args, 'validate', 'validateInAbsence')
}

export function action(args: ActionFunctionArgs) {
  return actingOnLiveMinutes(args, async ({ services, actor, slug, param, request }) => {
    const form = await request.formData()
    const distribute = form.get('suite') !== 'sans-diffuser'
    const validation = {
      minutesId: param('id'),
      seen: seenText(form),
      acceptWarnings: form.get('avertissements') === 'lus',
      distribute,
    }
    if (form.get('absence') === 'oui') await services.minutes.validateMinutesInAbsence(actor, validation)
    else await services.minutes.validateMinutes(actor, validation)
    return redirect(withFlash(`/${slug}/comptes-rendus/${param('id')}`, distribute ? 'diffusion' : 'validation'))
  })
}

export default function Validation() {
  const { slug, page, live } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>() as Refused
  const [search] = useSearchParams()
  const inAbsence = search.get('absence') === 'oui' && live.absencePossible
  const minutes = `/${slug}/comptes-rendus/${page.id}`
  const proposals = page.outcomes.decisions.filter(decision => !decision.own)
  const own = page.outcomes.decisions.length - proposals.length
  const missing = othersMissing(live)
  const wanting = missing.length > 0 && !inAbsence
  return (
    <Page
      title="Valider le compte rendu"
      lead={`Réunion du ${mediumDate(page.meeting.startsAt)}, ${page.instance.name}`}
      level={page.instance.level}
      breadcrumb={[{ label: 'Compte rendu', to: minutes }]}
      width="narrow"
      notice={
        <>
          {refused && (
            <Notice tone="warning" title="Le compte rendu n’est pas validé" announce>
              {refused.refusal.message}
            </Notice>
          )}
          {wanting && (
            <Notice tone="warning" title="Des accords manquent encore">
              Accord attendu : {list(missing)}.
              {live.absenceFrom &&
                ` À défaut de réponse, la validation en leur absence s’ouvre le ${mediumDate(live.absenceFrom)}.`}
            </Notice>
          )}
        </>
      }
    >
      <Section title="Ce qui va se passer">
        <ul>
          <li>Le texte est scellé : plus personne ne pourra le changer.</li>
          {own > 0 && (
            <li>
              {counted(
                own,
                'décision propre à l’instance est enregistrée',
                'décisions propres à l’instance sont enregistrées',
              )}{' '}
              au registre.
            </li>
          )}
          {proposals.map(decision => (
            <li key={decision.blockId}>
              « {decision.wording} » est proposée à : {decision.competentInstance}.
            </li>
          ))}
          {page.outcomes.actions.length > 0 && (
            <li>
              {counted(
                page.outcomes.actions.length,
                'action est confiée à son responsable',
                'actions sont confiées à leurs responsables',
              )}
              .
            </li>
          )}
          {inAbsence && <li>Il sera écrit que la validation a lieu en l’absence de {list(missing)}.</li>}
        </ul>
        <Disclosure summary={`Diffusion à ${counted(live.audience.length, 'personne')}`}>
          <ul>
            {live.audience.map(name => (
              <li key={name}>{name}</li>
            ))}
          </ul>
          <p>Ces personnes le verront dans leur espace, à lire. Aucun courriel n’est encore envoyé.</p>
        </Disclosure>
        <p>
          <Link to={`${accessPath(slug, 'compte-rendu', page.id)}#apercu`}>Voir ce que chacun en verra</Link>
        </p>
        <Disclosure summary="Relire le texte qui sera scellé">
          <MinutesContent content={page.content} competences={live.writing?.competence} />
        </Disclosure>
      </Section>
      <Form method="post">
        <FormFields>
          <SeenFields seen={live.seen} />
          {inAbsence && <input type="hidden" name="absence" value="oui" />}
          {live.warnings.length > 0 && (
            <Section title="Avertissements" count={live.warnings.length}>
              <ul>
                {live.warnings.map(warning => (
                  <li key={warning.message}>{warning.message}</li>
                ))}
              </ul>
              <CheckboxField
                name="avertissements"
                value="lus"
                label="J’ai lu ces avertissements et je valide quand même"
              />
            </Section>
          )}
          {!wanting && live.validators.some(({ you, current }) => you && !current) && (
            <p>Valider vaut accord de votre part sur ce texte.</p>
          )}
          <ButtonRow>
            {!wanting && (
              <>
                <SubmitButton name="suite" value="diffuser" icon="lock" pendingLabel="Validation en cours…">
                  Valider et diffuser
                </SubmitButton>
                <SubmitButton name="suite" value="sans-diffuser" variant="secondary">
                  Valider sans diffuser
                </SubmitButton>
              </>
            )}
            <ButtonLink to={minutes} variant="quiet">
              Revenir au texte
            </ButtonLink>
          </ButtonRow>
        </FormFields>
      </Form>
    </Page>
  )
}
