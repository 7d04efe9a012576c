import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { pageAccessPath } from '#app/access-path.ts'
import { ButtonRow, SubmitButton } from '#app/components/Button.tsx'
import { DescriptionList } from '#app/components/DescriptionList.tsx'
import { Flash } from '#app/components/Flash.tsx'
import { Notice } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { withFlash } from '#app/flash.ts'
import { dateTime } from '#app/formats.ts'
import { HandOver } from '#app/mails/HandOver.tsx'
import { MailStateBadge } from '#app/mails/MailStateBadge.tsx'
import { whyOf } from '#app/mails/mail-words.ts'
import { pageTitle } from '#app/page-title.ts'
import { acting, reading } from '#app/request.ts'
import type { MailPage } from '#server/domain/mails/mail-page.ts'
import { mailKindLabels } from '#server/vocabulary/mail.ts'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, ...(data ? [mailKindLabels[data.page.kind], data.page.person] : []), 'Courriels sortants')

/** One mail of the consortium, and what the chef de projet may do with it (H36). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, param }) => ({
    slug,
    page: await services.mails.mailPage(actor, param('id')),
  }))
}

export function action(args: ActionFunctionArgs) {
  return acting(args, async ({ services, actor, slug, param, request }) => {
    const mailId = param('id')
    await services.mails.mailPage(actor, mailId)
    const here = `/${slug}/courriels/${mailId}`
    switch ((await request.formData()).get('acte')) {
      case 'texte':
        return data({ letter: await services.mails.mailToCopy(actor, mailId) })
      case 'remis':
        await services.mails.markHandedOver(actor, mailId)
        return redirect(withFlash(here, 'courriel-remis'))
      case 'reessayer':
        await services.mails.retryMail(actor, mailId)
        return redirect(withFlash(here, 'courriel-reprend'))
      case 'abandonner':
        await services.mails.abandonMail(actor, mailId)
        return redirect(withFlash(here, 'courriel-abandonne'))
      default:
        throw data({ message: 'Ce choix n’existe pas. Rechargez la page.' }, { status: 422 })
    }
  })
}

export default function OutgoingMail() {
  const { slug, page } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const letter = answer && 'letter' in answer ? answer.letter : null
  const refusal = answer && 'refusal' in answer ? answer.refusal : null
  return (
    <Page
      title={mailKindLabels[page.kind]}
      lead={`Pour ${page.person}`}
      badges={<MailStateBadge mail={page} />}
      visibleBy="le chef de projet"
      access={pageAccessPath(slug, 'courriels')}
      breadcrumb={[
        { label: 'Gestion du consortium', to: `/${slug}/gestion` },
        { label: 'Courriels sortants', to: `/${slug}/courriels` },
      ]}
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
      width="narrow"
    >
      <Facts slug={slug} page={page} />
      {page.copiable && <ByHand letter={letter} />}
      {page.reserved && (
        <Notice tone="warning" title="À remettre par un administrateur de l’espace">
          Cette personne est connue d’un autre consortium, ou administre l’espace : le lien de cette invitation
          ouvrirait tout son compte. Seul un administrateur de l’espace peut la remettre, depuis la page du compte :
          donnez-lui le nom de la personne.
        </Notice>
      )}
      <Acts page={page} />
    </Page>
  )
}

function Facts({ slug, page }: { slug: string; page: MailPage }) {
  const answered = page.lastAnswer ? `Réponse du serveur : ${page.lastAnswer}.` : ''
  return (
    <DescriptionList
      items={[
        { term: 'Pour', value: <Link to={`/${slug}/personnes/${page.accountId}`}>{page.person}</Link> },
        { term: 'Écrit le', value: dateTime(page.createdAt) },
        {
          term: page.byHand ? 'Remis le' : 'Parti le',
          value: page.sentAt && [dateTime(page.sentAt), page.sentBy && `par ${page.sentBy}`].filter(Boolean).join(', '),
        },
        {
          term: 'Abandonné le',
          value:
            page.abandonedAt &&
            [dateTime(page.abandonedAt), page.abandonedBy && `par ${page.abandonedBy}`].filter(Boolean).join(', '),
        },
        { term: 'Pourquoi', value: [whyOf(page, page.sendsMail), answered].filter(Boolean).join(' ') },
        {
          term: 'Essais',
          value: page.tries > 0 && `${page.tries}, le dernier le ${dateTime(page.lastTriedAt ?? page.createdAt)}`,
        },
        { term: 'Prochain essai', value: page.sendsMail && page.failure && page.dueAt && dateTime(page.dueAt) },
      ]}
    />
  )
}

function ByHand({ letter }: { letter: { to: string; subject: string; text: string } | null }) {
  return (
    <HandOver
      title="À remettre vous-même"
      letter={letter}
      warning="Un lien de ce texte peut ouvrir le compte de la personne : ne le remettez qu’à elle. Le journal garde la trace de qui l’a affiché."
      before="Affichez le texte, copiez-le dans votre messagerie, envoyez-le à la personne, puis dites ici que c’est fait. Le texte est écrit au moment où vous l’affichez."
      words={{
        show: 'Afficher le texte à copier',
        again: 'Écrire le texte de nouveau',
        done: 'Noter que je l’ai remis',
      }}
      doneAct="remis"
    />
  )
}

function Acts({ page: { retriable, abandonable, state } }: { page: MailPage }) {
  if (!retriable && !abandonable) return null
  return (
    <Form method="post">
      <ButtonRow>
        {retriable && (
          <SubmitButton name="acte" value="reessayer" variant={state === 'abandonne' ? 'primary' : 'secondary'}>
            {state === 'abandonne' ? 'Remettre ce courriel en attente' : 'Réessayer maintenant'}
          </SubmitButton>
        )}
        {abandonable && (
          <SubmitButton name="acte" value="abandonner" variant="quiet" icon="circle-cross">
            Abandonner ce courriel
          </SubmitButton>
        )}
      </ButtonRow>
    </Form>
  )
}
