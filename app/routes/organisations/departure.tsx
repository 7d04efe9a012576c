import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { SubmitButton } from '#app/components/Button.tsx'
import { FilterForm } from '#app/components/FilterForm.tsx'
import { Notice } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { Section } from '#app/components/Section.tsx'
import { DateField } from '#app/components/TextField.tsx'
import { withFlash } from '#app/flash.ts'
import { counted, list, mediumDate } from '#app/formats.ts'
import { EndingsList } from '#app/governance/EndingsList.tsx'
import { SettingsForm } from '#app/governance/SettingsForm.tsx'
import { savingSettings } from '#app/governance/saving.ts'
import { pageTitle } from '#app/page-title.ts'
import { reading, type Work } from '#app/request.ts'
import type { Departure } from '#server/domain/organisations/leave-consortium.ts'
import { isDay } from '#server/vocabulary/french.ts'
import { departureForm } from '#server/vocabulary/organisation-forms.ts'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, 'Départ', data?.page.name ?? '')

async function load({ services, actor, param, request }: Work) {
  const slug = param('slug')
  const { page } = await services.organisations.organisationToEdit(actor, slug)
  const asked = new URL(request.url).searchParams.get('le') ?? ''
  const lastDay = isDay(asked) && page.leftOn === null ? asked : null
  const departure = lastDay === null ? null : await services.organisations.departurePreview(actor, { slug, lastDay })
  return { page, departure, today: actor.today }
}

/** What the departure of an institution does, said before it is confirmed; or takes it back (H31). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async work => {
    const loaded = await load(work)
    work.services.checkVerification(work.actor, 'forte')
    return { slug: work.slug, ...loaded }
  })
}

export function action(args: ActionFunctionArgs) {
  return savingSettings(args, departureForm, {
    load,
    async act({ services, actor, slug, param }, form) {
      const here = `/${slug}/structures/${param('slug')}`
      if (form.act === 'annuler') {
        await services.organisations.cancelDeparture(actor, param('slug'))
        return redirect(withFlash(here, 'depart-annule'))
      }
      await services.organisations.leaveConsortium(actor, { slug: param('slug'), ...form })
      return redirect(withFlash(here, 'depart'))
    },
  })
}

export default function DeparturePage() {
  const { slug, page, departure, today } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const saved = answer && 'saved' in answer ? answer.saved : null
  const here = `/${slug}/structures/${page.slug}`
  const said = saved?.departure ?? departure
  return (
    <Page
      title={page.leftOn === null ? `Départ de « ${page.name} »` : `Annuler le départ de « ${page.name} »`}
      breadcrumb={[
        { label: 'Structures', to: `/${slug}/structures` },
        { label: page.shortName, to: here },
      ]}
      width="narrow"
    >
      {page.leftOn === null ? (
        <>
          <FilterForm submit="Voir les conséquences">
            <DateField
              name="le"
              label="Dernier jour dans le consortium"
              defaultValue={said?.lastDay ?? today}
              required
            />
          </FilterForm>
          {said && <Consequences departure={said} answer={answer} here={here} name={page.name} />}
        </>
      ) : (
        <SettingsForm
          answer={answer}
          submit={<SubmitButton icon="withdrawn">Annuler le départ</SubmitButton>}
          cancelTo={here}
        >
          <input type="hidden" name="act" value="annuler" />
          <p>
            Son départ est enregistré au {mediumDate(page.leftOn)}. Si vous l’annulez, les mandats qu’il a fait finir
            reprennent leurs dates d’avant. Les mandats qui n’avaient pas commencé, et les fonctions dans le consortium,
            sont à redonner un par un.
          </p>
        </SettingsForm>
      )}
    </Page>
  )
}

type ConsequencesProps = {
  departure: Departure
  answer: Parameters<typeof SettingsForm>[0]['answer']
  here: string
  name: string
}

function Consequences({ departure, answer, here, name }: ConsequencesProps) {
  const { lastDay, mandates, functions, obstacles } = departure
  if (obstacles.length > 0) {
    return (
      <Notice tone="warning" title="Cette structure ne peut pas partir pour l’instant">
        <ul className="list">
          {obstacles.map(obstacle => (
            <li key={obstacle}>{obstacle}</li>
          ))}
        </ul>
      </Notice>
    )
  }
  return (
    <Section title={`Si elle part le ${mediumDate(lastDay)}`}>
      <SettingsForm
        answer={answer}
        version={departure.version}
        submit={
          <SubmitButton variant="danger" icon="postponed" pendingLabel="Enregistrement en cours…">
            Enregistrer le départ
          </SubmitButton>
        }
        cancelTo={here}
      >
        <input type="hidden" name="act" value="partir" />
        <input type="hidden" name="lastDay" value={lastDay} />
        {mandates.length > 0 ? (
          <>
            <p>
              {counted(mandates.length, 'mandat finit', 'mandats finissent')} avec elle, et ce qu’
              {mandates.length > 1 ? 'ils donnent' : 'il donne'} à lire et à faire :
            </p>
            <EndingsList endings={mandates} by="instance" />
          </>
        ) : (
          <p>Aucun mandat ne finit : personne ne représente « {name} » après ce jour.</p>
        )}
        {functions.length > 0 && (
          <p>Finissent aussi dans le consortium : {list(functions.map(each => each.functionLabel))}.</p>
        )}
        <p>Ses comptes rendus, ses décisions et ses actions restent lisibles. Vous pourrez annuler ce départ.</p>
      </SettingsForm>
    </Section>
  )
}
