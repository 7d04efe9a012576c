import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { accessPath } from '#app/access-path.ts'
import { ButtonLink } from '#app/components/Button.tsx'
import { Flash } from '#app/components/Flash.tsx'
import { EmptyState } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { Section } from '#app/components/Section.tsx'
import { Table } from '#app/components/Table.tsx'
import { withFlash } from '#app/flash.ts'
import { submitting } from '#app/form-actions.ts'
import { FunctionFields } from '#app/mandates/FunctionFields.tsx'
import { RoleForm } from '#app/mandates/RoleForm.tsx'
import { daysOf, RoleState } from '#app/mandates/role-days.tsx'
import { fieldsOf } from '#app/mandates/typed-fields.ts'
import { pageTitle } from '#app/page-title.ts'
import { reading } from '#app/request.ts'
import type { PersonFunction } from '#server/domain/governance/person-page.ts'
import { functionForm } from '#server/vocabulary/mandate-forms.ts'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, ...(data ? [data.page.function.functionLabel, data.page.person.name] : []))

/** A function in the consortium, to correct; the instances that a prestataire supports (H34). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, param }) => {
    const page = await services.mandates.functionPage(actor, param('id'))
    services.checkVerification(actor, 'forte')
    return { slug, page }
  })
}

export function action(args: ActionFunctionArgs) {
  return submitting(args, functionForm, {
    async allowed({ services, actor, param }) {
      await services.mandates.functionPage(actor, param('id'))
    },
    async act({ services, actor, slug, param }, form) {
      await services.mandates.editFunction(actor, { functionId: param('id'), ...form })
      return redirect(withFlash(`/${slug}/fonctions/${param('id')}`, 'fonction-modifiee'))
    },
  })
}

export default function ConsortiumFunction() {
  const { slug, page } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { person, function: fn } = page
  const here = `/${slug}/fonctions/${fn.id}`
  return (
    <Page
      title={fn.functionLabel}
      lead={person.name}
      badges={<RoleState state={fn.state} />}
      breadcrumb={[
        { label: 'Personnes et mandats', to: `/${slug}/personnes` },
        { label: person.name, to: `/${slug}/personnes/${person.id}` },
      ]}
      visibleBy="le chef de projet ; les membres voient le nom, la fonction et les dates"
      access={accessPath(slug, 'fonction', fn.id)}
      otherActions={
        fn.state !== 'termine' && (
          <ButtonLink to={`${here}/fin`} variant="quiet">
            Mettre fin à la fonction
          </ButtonLink>
        )
      }
      notice={<Flash />}
      width="narrow"
    >
      {fn.function === 'prestataire' && <Attachments slug={slug} fn={fn} />}
      <Section title="Corriger la fonction">
        <RoleForm answer={answer} submitLabel="Enregistrer la fonction" back={`/${slug}/personnes/${person.id}`}>
          <input type="hidden" name="seen" value={fn.seen} />
          <FunctionFields
            field={fieldsOf(answer, { ...fn, attachments: undefined })}
            organisations={page.organisations}
          />
        </RoleForm>
      </Section>
    </Page>
  )
}

function Attachments({ slug, fn }: { slug: string; fn: PersonFunction }) {
  return (
    <Section
      title="Instances accompagnées"
      hint="Il y lit réunions, brouillons et comptes rendus, et y écrit. Il ne vote, n’approuve et ne valide jamais."
      action={
        <ButtonLink to={`/${slug}/fonctions/${fn.id}/rattachement`} size="small" icon="plus">
          Rattacher à une instance
        </ButtonLink>
      }
    >
      {fn.attachments.length === 0 ? (
        <EmptyState>Rattaché à aucune instance.</EmptyState>
      ) : (
        <Table
          caption="Rattachements"
          captionHidden
          rows={fn.attachments}
          rowKey={row => row.id}
          columns={[
            {
              header: 'Instance',
              cell: row => <Link to={`/${slug}/instances/${row.instance.slug}`}>{row.instance.name}</Link>,
            },
            { header: 'Dates', cell: row => daysOf(row, row.state) },
            { header: 'État', cell: row => <RoleState state={row.state} /> },
            {
              header: 'Détacher',
              cell: row =>
                row.state !== 'termine' && (
                  <Link to={`/${slug}/rattachements/${row.id}/fin`}>
                    Mettre fin<span className="visually-hidden"> au rattachement à {row.instance.name}</span>
                  </Link>
                ),
            },
          ]}
        />
      )}
    </Section>
  )
}
