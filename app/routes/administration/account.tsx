import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { type AccountAct, aboveAccount, accountActs } from '#app/administration/account-acts.tsx'
import { ButtonLink, ButtonRow } from '#app/components/Button.tsx'
import { DescriptionList } from '#app/components/DescriptionList.tsx'
import { Flash } from '#app/components/Flash.tsx'
import { Notice } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { Section } from '#app/components/Section.tsx'
import { Table } from '#app/components/Table.tsx'
import { withFlash } from '#app/flash.ts'
import { documentTitle, mediumDate, number } from '#app/formats.ts'
import { HandOver } from '#app/mails/HandOver.tsx'
import { actingOnSite, readingSite } from '#app/request.ts'
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

/** Hands over the invitation of somebody who has never signed in, where nothing sends mail. */
export function action(args: ActionFunctionArgs) {
  return actingOnSite(args, async ({ services, person, param, request }) => {
    const { administration } = services
    const act = { accountId: param('id'), address: args.context.address }
    await administration.accountPage(person, act.accountId)
    switch ((await request.formData()).get('acte')) {
      case 'texte':
        return data({ letter: await administration.invitationToCopy(person, act) })
      case 'remise':
        await administration.markInvitationHandedOver(person, act)
        return redirect(withFlash(`/administration/comptes/${act.accountId}`, 'invitation-remise'))
      default:
        throw data({ message: 'Ce choix n’existe pas. Rechargez la page.' }, { status: 422 })
    }
  })
}

export default function Account() {
  const { account } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const refusal = answer && 'refusal' in answer ? answer.refusal : null
  const acts = (Object.entries(accountActs) as [string, AccountAct][]).filter(([, act]) => act.shown(account))
  const here = `/administration/comptes/${account.id}`
  return (
    <Page
      title={account.name}
      breadcrumb={aboveAccount()}
      lead={accountStateLabels[account.state]}
      notice={
        <>
          <Flash />
          {refusal && (
            <Notice tone="error" announce>
              {refusal.message}
            </Notice>
          )}
        </>
      }
    >
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
      {account.state === 'invite' && !account.sendsMail && (
        <InvitationByHand letter={answer && 'letter' in answer ? answer.letter : null} />
      )}
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
          <p>
            <Link to={`/administration/journal?sorte=account&objet=${account.id}`}>
              Ce que le journal de l’administration dit de ce compte
            </Link>
          </p>
        </Section>
      )}
    </Page>
  )
}

function InvitationByHand({ letter }: { letter: { to: string; subject: string; text: string } | null }) {
  return (
    <HandOver
      title="Invitation à remettre"
      letter={letter}
      warning="Le lien de ce texte ouvre le compte : ne le remettez qu’à la personne elle-même. Le journal de sécurité garde la trace de qui l’a affiché."
      before="Cet espace n’envoie aucun courriel. Affichez l’invitation, copiez-la dans votre messagerie, envoyez-la à la personne, puis dites ici que c’est fait."
      words={{
        show: 'Afficher l’invitation à remettre',
        again: 'Écrire l’invitation de nouveau',
        done: 'Noter que je l’ai remise',
      }}
      doneAct="remise"
    />
  )
}
