import { and, eq, inArray, max, ne } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { instances, meetings, minutes, organisations } from '#db/schema/index.ts'
import { Conflict, Invalid } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { technicalGroupKinds } from '#server/vocabulary/governance.ts'
import { type InstanceForm, type NewInstanceForm, votingRulesFrom } from '#server/vocabulary/instance-forms.ts'
import { freeSlug } from '#server/vocabulary/slug.ts'
import type { Context } from '../context.ts'
import { authorizeShape, changeShape, checkVersion } from '../governance/change-shape.ts'
import { changesOf } from '../journal/changes.ts'
import { changeInstance, type InstanceRow, instanceOf } from './change-instance.ts'
import { type Consequences, consequencesOf, touchesRights } from './consequences.ts'
import { hasNumbered, settingsVersion } from './instance-settings.ts'

/** Adds an instance. @throws NotFound, Forbidden (H32), Invalid (a code that is taken, a parent of elsewhere) */
export function createInstance(context: Context, actor: Actor, form: NewInstanceForm): Promise<{ slug: string }> {
  return changeShape(context, actor, 'editInstances', async tx => {
    const { consortiumId } = actor
    const known = await tx
      .select({ slug: instances.slug })
      .from(instances)
      .where(eq(instances.consortiumId, consortiumId))
    const [last] = await tx
      .select({ position: max(instances.position) })
      .from(instances)
      .where(eq(instances.consortiumId, consortiumId))
    const slug = freeSlug(
      form.shortName,
      known.map(row => row.slug),
    )
    const [row] = await tx
      .insert(instances)
      .values({
        ...(await valuesFrom(tx, actor, null, form)),
        consortiumId,
        slug,
        position: (last?.position ?? -1) + 1,
        createdAt: actor.now,
      })
      .returning({ id: instances.id })
    if (!row) throw new Error('an inserted instance has an id')
    return { verb: 'instance.create', subjectKind: 'instance', subjectId: row.id, result: { slug } }
  })
}

/**
 * What new settings would do to who reads and who validates, computed by the rules themselves on the settings as they would
 * be; nothing is kept. Null when they change no right.
 * @throws NotFound, Forbidden (H32), Conflict, Invalid
 */
export async function instanceConsequences(
  context: Context,
  actor: Actor,
  { slug, form }: { slug: string; form: InstanceForm },
): Promise<Consequences | null> {
  const before = await instanceOf(context.db, actor, slug)
  authorizeShape(actor, 'editInstances')
  if (!touchesRights(before, form)) return null
  const tried: { found?: Consequences } = {}
  await context.db
    .transaction(async tx => {
      tried.found = await consequencesOf(tx, actor, before, () => applySettings(tx, actor, before, form))
      throw new NothingKept()
    })
    .catch((error: unknown) => {
      if (!(error instanceof NothingKept)) throw error
    })
  return tried.found ?? null
}

class NothingKept extends Error {}

/**
 * Changes the settings of an instance. Settings that change rights are kept only with the consequences that were said.
 * @throws NotFound, Forbidden (H32), Conflict, Invalid
 */
export function editInstance(
  context: Context,
  actor: Actor,
  { slug, form }: { slug: string; form: InstanceForm },
): Promise<void> {
  return changeInstance(context, actor, slug, 'edit', async (tx, before) => {
    checkVersion(settingsVersion(before), form.version)
    const apply = () => applySettings(tx, actor, before, form)
    if (!touchesRights(before, form)) await apply()
    else if ((await consequencesOf(tx, actor, before, apply)).version !== form.confirmed) {
      throw new Conflict(
        'Ce que ce changement fait aux droits n’est plus ce qui vous a été dit : relisez-le, puis confirmez.',
      )
    }
    return { result: undefined, detail: changesOf(before, settingsFrom(form), journalled) }
  })
}

/** What the journal keeps of the settings that changed: values for those that give rights. */
const journalled = {
  values: ['level', 'kind', 'validatorRule', 'draftReaders', 'minutesVisibility', 'opensWritingToMembers'],
  words: [
    'name',
    'shortName',
    'code',
    'parentId',
    'territory',
    'purpose',
    'roles',
    'composition',
    'cadence',
    'meetingsPerYear',
    'votingRules',
  ],
} as const

