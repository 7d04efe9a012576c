import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { pageAccessPath } from '#app/access-path.ts'
import { ButtonLink } from '#app/components/Button.tsx'
import { SelectField } from '#app/components/ChoiceField.tsx'
import { FilterForm } from '#app/components/FilterForm.tsx'
import { Flash } from '#app/components/Flash.tsx'
import { EmptyState, Notice } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { Pages } from '#app/components/Pages.tsx'
import { Table } from '#app/components/Table.tsx'
import { TextField } from '#app/components/TextField.tsx'
import { dateTime } from '#app/formats.ts'
import { MailStateBadge } from '#app/mails/MailStateBadge.tsx'
import { whyOf } from '#app/mails/mail-words.ts'
import { pageTitle } from '#app/page-title.ts'
import { reading } from '#app/request.ts'
import { codesOf, type Labels } from '#server/vocabulary/closed-list.ts'
import { mailKindLabels, mailStateLabels } from '#server/vocabulary/mail.ts'

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Courriels sortants')

/** The mails of the consortium, for the chef de projet (H36), with filters in the address. */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, request }) => {
    const search = new URL(request.url).searchParams
    const state = codeIn(mailStateLabels, search.get('etat'))
    const kind = codeIn(mailKindLabels, search.get('sorte'))
    const person = search.get('personne')?.trim().slice(0, 100) ?? ''
    const page = await services.mails.outgoingMailsPage(actor, {
      ...(state ? { state } : {}),
      ...(kind ? { kind } : {}),
      ...(isSearchable(person) ? { person } : {}),
      after: search.get('apres'),
      before: search.get('avant'),
    })
    return { slug, page, state, kind, person }
  })
}

export default function OutgoingMails() {
  const { slug, page, state, kind, person } = useLoaderData<typeof loader>()
  const filtered = state !== null || kind !== null || person !== ''
  return (
    <Page
      title="Courriels sortants"
      lead="Ce que l’espace écrit aux membres : ce qui est parti, ce qui attend, ce qui n’a pas pu partir."
      visibleBy="le chef de projet"
      access={pageAccessPath(slug, 'courriels')}
      breadcrumb={[{ label: 'Gestion du consortium', to: `/${slug}/gestion` }]}
      notice={
        <>
          <Flash />
          {!page.sendsMail && <NothingLeaves demonstration={page.demonstration} />}
        </>
      }
    >
      <FilterForm all={filtered && '?'}>
        <SelectField
          name="etat"
          label="État"
          placeholder="Tous les états"
          defaultValue={state ?? ''}
          options={optionsOf(mailStateLabels)}
        />
        <SelectField
          name="sorte"
          label="Sorte"
          placeholder="Toutes les sortes"
          defaultValue={kind ?? ''}
          options={optionsOf(mailKindLabels)}
        />
        <TextField name="personne" label="Personne" type="search" defaultValue={person} maxLength={100} />
      </FilterForm>
      {page.lines.length === 0 ? (
        <EmptyState action={filtered ? <ButtonLink to="?">Tout afficher</ButtonLink> : undefined}>
          {filtered
            ? 'Aucun courriel ne correspond à ces filtres.'
            : 'L’espace n’a encore écrit à personne. Il le fera quand vous désignerez quelqu’un.'}
        </EmptyState>
      ) : (
        <Table
          caption="Courriels, du plus récent au plus ancien"
          captionHidden
          rows={page.lines}
          rowKey={line => line.id}
          columns={[
            {
              header: 'Courriel',
              rowHeader: true,
              cell: line => (
                <>
                  <Link to={`/${slug}/courriels/${line.id}`}>{mailKindLabels[line.kind]}</Link>
                  <br />
                  <small>{line.person}</small>
                </>
              ),
            },
            { header: 'Écrit le', cell: line => dateTime(line.createdAt) },
            { header: 'État', cell: line => <MailStateBadge mail={line} />, nowrap: true },
            { header: 'Pourquoi', cell: line => whyOf(line, page.sendsMail) },
          ]}
        />
      )}
      <Pages
        label="Pages des courriels"
        at={page}
        search={{ etat: state ?? '', sorte: kind ?? '', personne: person }}
      />
    </Page>
  )
}

function NothingLeaves({ demonstration }: { demonstration: boolean }) {
  return (
    <Notice tone="warning" title="Aucun courriel ne part de cet espace">
      La personne qui exploite le serveur ne lui a pas donné de serveur d’envoi (<code>SMTP_URL</code>). Ouvrez un
      courriel en attente pour en copier le texte et le remettre vous-même, puis dites que c’est fait. S’il y a un jour
      un serveur d’envoi, tout ce qui attend encore partira.
      {demonstration && (
        <p>
          Ceci est une démonstration : les courriels des personnes inventées, mots de passe oubliés et codes compris, se
          lisent dans les <Link to="/courriels-de-demonstration">courriels de démonstration</Link>.
        </p>
      )}
    </Notice>
  )
}

function codeIn<Code extends string>(labels: Labels<Code>, value: string | null): Code | null {
  return codesOf(labels).find(code => code === value) ?? null
}

function optionsOf<Code extends string>(labels: Labels<Code>) {
  return codesOf(labels).map(value => ({ value, label: labels[value] }))
}

/** A name has letters, and nothing that a database cannot hold. */
function isSearchable(typed: string): boolean {
  return /\p{L}/u.test(typed) && !typed.includes('\0')
}
