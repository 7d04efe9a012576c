import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { pageAccessPath } from '#app/access-path.ts'
import { externalBodyColumns } from '#app/competence/external-body-columns.tsx'
import { AbilityNote } from '#app/components/AbilityNote.tsx'
import { Button } from '#app/components/Button.tsx'
import { SelectField } from '#app/components/ChoiceField.tsx'
import { Disclosure } from '#app/components/Disclosure.tsx'
import { Flash } from '#app/components/Flash.tsx'
import { EmptyState } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { Section } from '#app/components/Section.tsx'
import { Table } from '#app/components/Table.tsx'
import { DateField } from '#app/components/TextField.tsx'
import { withFlash } from '#app/flash.ts'
import { counted, mediumDate } from '#app/formats.ts'
import { fieldsFrom, SaveButton, SettingsForm } from '#app/governance/SettingsForm.tsx'
import { savingSettings } from '#app/governance/saving.ts'
import { pageTitle } from '#app/page-title.ts'
import { reading, type Work } from '#app/request.ts'
import type { CompetencePage, CompetenceRule } from '#server/domain/competence/competence-page.ts'
import { codesOf } from '#server/vocabulary/closed-list.ts'
import { competenceForm } from '#server/vocabulary/competence-forms.ts'
import { decisionNatureLabels } from '#server/vocabulary/decisions.ts'

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Règles de compétence')

async function load({ services, actor }: Work) {
  const page = await services.competence.competencePage(actor)
  const choices = page.can.editCompetence.allowed ? await services.competence.competentChoices(actor) : []
  return { page, choices, today: actor.today }
}

/** Which instance decides what, and from when: read by every member (H2), changed by the chef de projet (H33). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async work => ({ slug: work.slug, ...(await load(work)) }))
}

export function action(args: ActionFunctionArgs) {
  return savingSettings(args, competenceForm, {
    async load(work) {
      const loaded = await load(work)
      work.services.checkAbility(loaded.page.can.editCompetence)
      return loaded
    },
    async act({ services, actor, slug }, form) {
      await services.competence.changeCompetence(actor, form)
      const done = form.act === 'changer' ? 'competence-changee' : 'competence-retiree'
      return redirect(withFlash(`/${slug}/competences`, done))
    },
  })
}

export default function CompetenceRules() {
  const { slug, page, choices, today } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { natures, version, can } = (answer && 'saved' in answer ? answer.saved.page : null) ?? page
  const field = fieldsFrom(answer, { startsOn: today })
  return (
    <Page
      title="Règles de compétence"
      lead="Quelle instance décide de quoi. Une décision garde l’instance qui était compétente le jour de sa proposition."
      breadcrumb={[{ label: 'Instances', to: `/${slug}` }]}
      visibleBy="tous les membres du consortium"
      access={pageAccessPath(slug, 'competences')}
      notice={<Flash />}
    >
      <RulesTable slug={slug} natures={natures} version={version} editable={can.editCompetence.allowed} />
      <AbilityNote title="Qui peut changer ces règles ?" ability={can.editCompetence} />
      <ExternalBodies slug={slug} bodies={page.externalBodies} editable={can.editCompetence.allowed} />
      {can.editCompetence.allowed && (
        <Section
          title="Changer une règle"
          hint="La règle d’avant finit la veille. Les propositions déjà faites restent à l’instance qui était compétente."
          id="changer"
        >
          <SettingsForm
            answer={answer}
            version={version}
            submit={<SaveButton>Changer la règle</SaveButton>}
            cancelTo={`/${slug}/gestion`}
          >
            <input type="hidden" name="act" value="changer" />
            <SelectField
              {...field('nature')}
              label="Nature de décision"
              placeholder="Choisir une nature"
              options={codesOf(decisionNatureLabels).map(value => ({ value, label: decisionNatureLabels[value] }))}
              required
            />
            <SelectField
              {...field('instanceId')}
              label="Instance compétente"
              placeholder="Choisir une instance"
              options={[
                { value: 'elle-meme', label: 'L’instance elle-même (celle qui propose)' },
                ...choices.map(({ id, name }) => ({ value: id, label: name })),
              ]}
              required
            />
            <DateField {...field('startsOn')} label="À partir du" min={today} required />
          </SettingsForm>
        </Section>
      )}
    </Page>
  )
}

type BodiesProps = { slug: string; bodies: CompetencePage['externalBodies']; editable: boolean }

/** Who votes the money and the conventions, outside the consortium: without accounts here. */
function ExternalBodies({ slug, bodies, editable }: BodiesProps) {
  if (bodies.length === 0 && !editable) return null
  return (
    <Section
      title="Organes externes"
      hint="Ils votent l’argent et les conventions. Ils n’ont pas de compte ici."
      action={editable && <Link to={`/${slug}/organes-externes`}>Tenir à jour les organes externes</Link>}
    >
      {bodies.length > 0 ? (
        <Table
          caption="Liste des organes externes"
          captionHidden
          columns={externalBodyColumns(slug, body => body.name)}
          rows={bodies}
          rowKey={body => body.id}
        />
      ) : (
        <EmptyState>Aucun organe externe n’est encore enregistré.</EmptyState>
      )}
    </Section>
  )
}

