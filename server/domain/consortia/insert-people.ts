import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { accounts, consortiumFunctions, mandates, prestataireAttachments } from '#db/schema/index.ts'
import { Invalid } from '#server/errors.ts'
import { writeMail } from '#server/mail/outbox.ts'
import type { Context } from '../context.ts'
import type { ConsortiumDescription, PersonDescription } from './description.ts'
import { type Inserted, wanted } from './insert-description.ts'

type Where = Inserted & { at: Date; firstDay: string }
type Described = ConsortiumDescription['people'][number]

/**
 * The first people of a consortium: their accounts, unless they have one, their functions and mandates. Whoever has never
 * signed in receives an invitation.
 *
 * @returns the addresses to which an invitation goes.
 * @throws Invalid when an account was suspended or erased.
 */
export async function insertPeople(
  context: Context,
  tx: Transaction,
  { chefs, people }: Pick<ConsortiumDescription, 'chefs' | 'people'>,
  where: Where,
): Promise<string[]> {
  const invited: string[] = []
  const accountIds = new Map<string, string>()
  for (const person of [...chefs, ...people]) {
    const { id, invites } = await accountFor(tx, person, where.at)
    accountIds.set(person.email, id)
    if (!invites) continue
    await writeMail(context, tx, { kind: 'invitation', accountId: id, consortiumId: where.consortiumId })
    invited.push(person.email)
  }
  for (const chef of chefs) {
    await insertFunction(tx, chef, { kind: 'chef_de_projet', label: chef.label }, wanted(accountIds, chef.email), where)
  }
  for (const person of people) {
    if (person.function === null) continue
    const functionId = await insertFunction(tx, person, person.function, wanted(accountIds, person.email), where)
    await attach(tx, functionId, person.function.attachedTo, where)
  }
  await insertMandates(tx, people, accountIds, where)
  return invited
}

async function accountFor(tx: Transaction, person: PersonDescription, at: Date) {
  const { email, givenName, familyName, phone } = person
  const [known] = await tx.select().from(accounts).where(eq(accounts.email, email)).for('update')
  if (known?.suspendedAt) {
    throw new Invalid(`Le compte « ${email} » est suspendu. Rétablissez-le d’abord, ou indiquez une autre personne.`)
  }
  if (known) return { id: known.id, invites: known.passwordHash === null }
  const [row] = await tx
    .insert(accounts)
    .values({ email, givenName, familyName, phone, createdAt: at })
    .returning({ id: accounts.id })
  if (!row) throw new Error('an inserted account has an id')
  return { id: row.id, invites: true }
}

async function insertFunction(
  tx: Transaction,
  person: PersonDescription,
  { kind, label }: { kind: (typeof consortiumFunctions.$inferInsert)['function']; label: string },
  accountId: string,
  { consortiumId, organisations, at, firstDay }: Where,
): Promise<string> {
  const [row] = await tx
    .insert(consortiumFunctions)
    .values({
      consortiumId,
      accountId,
      organisationId: person.organisation && wanted(organisations, person.organisation),
      function: kind,
      civilite: person.civilite,
      qualite: person.qualite,
      functionLabel: label,
      startsOn: firstDay,
      createdAt: at,
    })
    .returning({ id: consortiumFunctions.id })
  if (!row) throw new Error('an inserted function has an id')
  return row.id
}

async function attach(tx: Transaction, consortiumFunctionId: string, slugs: readonly string[], where: Where) {
  const { consortiumId, instances, firstDay: startsOn } = where
  for (const slug of new Set(slugs)) {
    const instanceId = wanted(instances, slug).id
    await tx.insert(prestataireAttachments).values({ consortiumId, consortiumFunctionId, instanceId, startsOn })
  }
}

/** Titulaires first: suppléants and assistants name theirs. */
async function insertMandates(
  tx: Transaction,
  people: readonly Described[],
  accountIds: ReadonlyMap<string, string>,
  where: Where,
): Promise<void> {
  const seats = people.flatMap(person => person.seats.map(seat => ({ id: randomUUID(), person, seat })))
  const titulaireOf = (email: string | null, instance: string) =>
    seats.find(({ person, seat }) => person.email === email && seat.instance === instance && seat.titulaire === null)
      ?.id
  for (const wave of [
    seats.filter(({ seat }) => seat.titulaire === null),
    seats.filter(({ seat }) => seat.titulaire !== null),
  ]) {
    if (wave.length === 0) continue
    await tx.insert(mandates).values(
      wave.map(({ id, person, seat }) => ({
        id,
        consortiumId: where.consortiumId,
        accountId: wanted(accountIds, person.email),
        instanceId: wanted(where.instances, seat.instance).id,
        organisationId: wanted(where.organisations, person.organisation ?? ''),
        function: seat.function,
        civilite: person.civilite,
        qualite: person.qualite,
        functionLabel: seat.label,
        carriesVoice: seat.carriesVoice,
        titulaireMandateId: seat.titulaire === null ? null : titulaireOf(seat.titulaire, seat.instance),
        readsDossier: seat.readsDossier,
        startsOn: seat.startsOn ?? where.firstDay,
        endsOn: seat.endsOn,
        createdAt: where.at,
      })),
    )
  }
}
