import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { SimpleText } from '#app/administration/SimpleText.tsx'
import { ButtonLink, ButtonRow, SubmitButton } from '#app/components/Button.tsx'
import { Disclosure } from '#app/components/Disclosure.tsx'
import { ErrorSummary } from '#app/components/ErrorSummary.tsx'
import { FormFields } from '#app/components/Form.tsx'
import { Notice } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { Section } from '#app/components/Section.tsx'
import { TextAreaField } from '#app/components/TextField.tsx'
import { withFlash } from '#app/flash.ts'
import { submittingOnSite } from '#app/form-actions.ts'
import { type FormAnswer, problemOf } from '#app/form-answers.ts'
import { documentTitle } from '#app/formats.ts'
import { errorLines, errorsOf } from '#app/forms.ts'
import { readingSite } from '#app/request.ts'
import { siteTextForm } from '#server/vocabulary/administration-forms.ts'
import { isIncomplete } from '#server/vocabulary/simple-markup.ts'
import { type SiteTextKey, siteTextLabels } from '#server/vocabulary/site-texts.ts'

export const meta: MetaFunction<typeof loader> = ({ data: found }) => [
  { title: documentTitle(found ? `Récrire : ${siteTextLabels[found.text.key]}` : 'Pages légales', 'Administration') },
]

export function loader(args: LoaderFunctionArgs) {
  return readingSite(args, async ({ services, person, param }) => ({
    text: await services.administration.siteTextToRewrite(person, param('key')),
  }))
}

type Typed = { body: string; acte: string }

/** Shows what the text will look like, rewrites the page, or gives its first text back: one button for each. */
export function action(args: ActionFunctionArgs) {
  return submittingOnSite(args, siteTextForm, {
    async allowed({ services, person, param }) {
      await services.administration.siteTextToRewrite(person, param('key'))
    },
    async act({ services, person, param }, { acte, body }) {
      const key = param('key')
      if (acte === 'apercu') return data({ typed: { body, acte } }) as unknown as Response
      if (acte === 'retablir') await services.administration.restoreSiteText(person, { key })
      else await services.administration.rewriteSiteText(person, { key, body })
      return redirect(withFlash('/administration/textes', acte === 'retablir' ? 'texte-retabli' : 'texte-recrit'))
    },
  })
}

export default function Text() {
  const { text } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>() as Partial<FormAnswer<Typed>> | undefined
  const body = answer?.typed?.body ?? text.body
  const previewed = answer?.typed?.acte === 'apercu' && !problemOf(answer)
  const label = siteTextLabels[text.key as SiteTextKey]
  return (
    <Page
      title={`Récrire : ${label}`}
      breadcrumb={[
        { label: 'Administration', to: '/administration' },
        { label: 'Pages légales', to: '/administration/textes' },
      ]}
      notice={<ErrorSummary errors={errorLines(problemOf(answer))} />}
    >
      {isIncomplete(body) && (
        <Notice tone="warning">Ce texte contient des passages « [à compléter …] » : remplacez-les.</Notice>
      )}
      <Form method="post" noValidate>
        <FormFields>
          <TextAreaField
            name="body"
            label="Texte de la page"
            defaultValue={body}
            key={body}
            error={errorsOf(problemOf(answer), 'body')}
            rows={24}
            width="full"
            required
          />
          <Disclosure summary="Comment mettre en forme">
            <ul>
              <li>
                Un titre : <code># Titre</code> ; un sous-titre : <code>## Sous-titre</code>
              </li>
              <li>
                Une liste : chaque ligne commence par <code>- </code>
              </li>
              <li>Un paragraphe : une ligne vide avant et après</li>
              <li>
                Un lien : <code>[texte du lien](https://adresse)</code>
              </li>
            </ul>
          </Disclosure>
          <ButtonRow>
            <SubmitButton name="acte" value="enregistrer" pendingLabel="Enregistrement en cours…">
              Enregistrer le texte
            </SubmitButton>
            <SubmitButton name="acte" value="apercu" variant="secondary">
              Voir l’aperçu
            </SubmitButton>
            {text.rewrittenAt && (
              <SubmitButton name="acte" value="retablir" variant="danger">
                Rétablir le texte d’origine
              </SubmitButton>
            )}
            <ButtonLink to="/administration/textes" variant="quiet">
              Revenir sans rien changer
            </ButtonLink>
          </ButtonRow>
        </FormFields>
      </Form>
      {previewed && (
        <Section title="Aperçu" hint="Rien n’est encore enregistré.">
          <SimpleText source={body} />
        </Section>
      )}
    </Page>
  )
}