type TableProps = { slug: string; natures: CompetencePage['natures']; version: string; editable: boolean }

function RulesTable({ slug, natures, version, editable }: TableProps) {
  return (
    <Table
      caption="Compétence, par nature de décision"
      captionHidden
      columns={[
        { header: 'Nature de décision', cell: row => decisionNatureLabels[row.nature] },
        {
          header: 'Compétente aujourd’hui',
          cell: ({ today }) => (
            <>
              <Competent slug={slug} rule={today} />
              {today && <span className="soft"> depuis le {mediumDate(today.startsOn)}</span>}
              {today?.mayBeWithdrawn && editable && <Withdraw rule={today} version={version} />}
            </>
          ),
        },
        {
          header: 'À venir',
          cell: ({ toCome }) =>
            toCome.length === 0 ? null : (
              <ul className="list">
                {toCome.map(rule => (
                  <li key={rule.id}>
                    À partir du {mediumDate(rule.startsOn)} : <Competent slug={slug} rule={rule} />
                    {rule.mayBeWithdrawn && editable && <Withdraw rule={rule} version={version} />}
                  </li>
                ))}
              </ul>
            ),
        },
        {
          header: 'Auparavant',
          cell: ({ nature, past }) =>
            past.length === 0 ? null : (
              <Disclosure
                summary={
                  <>
                    {counted(past.length, 'règle')}
                    <span className="visually-hidden"> auparavant pour {decisionNatureLabels[nature]}</span>
                  </>
                }
              >
                <ul className="list">
                  {past.toReversed().map(rule => (
                    <li key={rule.id}>
                      Du {mediumDate(rule.startsOn)}
                      {rule.endsOn && ` au ${mediumDate(rule.endsOn)}`} : <Competent slug={slug} rule={rule} />
                    </li>
                  ))}
                </ul>
              </Disclosure>
            ),
        },
      ]}
      rows={natures}
      rowKey={row => row.nature}
    />
  )
}

function Competent({ slug, rule }: { slug: string; rule: CompetenceRule | null }) {
  if (!rule?.instance) return <>l’instance elle-même</>
  return <Link to={`/${slug}/instances/${rule.instance.slug}`}>{rule.instance.name}</Link>
}

/** Takes back a rule that has not served: the one before goes on. */
function Withdraw({ rule, version }: { rule: CompetenceRule; version: string }) {
  return (
    <Form method="post">
      <input type="hidden" name="act" value="retirer" />
      <input type="hidden" name="ruleId" value={rule.id} />
      <input type="hidden" name="version" value={version} />
      <Button type="submit" variant="quiet" size="small" icon="withdrawn">
        Retirer cette règle
      </Button>
    </Form>
  )
}
