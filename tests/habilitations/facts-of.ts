import { and, eq } from 'drizzle-orm'
import { instances, meetings, organisations } from '#db/schema/index.ts'
import { type CastDatabase, cast } from '../cast.ts'
import type { About } from './rows.ts'

/** Facts of the demonstration's own bodies, in the states that the line names. */
export async function factsOf(demo: CastDatabase, about: About) {
  const { db } = demo.handle
  const { consortiumId } = await demo.actorOf(cast.chef)
  const { body, proposing, owner, holder, ...changes } = about
  const instance = await instanceNamed(body)
  const [today] = await db.select().from(meetings).where(eq(meetings.state, 'en_cours'))
  return {
    consortiumId,
    instanceId: instance.id,
    level: instance.level,
    kind: instance.kind,
    draftReaders: instance.draftReaders,
    validatorRule: instance.validatorRule,
    visibility: instance.minutesVisibility,
    meetingId: today?.instanceId === instance.id ? today.id : '00000000-0000-4000-8000-000000000001',
    meetingState: 'tenue',
    announced: (changes.meetingState ?? 'tenue') !== 'preparation',
    minutesState: 'brouillon',
    openToMembers: false,
    actionState: 'a_faire',
    ...(await ownerFacts()),
    competentInstanceId: instance.id,
    proposingInstanceId: (await instanceNamed(proposing ?? body)).id,
    decisionState: 'proposee',
    organisationId: await organisationNamed('caf'),
    proposalState: 'proposee',
    mandateId: holder ? (await demo.actorOf(cast[holder])).mandateIds[0] : null,
    ...changes,
  }

  async function instanceNamed(slug: string) {
    const [row] = await db
      .select()
      .from(instances)
      .where(and(eq(instances.slug, slug), eq(instances.consortiumId, consortiumId)))
    if (!row) throw new Error(`no instance ${slug}`)
    return row
  }

  async function ownerFacts() {
    const nobody = { ownerMandateId: null, ownerOrganisationId: null, ownerInstanceId: null }
    if (owner === 'numerique') return { ...nobody, ownerInstanceId: (await instanceNamed('numerique')).id }
    if (owner === 'membre of parcours') {
      const { mandateIds } = await demo.actorOf(cast.membre)
      return { ...nobody, ownerMandateId: mandateIds[0] ?? null }
    }
    if (owner !== 'CAF') return nobody
    return { ...nobody, ownerOrganisationId: await organisationNamed('caf') }
  }

  async function organisationNamed(slug: string) {
    const [row] = await db
      .select({ id: organisations.id })
      .from(organisations)
      .where(and(eq(organisations.slug, slug), eq(organisations.consortiumId, consortiumId)))
    return row?.id ?? null
  }
}
