import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { type AccountAct, aboveAccount, accountActs } from '#app/administration/account-acts.tsx'
import { ButtonLink, ButtonRow } from '#app/components/Button.tsx'
import { DescriptionList } from '#app/components/DescriptionList.tsx'
import { Flash } from '#app/components/Flash.tsx'
import { Page } from '#app/components/Page.tsx'
import { Section } from '#app/components/Section.tsx'
import { Table } from '#app/components/Table.tsx'
import { documentTitle, mediumDate, number } from '#app/formats.ts'
import { readingSite } from '#app/request.ts'
import { accountStateLabels } from '#server/vocabulary/accounts.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: documentTitle(data?.account.name ?? 'Compte', 'Comptes') },
]

/** An account, and what its administrateur may do to it. */
export function loader(args: LoaderFunctionArgs) {
  return readingSite(args, async ({ services, person, param }) => ({
    account: await services.administration.accountPage(person, param('id')),
  }))
}

export default function Account() {
  const { account } = useLoaderData<typeof loader>()
  const acts = (Object.entries(accountActs) as [string, AccountAct][]).filter(([, act]) => act.shown(account))
  const here = `/administration/comptes/${account.id}`
  return (
    <Page title={account.name} breadcrumb={aboveAccount()} lead={accountStateLabels[account.state]} notice={<Flash />}>
      <DescriptionList
        items={[
          { term: 'Adresse électronique', value: account.state === 'efface' ? null : account.email },
          { term: 'Téléphone', value: account.phone },
          { term: 'Administrateur de l’espace', value: account.isAdministrateur ? 'oui' : 'non' },
          { term: 'Compte créé le', value: mediumDate(account.createdAt) },
          { term: 'Suspendu le', value: account.suspendedAt && mediumDate(account.suspendedAt) },
          { term: 'Effacé le', value: account.erasedAt && mediumDate(account.erasedAt) },
          { term: 'Sessions ouvertes', value: number(account.sessions) },
          { term: 'Application d’authentification', value: account.hasAuthenticator ? 'oui' : 'non' },
        ]}
      />
      <Section title="Mandats et fonctions" hint="Seul le chef de projet de chaque consortium les change.">
        {account.places.length === 0 ? (
          <p>Aucun, dans aucun consortium.</p>
        ) : (
          <Table
            caption="Mandats et fonctions, par consortium"
            captionHidden
            rows={account.places}
            rowKey={({ consortium, label, startsOn }) => `${consortium} ${label} ${startsOn}`}
            columns={[
              { header: 'Consortium', cell: ({ consortium }) => consortium },
              { header: 'Fonction', rowHeader: true, cell: ({ label }) => label },
              { header: 'Depuis le', nowrap: true, cell: ({ startsOn }) => mediumDate(startsOn) },
              { header: 'Jusqu’au', nowrap: true, cell: ({ endsOn }) => endsOn && mediumDate(endsOn) },
            ]}
          />
        )}
      </Section>
      {account.state !== 'efface' && (
        <Section title="Agir sur ce compte">
          <ButtonRow>
            {acts.map(([name, { label, variant }]) => (
              <ButtonLink key={name} to={`${here}/actes/${name}`} variant={variant ?? 'secondary'}>
                {label}
              </ButtonLink>
            ))}
            <ButtonLink to={`${here}/adresse`}>Remplacer l’adresse</ButtonLink>
            {account.erasure.allowed && (
              <ButtonLink to={`${here}/effacement`} variant="danger">
                Effacer la personne
              </ButtonLink>
            )}
          </ButtonRow>
          {!account.erasure.allowed && <p>{account.erasure.reason}</p>}
          <p>
            <Link to={`/administration/journal-de-securite?compte=${account.id}`}>
              Ce que le journal de sécurité dit de ce compte
            </Link>
          </p>
        </Section>
      )}
    </Page>
  )
}
