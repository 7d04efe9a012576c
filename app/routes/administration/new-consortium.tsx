import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData } from '@remix-run/react'
import { ButtonLink, ButtonRow, SubmitButton } from '#app/components/Button.tsx'
import { DescriptionList } from '#app/components/DescriptionList.tsx'
import { ErrorSummary } from '#app/components/ErrorSummary.tsx'
import { Field } from '#app/components/Field.tsx'
import { FormFields } from '#app/components/Form.tsx'
import { Notice } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { PlainList } from '#app/components/PlainList.tsx'
import { Section } from '#app/components/Section.tsx'
import { TextAreaField } from '#app/components/TextField.tsx'
import { withFlash } from '#app/flash.ts'
import { counted, documentTitle } from '#app/formats.ts'
import { actingOnSite, readingSite } from '#app/request.ts'
import type { ConsortiumPreview } from '#server/domain/administration/consortium-of-text.ts'
import type { RefusalView } from '#server/services.ts'

export const meta: MetaFunction = () => [{ title: documentTitle('Créer un consortium', 'Administration') }]

export function loader(args: LoaderFunctionArgs) {
  return readingSite(args, async ({ services, person }) => {
    await services.administration.checkAdministering(person)
    return null
  })
}

type Answer = { text: string; preview?: ConsortiumPreview; refusal?: RefusalView }

/** Says what the description would make, then makes it: one button for each. */
export function action(args: ActionFunctionArgs) {
  return actingOnSite(args, async ({ services, person, request }) => {
    await services.administration.checkAdministering(person)
    const form = await request.formData()
    const text = await textIn(form)
    try {
      const preview = await services.administration.previewConsortium(person, text)
      if (form.get('acte') !== 'creer' || preview.mistakes) {
        return data<Answer>({ text, preview }, { status: preview.mistakes ? 422 : 200 })
      }
      const { slug } = await services.administration.createConsortiumOfText(person, text, args.context.address)
      const flash = services.accounts.sendsMail() ? 'consortium-cree' : 'consortium-cree-a-remettre'
      return redirect(withFlash(`/administration/consortiums/${slug}`, flash))
    } catch (error) {
      const refusal = services.refusalOf(error)
      if (refusal?.status !== 422) throw error
      return data<Answer>({ text, refusal }, { status: 422 })
    }
  })
}

/** The file that was chosen, or the text that was pasted. */
async function textIn(form: FormData): Promise<string> {
  const file = form.get('fichier')
  if (file instanceof File && file.size > 0) return new TextDecoder().decode(await file.arrayBuffer())
  const text = form.get('description')
  return typeof text === 'string' ? text : ''
}

export default function NewConsortium() {
  const answer = useActionData<typeof action>() as Answer | undefined
  const mistakes = answer?.preview?.mistakes ?? []
  const errors = answer?.refusal
    ? [{ message: answer.refusal.message }]
    : mistakes.map(({ line, message }) => ({ name: 'description', message: `Ligne ${line} : ${message}` }))
  const ready = answer?.preview && answer.preview.mistakes === null ? answer.preview : null
  return (
    <Page
      title="Créer un consortium"
      breadcrumb={[
        { label: 'Administration', to: '/administration' },
        { label: 'Consortiums', to: '/administration/consortiums' },
      ]}
      lead="Un consortium se crée à partir du fichier qui le décrit : structures, instances, compétences, chefs de projet."
      notice={<ErrorSummary errors={errors} />}
    >
      <Form method="post" encType="multipart/form-data" noValidate>
        <FormFields>
          {ready && <Preview preview={ready} />}
          <Field name="fichier" label="Fichier" hint="Le fichier remplace le texte ci-dessous.">
            {control => <input {...control} type="file" accept=".yaml,.yml,.txt,text/plain" className="input" />}
          </Field>
          <TextAreaField
            name="description"
            label="Description du consortium"
            hint="Collez ici le texte du fichier. Le mode d’emploi est dans docs/consortium.md, l’exemple du Tarn dans db/consortia/tarn.yaml."
            defaultValue={answer?.text}
            key={answer?.text}
            error={errors[0]?.message}
            rows={24}
            spellCheck={false}
            width="full"
          />
          <ButtonRow>
            <SubmitButton name="acte" value="verifier" variant={ready ? 'secondary' : 'primary'}>
              Vérifier la description
            </SubmitButton>
            <ButtonLink to="/administration/consortiums" variant="quiet">
              Revenir sans rien créer
            </ButtonLink>
          </ButtonRow>
        </FormFields>
      </Form>
    </Page>
  )
}

function Preview({ preview }: { preview: Extract<ConsortiumPreview, { mistakes: null }> }) {
  const { slug, name, territory, organisations, instances, chefs, otherPeople } = preview
  return (
    <Notice tone="success" title="La description convient" announce>
      <Section title={name}>
        <DescriptionList
          items={[
            { term: 'Adresse', value: `/${slug}` },
            { term: 'Territoire', value: territory },
            { term: counted(organisations.length, 'structure'), value: <Names of={organisations} /> },
            { term: counted(instances.length, 'instance'), value: <Names of={instances} /> },
            {
              term: 'Invitations',
              value: <Names of={chefs.map(chef => `${chef.name}, chef de projet (${chef.email})`)} />,
            },
            { term: 'Autres personnes', value: otherPeople > 0 && counted(otherPeople, 'personne') },
          ]}
        />
        <SubmitButton name="acte" value="creer" pendingLabel="Création en cours…">
          Créer le consortium
        </SubmitButton>
      </Section>
    </Notice>
  )
}

function Names({ of: names }: { of: readonly string[] }) {
  return (
    <PlainList>
      {names.map(name => (
        <li key={name}>{name}</li>
      ))}
    </PlainList>
  )
}
