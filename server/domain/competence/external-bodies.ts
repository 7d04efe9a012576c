import { and, asc, eq, ne } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { externalBodies, organisations } from '#db/schema/index.ts'
import { Invalid, NotFound } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { uuidOrNone } from '#server/habilitations/load-facts.ts'
import type { ExternalBodyForm, NewExternalBodyForm } from '#server/vocabulary/competence-forms.ts'
import type { Context } from '../context.ts'
import { authorizeShape, changeShape, checkVersion, versionOf } from '../governance/change-shape.ts'
import { organisationList } from '../organisations/organisation-list.ts'

export type ExternalBody = {
  id: string
  name: string
  organisation: { id: string; slug: string; name: string } | null
  purpose: string
  endsOn: string | null
  version: string
}

export type ExternalBodiesPage = {
  bodies: ExternalBody[]
  organisations: { id: string; name: string }[]
}

type Row = typeof externalBodies.$inferSelect

/** The deliberative bodies of the institutions, that vote the money and the conventions. @throws NotFound, Forbidden (H33) */
export async function externalBodiesPage(context: Context, actor: Actor): Promise<ExternalBodiesPage> {
  authorizeShape(actor, 'editCompetence')
  const { present } = await organisationList(context, actor)
  return {
    bodies: await externalBodiesOf(context, actor),
    organisations: present.map(({ id, name }) => ({ id, name })),
  }
}

/** Those of the consortium, with their structures, as every member may read them. @throws NotFound (H2) */
export async function externalBodiesOf(context: Context, actor: Actor): Promise<ExternalBody[]> {
  const { present, left } = await organisationList(context, actor)
  const byId = new Map([...present, ...left].map(({ id, slug, name }) => [id, { id, slug, name }]))
  const rows = await context.db
    .select()
    .from(externalBodies)
    .where(eq(externalBodies.consortiumId, actor.consortiumId))
    .orderBy(asc(externalBodies.name))
  return rows.map(row => ({
    id: row.id,
    name: row.name,
    organisation: (row.organisationId && byId.get(row.organisationId)) || null,
    purpose: row.purpose,
    endsOn: row.endsOn,
    version: bodyVersion(row),
  }))
}

/** One of them; its structure stays among the choices once it has left. @throws NotFound, Forbidden (H33) */
export async function externalBody(context: Context, actor: Actor, id: string) {
  const { bodies, organisations } = await externalBodiesPage(context, actor)
  const body = bodies.find(each => each.id === id)
  if (!body) throw new NotFound()
  const { organisation } = body
  const leftOut = organisation !== null && !organisations.some(({ id }) => id === organisation.id)
  return { body, organisations: leftOut ? [...organisations, organisation] : organisations }
}

/** Adds one. @throws NotFound, Forbidden (H33), Invalid */
export function createExternalBody(context: Context, actor: Actor, form: NewExternalBodyForm): Promise<void> {
  return changeShape(context, actor, 'editCompetence', async tx => {
    await checkBody(tx, actor, form)
    const [row] = await tx
      .insert(externalBodies)
      .values({ ...form, consortiumId: actor.consortiumId })
      .returning({ id: externalBodies.id })
    if (!row) throw new Error('an inserted body has an id')
    return { verb: 'externalBody.create', subjectKind: 'externalBody', subjectId: row.id, result: undefined }
  })
}

/** Changes one, or ends it. @throws NotFound, Forbidden (H33), Conflict, Invalid */
export async function changeExternalBody(
  context: Context,
  actor: Actor,
  { id, form }: { id: string; form: ExternalBodyForm },
): Promise<void> {
  authorizeShape(actor, 'editCompetence')
  await bodyOf(context.db, actor, id)
  return changeShape(context, actor, 'editCompetence', async tx => {
    const body = await bodyOf(tx, actor, id)
    checkVersion(bodyVersion(body), form.version)
    await checkBody(tx, actor, form, body.id)
    const { name, organisationId, purpose, endsOn } = form
    await tx.update(externalBodies).set({ name, organisationId, purpose, endsOn }).where(eq(externalBodies.id, body.id))
    return { verb: 'externalBody.edit', subjectKind: 'externalBody', subjectId: body.id, result: undefined }
  })
}

/** Deletes one entered by mistake. @throws NotFound, Forbidden (H33) */
export async function deleteExternalBody(context: Context, actor: Actor, id: string): Promise<void> {
  authorizeShape(actor, 'editCompetence')
  await bodyOf(context.db, actor, id)
  return changeShape(context, actor, 'editCompetence', async tx => {
    const body = await bodyOf(tx, actor, id)
    await tx.delete(externalBodies).where(eq(externalBodies.id, body.id))
    return { verb: 'externalBody.delete', subjectKind: 'externalBody', subjectId: body.id, result: undefined }
  })
}

async function bodyOf(db: Database | Transaction, { consortiumId }: Actor, id: string): Promise<Row> {
  const [row] = await db
    .select()
    .from(externalBodies)
    .where(and(eq(externalBodies.id, uuidOrNone(id)), eq(externalBodies.consortiumId, consortiumId)))
  if (!row) throw new NotFound()
  return row
}

function bodyVersion({ name, organisationId, purpose, endsOn }: Row): string {
  return versionOf([name, organisationId, purpose, endsOn])
}

/** Its name is its own, its institution is of the consortium. @throws Invalid */
async function checkBody(
  tx: Transaction,
  { consortiumId }: Actor,
  { name, organisationId }: NewExternalBodyForm,
  exceptId?: string,
): Promise<void> {
  const same = await tx.$count(
    externalBodies,
    and(
      eq(externalBodies.consortiumId, consortiumId),
      eq(externalBodies.name, name),
      exceptId === undefined ? undefined : ne(externalBodies.id, exceptId),
    ),
  )
  if (same > 0) throw new Invalid('Ce nom est pris.', { name: ['Un autre organe porte déjà ce nom.'] })
  if (organisationId === null) return
  const known = await tx.$count(
    organisations,
    and(eq(organisations.consortiumId, consortiumId), eq(organisations.id, organisationId)),
  )
  if (known > 0) return
  throw new Invalid('Choisissez une structure de la liste.', {
    organisationId: ['Choisissez une structure de la liste.'],
  })
}
