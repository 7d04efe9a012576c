import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { accounts, consortiumFunctions, mandates, prestataireAttachments } from '#db/schema/index.ts'
import { Invalid } from '#server/errors.ts'
import { writeMail } from '#server/mail/outbox.ts'
import { writeSecurityLog } from '#server/security-log.ts'
import { endInvitationLinks } from '../accounts/links.ts'
import type { Context } from '../context.ts'
import type { ConsortiumDescription, PersonDescription, SeatDescription } from './description.ts'
import { type Inserted, wanted } from './insert-description.ts'

/** Who asked for it, and from which network address; null for the operator's command. */
type Asked = { by: string | null; address: string | null }
type Where = Inserted & Asked & { at: Date; firstDay: string }
/** Where functions are inserted. */
type Place = Omit<Where, 'instances'>
type Described = ConsortiumDescription['people'][number]

/**
 * The first people of a consortium: their accounts, unless they have one, their functions and mandates. Whoever has never
 * signed in receives an invitation.
 *
 * @returns the addresses to which an invitation goes.
 * @throws Invalid when an account was suspended or erased, or administers the deployment, or a mandate would end before it
 * begins.
 */
export async function insertPeople(
  context: Context,
  tx: Transaction,
  { chefs, people }: Pick<ConsortiumDescription, 'chefs' | 'people'>,
  where: Where,
): Promise<string[]> {
  const invited: string[] = []
  for (const chef of chefs) {
    const done = await insertChef(context, tx, chef, where)
    if (done.invited) invited.push(chef.email)
  }
  const accountIds = new Map<string, string>()
  for (const person of people) {
    const account = await invitedAccount(context, tx, person, where)
    accountIds.set(person.email, account.id)
    if (account.invited) invited.push(person.email)
    if (person.function === null) continue
    const functionId = await insertFunction(tx, person, person.function, account.id, where)
    await attach(tx, functionId, person.function.attachedTo, where)
  }
  await insertMandates(tx, people, accountIds, where)
  return invited
}

/**
 * A chef de projet, from a day on, who is invited unless they have a password; the security log tells of it.
 * @throws Invalid when the account is suspended, or administers the deployment
 */
export async function insertChef(
  context: Context,
  tx: Transaction,
  chef: PersonDescription,
  where: Place,
): Promise<{ accountId: string; functionId: string; invited: boolean }> {
  const { id, invited } = await invitedAccount(context, tx, chef, where)
  const functionId = await insertFunction(tx, chef, { kind: 'chef_de_projet', label: chef.label }, id, where)
  const { at, by, address } = where
  await writeSecurityLog(tx, { at, event: 'chef_designe', accountId: id, by, address })
  return { accountId: id, functionId, invited }
}

async function invitedAccount(context: Context, tx: Transaction, person: PersonDescription, where: Place) {
  const { id, invited } = await accountFor(tx, person, where.at)
  if (invited) await writeMail(context, tx, { kind: 'invitation', accountId: id, consortiumId: where.consortiumId })
  return { id, invited }
}

async function accountFor(tx: Transaction, person: PersonDescription, at: Date) {
  const { email, givenName, familyName, phone } = person
  const [known] = await tx.select().from(accounts).where(eq(accounts.email, email)).for('update')
  if (known?.suspendedAt) {
    throw new Invalid(`Le compte « ${email} » est suspendu. Rétablissez-le d’abord, ou indiquez une autre personne.`)
  }
  if (known?.isAdministrateur) {
    throw new Invalid(
      `L’adresse « ${email} » sert à administrer la plateforme : demandez à la personne une autre adresse.`,
    )
  }
  if (known) {
    // Another consortium may have handed over a link: whoever kept it would become the person here too.
    await endInvitationLinks(tx, known.id)
    return { id: known.id, invited: known.passwordHash === null }
  }
  const [row] = await tx
    .insert(accounts)
    .values({ email, givenName, familyName, phone, createdAt: at })
    .returning({ id: accounts.id })
  if (!row) throw new Error('an inserted account has an id')
  return { id: row.id, invited: true }
}

async function insertFunction(
  tx: Transaction,
  person: PersonDescription,
  { kind, label }: { kind: (typeof consortiumFunctions.$inferInsert)['function']; label: string },
  accountId: string,
  { consortiumId, organisations, at, firstDay }: Place,
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

/**
 * Titulaires first: suppléants and assistants name theirs, and begin no sooner.
 * @throws Invalid when a mandate would end before it begins
 */
async function insertMandates(
  tx: Transaction,
  people: readonly Described[],
  accountIds: ReadonlyMap<string, string>,
  where: Where,
): Promise<void> {
  const seats = people.flatMap(person => person.seats.map(seat => ({ id: randomUUID(), person, seat })))
  const titulaireOf = (email: string | null, instance: string) =>
    seats.find(({ person, seat }) => person.email === email && seat.instance === instance && seat.titulaire === null)
  const firstDayOf = (seat: SeatDescription): string => {
    const own = seat.startsOn ?? where.firstDay
    const served = titulaireOf(seat.titulaire, seat.instance)
    return served && firstDayOf(served.seat) > own ? firstDayOf(served.seat) : own
  }
  const never = seats.find(({ seat }) => seat.endsOn !== null && seat.endsOn < firstDayOf(seat))
  if (never) {
    throw new Invalid(
      `Un mandat de « ${never.person.email} » se terminerait avant de commencer. Corrigez « du » ou « au ».`,
    )
  }
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
        titulaireMandateId: titulaireOf(seat.titulaire, seat.instance)?.id ?? null,
        readsDossier: seat.readsDossier,
        startsOn: firstDayOf(seat),
        endsOn: seat.endsOn,
        createdAt: where.at,
      })),
    )
  }
}
