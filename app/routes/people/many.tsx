import {
  type ActionFunctionArgs,
  data,
  type LinksFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { pageAccessPath } from '#app/access-path.ts'
import { Button, ButtonLink, ButtonRow, SubmitButton } from '#app/components/Button.tsx'
import { SelectField } from '#app/components/ChoiceField.tsx'
import { ErrorSummary } from '#app/components/ErrorSummary.tsx'
import { FieldRow, FormFields } from '#app/components/Form.tsx'
import { Page } from '#app/components/Page.tsx'
import { Section } from '#app/components/Section.tsx'
import { DateField, TextAreaField } from '#app/components/TextField.tsx'
import { withFlash } from '#app/flash.ts'
import { refusedForm, type Typed } from '#app/form-actions.ts'
import { type FormAnswer, problemOf } from '#app/form-answers.ts'
import { errorLines, readForm } from '#app/forms.ts'
import { ImportPreview } from '#app/mandates/ImportPreview.tsx'
import styles from '#app/mandates/import.css?url'
import { fieldsOf } from '#app/mandates/typed-fields.ts'
import { pageTitle } from '#app/page-title.ts'
import { acting, reading, type Work } from '#app/request.ts'
import type { ImportPreview as Preview } from '#server/domain/governance/people-import.ts'
import { codesOf } from '#server/vocabulary/closed-list.ts'
import { pastedFunctionLabels } from '#server/vocabulary/governance.ts'
import { importForm, pasteForm } from '#server/vocabulary/import-forms.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: styles }]

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Désigner plusieurs personnes')

/** Designates several people: a list that one pastes, a file (H34). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async work => {
    const { services, actor, slug } = work
    const { instances } = await services.mandates.functionChoices(actor)
    services.checkVerification(actor, 'forte')
    return { slug, instances, today: actor.today }
  })
}

type Answer = Partial<FormAnswer<Typed>> & { preview?: Preview; unread?: string[]; moved?: boolean }

/** A pasted list becomes a preview; a preview is looked at again, or confirmed as it was seen. */
export function action(args: ActionFunctionArgs) {
  return acting(args, async work => {
    await work.services.mandates.functionChoices(work.actor)
    const form = await work.request.formData()
    return form.has('step') ? fromPreview(work, form) : fromPaste(work, form)
  })
}

async function fromPaste({ services, actor }: Work, form: FormData) {
  const typed: Typed = Object.fromEntries([...form].map(([name, value]) => [name, String(value)]))
  const read = readForm(form, pasteForm)
  if ('refused' in read) return refusedForm(read.refused, typed)
  const { instances } = await services.mandates.functionChoices(actor)
  const { instanceId, ...input } = read.value
  const instance = instances.find(each => each.id === instanceId)?.name ?? ''
  try {
    const { unread, ...preview } = await services.people.previewPaste(actor, { ...input, instance })
    return data<Answer>({ preview, unread })
  } catch (error) {
    const refusal = services.refusalOf(error)
    if (refusal?.status !== 422) throw error
    return data<Answer>({ refusal, typed }, { status: 422 })
  }
}

async function fromPreview({ services, actor, slug }: Work, form: FormData) {
  const read = readForm(form, importForm)
  if ('refused' in read) return refusedForm<Typed>(read.refused, {})
  const { lines, seen, step } = read.value
  if (step === 'revoir') return data<Answer>({ preview: await services.people.previewImport(actor, lines) })
  const result = await services.people.confirmImport(actor, { lines, seen })
  if ('done' in result) return redirect(withFlash(`/${slug}/personnes`, 'personnes-ajoutees'))
  return data<Answer>({ preview: result.preview, moved: true }, { status: 409 })
}

export default function Many() {
  const { slug, instances, today } = useLoaderData<typeof loader>()
  const answer: Answer | undefined = useActionData<typeof action>()
  if (answer?.preview) {
    return (
      <ImportPage slug={slug} title="Relire avant d’enregistrer">
        <ImportPreview slug={slug} preview={answer.preview} unread={answer.unread} moved={answer.moved} />
      </ImportPage>
    )
  }
  const field = fieldsOf(answer, { startsOn: today, function: 'membre' })
  return (
    <ImportPage slug={slug} title="Désigner plusieurs personnes">
      <ErrorSummary errors={errorLines(problemOf(answer))} />
      <Section
        title="Coller une liste"
        hint="Tout le monde avec une même fonction. Rien n’est enregistré avant votre relecture."
      >
        <Form method="post" noValidate>
          <FormFields>
            <TextAreaField
              {...field('text')}
              label="Personnes"
              hint="Comme dans Outlook : Prénom NOM <courriel>; Prénom NOM <courriel>. Ou une par ligne, ou des adresses seules."
              rows={6}
              required
            />
            <FieldRow>
              <SelectField
                {...field('instanceId')}
                label="Instance"
                hint="Aucune pour un correspondant, un prestataire ou un observateur."
                placeholder="Aucune"
                options={instances.map(({ id, name }) => ({ value: id, label: name }))}
              />
              <SelectField
                {...field('function')}
                label="Fonction"
                options={codesOf(pastedFunctionLabels).map(value => ({
                  value,
                  label: pastedFunctionLabels[value],
                }))}
                required
              />
              <DateField {...field('startsOn')} label="Premier jour" />
            </FieldRow>
            <ButtonRow>
              <SubmitButton pendingLabel="Lecture en cours…">Relire la liste</SubmitButton>
            </ButtonRow>
          </FormFields>
        </Form>
      </Section>
      <FileSection slug={slug} />
    </ImportPage>
  )
}

function FileSection({ slug }: { slug: string }) {
  return (
    <Section
      title="Importer un fichier"
      hint="CSV ou classeur Excel (.xlsx), 300 lignes et 900 Ko au plus. Une ligne par mandat ou fonction ; une personne peut en avoir plusieurs."
    >
      <Form method="post" action={`/${slug}/personnes/fichier`} encType="multipart/form-data" reloadDocument>
        <FormFields>
          <div className="field">
            <label className="field-label" htmlFor="champ-file">
              Fichier
            </label>
            <input
              className="input"
              id="champ-file"
              type="file"
              name="file"
              accept=".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
              required
            />
          </div>
          <ButtonRow>
            <Button type="submit">Relire le fichier</Button>
            <ButtonLink to={`/${slug}/personnes/modele?format=xlsx`} variant="quiet" icon="download" reloadDocument>
              Télécharger le modèle Excel
            </ButtonLink>
            <ButtonLink to={`/${slug}/personnes/modele?format=csv`} variant="quiet" icon="download" reloadDocument>
              Télécharger le modèle CSV
            </ButtonLink>
          </ButtonRow>
        </FormFields>
      </Form>
    </Section>
  )
}

function ImportPage({ slug, title, children }: { slug: string; title: string; children: React.ReactNode }) {
  return (
    <Page
      title={title}
      breadcrumb={[{ label: 'Personnes et mandats', to: `/${slug}/personnes` }]}
      visibleBy="le chef de projet"
      access={pageAccessPath(slug, 'personnes')}
      width="narrow"
    >
      {children}
    </Page>
  )
}
