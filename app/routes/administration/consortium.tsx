import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { useMemo } from 'react'
import { SubmitButton } from '#app/components/Button.tsx'
import { SelectField } from '#app/components/ChoiceField.tsx'
import { DescriptionList } from '#app/components/DescriptionList.tsx'
import { ErrorSummary } from '#app/components/ErrorSummary.tsx'
import { Flash } from '#app/components/Flash.tsx'
import { FieldRow, FormFields } from '#app/components/Form.tsx'
import { Notice } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { Section } from '#app/components/Section.tsx'
import { TextField } from '#app/components/TextField.tsx'
import { withFlash } from '#app/flash.ts'
import { submittingOnSite, type Typed } from '#app/form-actions.ts'
import { type FormAnswer, problemOf } from '#app/form-answers.ts'
import { counted, documentTitle, mediumDate } from '#app/formats.ts'
import { errorLines, errorsOf } from '#app/forms.ts'
import { readingSite } from '#app/request.ts'
import { chefForm } from '#server/vocabulary/administration-forms.ts'
import { codesOf } from '#server/vocabulary/closed-list.ts'
import { civiliteLabels } from '#server/vocabulary/governance.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: documentTitle(data?.consortium.name ?? 'Consortium', 'Administration') },
]

/** Whose a consortium is; the form of who leads it, when nobody does. */
export function loader(args: LoaderFunctionArgs) {
  return readingSite(args, async ({ services, person, param }) => {
    const consortium = await services.administration.deployedConsortium(person, param('slug'))
    if (consortium.chefs.length === 0) await services.administration.checkAdministering(person)
    return { consortium, sendsMail: services.accounts.sendsMail() }
  })
}

export function action(args: ActionFunctionArgs) {
  return submittingOnSite(args, chefForm, {
    async allowed({ services, person }) {
      await services.administration.checkAdministering(person)
    },
    async act({ services, person, param }, form) {
      const { address } = args.context
      await services.administration.designateChef(person, { slug: param('slug'), form, address })
      return redirect(withFlash(`/administration/consortiums/${param('slug')}`, 'chef-designe'))
    },
  })
}

export default function Consortium() {
  const { consortium, sendsMail } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>() as Partial<FormAnswer<Typed>> | undefined
  const errors = useMemo(() => errorLines(problemOf(answer)), [answer])
  const { name, slug, territory, members, chefs, createdAt } = consortium
  return (
    <Page
      title={name}
      breadcrumb={[
        { label: 'Administration', to: '/administration' },
        { label: 'Consortiums', to: '/administration/consortiums' },
      ]}
      width="narrow"
      notice={
        <>
          <Flash />
          <ErrorSummary errors={errors} />
        </>
      }
    >
      <DescriptionList
        items={[
          { term: 'Adresse', value: `/${slug}` },
          { term: 'Territoire', value: territory },
          { term: 'Créé le', value: mediumDate(createdAt) },
          { term: 'Membres', value: counted(members, 'personne') },
        ]}
      />
      <Section title="Chefs de projet">
        {chefs.length > 0 ? (
          <>
            <ul>
              {chefs.map(chef => (
                <li key={chef.accountId}>
                  <Link to={`/administration/comptes/${chef.accountId}`}>{chef.name}</Link>, {chef.email}
                  {chef.invited && ' (invitation pas encore acceptée)'}
                  {chef.toCome && ' (à venir)'}
                </li>
              ))}
            </ul>
            {!sendsMail && chefs.some(chef => chef.invited) && (
              <p>Cet espace n’envoie aucun courriel : la page d’un compte affiche l’invitation à remettre.</p>
            )}
            <p>Tant qu’il y en a un, lui seul en désigne d’autres et met fin à leur fonction.</p>
          </>
        ) : (
          <>
            <Notice tone="warning" title="Ce consortium n’a plus de chef de projet">
              Personne ne peut plus y désigner de représentant. Désignez la personne qui prend la suite
              {sendsMail
                ? ' : elle recevra une invitation si elle n’a pas encore de mot de passe.'
                : '. Cet espace n’envoie aucun courriel : si elle n’a pas encore de mot de passe, vous lui remettrez son invitation depuis la page de son compte.'}
            </Notice>
            <ChefFields answer={answer} />
          </>
        )}
      </Section>
    </Page>
  )
}

function ChefFields({ answer }: { answer: Partial<FormAnswer<Typed>> | undefined }) {
  const field = (name: string, label: string) => ({
    name,
    label,
    defaultValue: answer?.typed?.[name],
    error: errorsOf(problemOf(answer), name),
    required: true,
  })
  return (
    <Form method="post" noValidate>
      <FormFields>
        <SelectField
          {...field('civilite', 'Civilité')}
          placeholder="Choisir"
          width="short"
          options={codesOf(civiliteLabels).map(value => ({ value, label: civiliteLabels[value] }))}
        />
        <FieldRow>
          <TextField {...field('givenName', 'Prénom')} />
          <TextField {...field('familyName', 'Nom')} />
        </FieldRow>
        <TextField {...field('email', 'Adresse électronique')} type="email" autoComplete="off" />
        <TextField {...field('qualite', 'Qualité')} hint="Par exemple « cheffe de projet SPIE »." />
        <div>
          <SubmitButton pendingLabel="Désignation en cours…">Désigner le chef de projet</SubmitButton>
        </div>
      </FormFields>
    </Form>
  )
}
