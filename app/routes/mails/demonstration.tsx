import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { SubmitButton } from '#app/components/Button.tsx'
import { EmptyState, Notice } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { Section } from '#app/components/Section.tsx'
import { Table } from '#app/components/Table.tsx'
import { dateTime, documentTitle } from '#app/formats.ts'
import { MailToCopy } from '#app/mails/MailToCopy.tsx'
import { requirePost, signedIn } from '#app/request.ts'
import { mailKindLabels } from '#server/vocabulary/mail.ts'

export const meta: MetaFunction = () => [{ title: documentTitle('Courriels de démonstration') }]

/** The mails of invented people, where nothing sends them; anywhere else this address does not exist. */
export async function loader(args: LoaderFunctionArgs) {
  await signedIn(args)
  return { mails: await orNoPage(args, services => services.mails.demonstrationMails()) }
}

export async function action(args: ActionFunctionArgs) {
  await signedIn(args)
  requirePost(args)
  const mailId = String((await args.request.formData()).get('courriel') ?? '')
  return { mailId, letter: await orNoPage(args, services => services.mails.demonstrationMail(mailId)) }
}

type Args = LoaderFunctionArgs | ActionFunctionArgs

async function orNoPage<Result>(
  { context }: Args,
  work: (services: Args['context']['services']) => Promise<Result>,
): Promise<Result> {
  try {
    return await work(context.services)
  } catch (error) {
    const refusal = context.services.refusalOf(error)
    throw refusal ? data({ message: refusal.message }, { status: refusal.status }) : error
  }
}

export default function DemonstrationMails() {
  const { mails } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <Page
      title="Courriels de démonstration"
      notice={
        <Notice tone="warning" title="Démonstration : rien n’est envoyé">
          Ces courriels sont écrits à des personnes inventées. Ici seulement, toute personne connectée peut les lire,
          liens secrets et codes compris, pour essayer les invitations, les mots de passe oubliés et les vérifications.
          Sur un espace véritable, cette page n’existe pas.
        </Notice>
      }
    >
      {answer && (
        <Section title="Le courriel">
          {answer.letter ? (
            <MailToCopy letter={answer.letter} />
          ) : (
            <Notice announce>Ce courriel n’a plus lieu d’être : ce qu’il annonçait n’est plus vrai.</Notice>
          )}
        </Section>
      )}
      {mails.length === 0 ? (
        <EmptyState>Personne n’a encore de courriel. Demandez par exemple un nouveau mot de passe.</EmptyState>
      ) : (
        <Table
          caption="Courriels en attente, du plus récent au plus ancien"
          rows={mails}
          rowKey={mail => mail.id}
          columns={[
            { header: 'Courriel', rowHeader: true, cell: mail => mailKindLabels[mail.kind] },
            { header: 'Pour', cell: mail => mail.person },
            { header: 'Écrit le', cell: mail => dateTime(mail.createdAt) },
            {
              header: 'Lecture',
              cell: mail => (
                <Form method="post">
                  <SubmitButton name="courriel" value={mail.id} variant="secondary" size="small">
                    Lire le courriel
                    <span className="visually-hidden">
                      {' '}
                      pour {mail.person}, {mailKindLabels[mail.kind]}
                    </span>
                  </SubmitButton>
                </Form>
              ),
            },
          ]}
        />
      )}
    </Page>
  )
}