async function applySettings(tx: Transaction, actor: Actor, before: InstanceRow, form: NewInstanceForm): Promise<void> {
  await tx
    .update(instances)
    .set(await valuesFrom(tx, actor, before, form))
    .where(eq(instances.id, before.id))
  if (!technicalGroupKinds.includes(form.kind)) return
  // Those of a technical group always reach their level, those already distributed too.
  const own = tx.select({ id: meetings.id }).from(meetings).where(eq(meetings.instanceId, before.id))
  await tx
    .update(minutes)
    .set({ visibility: 'niveau' })
    .where(and(inArray(minutes.meetingId, own), eq(minutes.visibility, 'instance')))
}

async function valuesFrom(tx: Transaction, actor: Actor, before: InstanceRow | null, form: NewInstanceForm) {
  await checkCode(tx, actor, before, form.code)
  await checkParent(tx, actor, before, form.parentId)
  const settings = settingsFrom(form)
  await checkOrganisations(tx, actor, Object.keys(settings.votingRules?.weights ?? {}))
  return settings
}

function settingsFrom(form: NewInstanceForm) {
  return {
    name: form.name,
    shortName: form.shortName,
    code: form.code,
    level: form.level,
    kind: form.kind,
    parentId: form.parentId,
    territory: form.territory || null,
    purpose: form.purpose,
    roles: form.roles,
    composition: form.composition,
    cadence: form.cadence,
    meetingsPerYear: form.meetingsPerYear,
    validatorRule: form.validatorRule,
    draftReaders: form.draftReaders,
    minutesVisibility: form.minutesVisibility,
    opensWritingToMembers: form.opensWritingToMembers,
    votingRules: votingRulesFrom(form),
  }
}

/** A code stands once, and stays once a decision bears it: the register is never renumbered. @throws Invalid */
async function checkCode(tx: Transaction, { consortiumId }: Actor, before: InstanceRow | null, code: string) {
  if (before?.code === code) return
  if (before && (await hasNumbered(tx, before.id))) {
    throw new Invalid('Le code ne peut plus changer.', {
      code: [`Des décisions du registre portent déjà « ${before.code} » dans leur numéro : il reste ce qu’il est.`],
    })
  }
  const taken = await tx.$count(
    instances,
    and(
      eq(instances.consortiumId, consortiumId),
      eq(instances.code, code),
      before ? ne(instances.id, before.id) : undefined,
    ),
  )
  if (taken > 0)
    throw new Invalid('Ce code est pris.', { code: ['Une autre instance a ce code : choisissez-en un autre.'] })
}

/** An instance hangs from another of the consortium, never from itself. @throws Invalid */
async function checkParent(
  tx: Transaction,
  { consortiumId }: Actor,
  before: InstanceRow | null,
  parentId: string | null,
) {
  const rows = await tx
    .select({ id: instances.id, parentId: instances.parentId })
    .from(instances)
    .where(eq(instances.consortiumId, consortiumId))
  const parentOf = new Map(rows.map(row => [row.id, row.parentId]))
  const refused = (message: string) => new Invalid(message, { parentId: [message] })
  if (parentId !== null && !parentOf.has(parentId)) throw refused('Choisissez une instance de la liste.')
  const seen = new Set<string>()
  for (let above = parentId; above !== null && !seen.has(above); above = parentOf.get(above) ?? null) {
    if (above === before?.id)
      throw refused('Une instance ne peut pas être rattachée à elle-même, ni à l’une des siennes.')
    seen.add(above)
  }
}

/** @throws Invalid */
async function checkOrganisations(tx: Transaction, { consortiumId }: Actor, ids: string[]) {
  if (ids.length === 0) return
  const known = await tx.$count(
    organisations,
    and(eq(organisations.consortiumId, consortiumId), inArray(organisations.id, ids)),
  )
  if (known < ids.length) throw new Invalid('Une des structures n’est pas du consortium. Rechargez la page.')
}
