import { Invalid } from '#server/errors.ts'
import { type Person, requireAdministrateur } from '../accounts/administering.ts'
import { type CreatedConsortium, createConsortium, refuseTakenSlug } from '../consortia/create-consortium.ts'
import type { ConsortiumDescription } from '../consortia/description.ts'
import { readDescription } from '../consortia/read-description.ts'
import type { Mistake } from '../consortia/sheet.ts'
import type { Context } from '../context.ts'

/** What a description would make, before it is made. */
export type ConsortiumPreview =
  | { mistakes: Mistake[] }
  | {
      mistakes: null
      slug: string
      name: string
      territory: string
      organisations: string[]
      instances: string[]
      chefs: { name: string; email: string }[]
      otherPeople: number
    }

/**
 * Says what the pasted description of a consortium would make, or every mistake it holds. Writes nothing.
 * @throws NotFound, VerificationNeeded, Invalid when another consortium has its address
 */
export async function previewConsortium(context: Context, person: Person, text: string): Promise<ConsortiumPreview> {
  requireAdministrateur(context, person)
  const reading = readDescription(text)
  if ('mistakes' in reading) return reading
  await refuseTakenSlug(context.db, reading.description.slug)
  return { mistakes: null, ...summaryOf(reading.description) }
}

/**
 * Makes the consortium that a pasted description describes, and invites its people.
 * @throws NotFound, VerificationNeeded, Invalid when the description holds a mistake its address is taken, or somebody cannot be invited
 */
export async function createConsortiumOfText(
  context: Context,
  person: Person,
  text: string,
  address?: string,
): Promise<CreatedConsortium> {
  requireAdministrateur(context, person)
  const reading = readDescription(text)
  if ('mistakes' in reading) throw new Invalid('La description contient des erreurs. Vérifiez-la d’abord.')
  const { description } = reading
  const created = await context.db.transaction(tx =>
    createConsortium(context, tx, { description, by: person.accountId, address: address ?? null }),
  )
  context.live.recheck()
  return created
}

function summaryOf({ slug, name, territory, organisations, instances, chefs, people }: ConsortiumDescription) {
  return {
    slug,
    name,
    territory,
    organisations: organisations.map(({ names }) => names.at(-1)?.name ?? ''),
    instances: instances.map(instance => instance.name),
    chefs: chefs.map(({ givenName, familyName, email }) => ({ name: `${givenName} ${familyName}`, email })),
    otherPeople: people.length,
  }
}
