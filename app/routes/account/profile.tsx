import {
  type ActionFunctionArgs,
  type LinksFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import styles from '#app/account/account.css?url'
import { OwnPage } from '#app/account/OwnPage.tsx'
import { OwnRights, RightsByConsortium } from '#app/account/OwnRights.tsx'
import { answering, ownForm } from '#app/account/requests.ts'
import { SubmitButton } from '#app/components/Button.tsx'
import { Entries, Entry } from '#app/components/Entries.tsx'
import { FieldRow, FormFields } from '#app/components/Form.tsx'
import { Section } from '#app/components/Section.tsx'
import { TextField } from '#app/components/TextField.tsx'
import { withFlash } from '#app/flash.ts'
import { problemOf } from '#app/form-answers.ts'
import { documentTitle, unbreakableSpaces } from '#app/formats.ts'
import { errorsOf } from '#app/forms.ts'
import { readingSite } from '#app/request.ts'
import { profileForm } from '#server/vocabulary/account-forms.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: styles }]

export const meta: MetaFunction = () => [{ title: documentTitle('Profil') }]

/** One's own account, mandates and functions. */
export function loader(args: LoaderFunctionArgs) {
  return readingSite(args, ({ services, person }) => services.accounts.profilePage(person))
}

export async function action(args: ActionFunctionArgs) {
  const { form, services, person } = await ownForm(args)
  return answering(args, form, profileForm, async typed => {
    await services.accounts.editProfile(person, typed)
    return redirect(withFlash('/profil', 'profil-modifie'))
  })
}

export default function Profile() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = problemOf(answer)
  const given = (name: 'givenName' | 'familyName' | 'phone') => ({
    name,
    defaultValue: answer?.typed?.[name] ?? page[name] ?? '',
    error: errorsOf(problem, name),
  })
  return (
    <OwnPage title="Profil" answer={answer} breadcrumb={undefined}>
      <Section title="Connexion et sécurité">
        <Entries>
          <Entry icon="person" title="Changer d’adresse" to="/profil/adresse" detail={page.email} />
          <Entry icon="lock" title="Changer de mot de passe" to="/profil/mot-de-passe" />
          <Entry
            icon="check"
            title="Second facteur"
            to="/profil/second-facteur"
            detail={page.hasAuthenticator ? 'Application enregistrée' : 'Aucune application enregistrée'}
          />
          <Entry icon="eye" title="Sessions ouvertes" to="/profil/sessions" />
          <Entry
            icon="info"
            title="Vos données"
            to="/profil/donnees"
            detail="Tout ce que l’espace garde à votre sujet"
          />
        </Entries>
      </Section>
      <Section
        title="Identité"
        hint="Telle que les autres membres la voient. Les comptes rendus déjà scellés gardent le nom de leur jour."
      >
        <Form method="post" noValidate>
          <FormFields>
            <FieldRow>
              <TextField {...given('givenName')} label="Prénom" autoComplete="given-name" maxLength={100} required />
              <TextField {...given('familyName')} label="Nom" autoComplete="family-name" maxLength={100} required />
            </FieldRow>
            <TextField
              {...given('phone')}
              label="Téléphone"
              type="tel"
              autoComplete="tel"
              hint="Facultatif. Seuls les membres de vos instances et le chef de projet le voient, avec votre adresse."
              maxLength={30}
              width="medium"
            />
            <div>
              <SubmitButton pendingLabel="Enregistrement…">Enregistrer le profil</SubmitButton>
            </div>
          </FormFields>
        </Form>
      </Section>
      <Section
        title="Mandats et fonctions"
        hint={unbreakableSpaces('La civilité, la qualité et les dates se corrigent auprès du chef de projet.')}
      >
        <OwnRights rights={page.rights} isAdministrateur={page.isAdministrateur} />
      </Section>
      {page.past.length > 0 && (
        <Section title="Mandats et fonctions passés" count={page.past.length}>
          <RightsByConsortium rights={page.past} />
        </Section>
      )}
    </OwnPage>
  )
}
