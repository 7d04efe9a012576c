import { and, asc, eq } from 'drizzle-orm'
import { consortiumFunctions, instances, prestataireAttachments } from '#db/schema/index.ts'
import { NotFound } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { uuidOrNone } from '#server/habilitations/load-facts.ts'
import { visibleTo } from '#server/habilitations/visible.ts'
import type { Context } from '../context.ts'
import { mandateGovernor } from './govern-mandates.ts'
import { organisationChoices } from './people-list.ts'
import { type PersonFunction, personPage } from './person-page.ts'

/** What the forms of functions choose from. */
export type FunctionChoices = {
  organisations: { id: string; name: string }[]
  instances: { id: string; name: string }[]
}

export type FunctionPage = FunctionChoices & {
  person: { id: string; name: string }
  function: PersonFunction
}

/** @throws NotFound, Forbidden (H34) */
export async function functionChoices({ db }: Context, actor: Actor): Promise<FunctionChoices> {
  mandateGovernor(actor)
  return {
    organisations: await organisationChoices(db, actor),
    instances: await db
      .select({ id: instances.id, name: instances.name })
      .from(instances)
      .where(visibleTo(actor, 'instance', 'read'))
      .orderBy(asc(instances.position), asc(instances.name)),
  }
}

/** A function in the consortium and, of a prestataire, its attachments. @throws NotFound, Forbidden (H34) */
export async function functionPage(context: Context, actor: Actor, functionId: string): Promise<FunctionPage> {
  const choices = await functionChoices(context, actor)
  const [row] = await context.db
    .select({ accountId: consortiumFunctions.accountId })
    .from(consortiumFunctions)
    .where(
      and(eq(consortiumFunctions.id, uuidOrNone(functionId)), eq(consortiumFunctions.consortiumId, actor.consortiumId)),
    )
  if (!row) throw new NotFound()
  const { id, name, functions } = await personPage(context, actor, row.accountId)
  const found = functions.find(each => each.id === functionId)
  if (!found) throw new NotFound()
  return { ...choices, person: { id, name }, function: found }
}

export type AttachmentPage = {
  functionId: string
  person: { id: string; name: string }
  instance: { slug: string; name: string }
  startsOn: string
  endsOn: string | null
}

/** The attachment of a prestataire to an instance. @throws NotFound, Forbidden (H34) */
export async function attachmentPage(context: Context, actor: Actor, attachmentId: string): Promise<AttachmentPage> {
  mandateGovernor(actor)
  const [row] = await context.db
    .select({ functionId: prestataireAttachments.consortiumFunctionId })
    .from(prestataireAttachments)
    .where(
      and(
        eq(prestataireAttachments.id, uuidOrNone(attachmentId)),
        eq(prestataireAttachments.consortiumId, actor.consortiumId),
      ),
    )
  if (!row) throw new NotFound()
  const { person, function: fn } = await functionPage(context, actor, row.functionId)
  const attachment = fn.attachments.find(each => each.id === attachmentId)
  if (!attachment) throw new NotFound()
  return { ...attachment, functionId: fn.id, person }
}
