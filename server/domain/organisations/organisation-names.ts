import { and, eq, gte, isNull, lte, ne, or, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { organisationNames } from '#db/schema/index.ts'
import { addDays } from '#server/calendar.ts'
import { Conflict, Invalid, NotFound } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { mediumDate } from '#server/vocabulary/french.ts'
import type { OrganisationNameForm } from '#server/vocabulary/organisation-forms.ts'
import type { Context } from '../context.ts'
import { checkVersion, versionOf } from '../governance/change-shape.ts'
import { changeOrganisation, nameOn, namesOf, type OrganisationNameRow } from './change-organisation.ts'

/**
 * Gives an institution a new name from a day on, corrects one, or takes one back. Names follow one another without a gap:
 * what was written under the name of a day keeps it.
 * @throws NotFound, Forbidden (H31), Conflict, Invalid
 */
export function changeOrganisationNames(
  context: Context,
  actor: Actor,
  { slug, form }: { slug: string; form: OrganisationNameForm },
): Promise<void> {
  return changeOrganisation(context, actor, slug, verbs[form.act], async (tx, organisation) => {
    const names = await namesOf(tx, organisation.id)
    checkVersion(namesVersion(names), form.version)
    if (form.act === 'ajouter') await addName(tx, actor, names, form)
    else await changeName(tx, actor, names, form)
    return { result: undefined }
  })
}

const verbs = { ajouter: 'rename', corriger: 'correctName', retirer: 'removeName' } as const

/** Tells one history of names from another. */
export function namesVersion(names: readonly OrganisationNameRow[]): string {
  return versionOf(names.map(({ id, name, shortName, startsOn }) => [id, name, shortName, startsOn]))
}

type Adding = Extract<OrganisationNameForm, { act: 'ajouter' }>

async function addName(tx: Transaction, actor: Actor, names: readonly OrganisationNameRow[], form: Adding) {
  const [first] = names
  if (!first) throw new Error('an institution has a name')
  if (form.startsOn <= first.startsOn) {
    throw new Invalid('Ce jour vient avant le premier nom.', {
      startsOn: ['Choisissez un jour après celui du premier nom, ou corrigez ce nom.'],
    })
  }
  if (names.some(name => name.startsOn === form.startsOn)) {
    throw new Invalid('Un nom commence déjà ce jour-là.', {
      startsOn: [`Un autre nom commence déjà le ${mediumDate(form.startsOn)} : corrigez-le plutôt.`],
    })
  }
  await checkNameIsFree(tx, actor, form, first.organisationId)
  const previous = nameOn(names, form.startsOn)
  await tx
    .update(organisationNames)
    .set({ endsOn: addDays(form.startsOn, -1) })
    .where(eq(organisationNames.id, previous.id))
  await tx.insert(organisationNames).values({
    consortiumId: actor.consortiumId,
    organisationId: first.organisationId,
    name: form.name,
    shortName: form.shortName,
    startsOn: form.startsOn,
    endsOn: previous.endsOn,
  })
}

async function changeName(
  tx: Transaction,
  actor: Actor,
  names: readonly OrganisationNameRow[],
  form: Exclude<OrganisationNameForm, Adding>,
) {
  const at = names.findIndex(name => name.id === form.nameId)
  const name = names[at]
  if (!name) throw new NotFound()
  if (form.act === 'corriger') {
    await checkNameIsFree(tx, actor, form, name.organisationId)
    const { name: corrected, shortName } = form
    await tx.update(organisationNames).set({ name: corrected, shortName }).where(eq(organisationNames.id, name.id))
    return
  }
  const previous = names[at - 1]
  if (!previous) throw new Conflict('Le premier nom ne se retire pas : corrigez-le plutôt.')
  await tx.delete(organisationNames).where(eq(organisationNames.id, name.id))
  await tx.update(organisationNames).set({ endsOn: name.endsOn }).where(eq(organisationNames.id, previous.id))
}

/** Two institutions do not have the same name, nor the same initials, today. @throws Invalid */
export async function checkNameIsFree(
  tx: Transaction,
  { consortiumId, today }: Actor,
  typed: { name: string; shortName: string },
  exceptId?: string,
): Promise<void> {
  const same = await tx
    .select({ name: organisationNames.name, shortName: organisationNames.shortName })
    .from(organisationNames)
    .where(
      and(
        eq(organisationNames.consortiumId, consortiumId),
        exceptId === undefined ? undefined : ne(organisationNames.organisationId, exceptId),
        lte(organisationNames.startsOn, today),
        or(isNull(organisationNames.endsOn), gte(organisationNames.endsOn, today)),
        or(
          sql`lower(${organisationNames.name}) = lower(${typed.name})`,
          sql`lower(${organisationNames.shortName}) = lower(${typed.shortName})`,
        ),
      ),
    )
  const [other] = same
  if (!other) return
  const field = other.name.toLowerCase() === typed.name.toLowerCase() ? 'name' : 'shortName'
  throw new Invalid('Une autre structure porte ce nom.', {
    [field]: [`« ${other.name} » porte déjà ce ${field === 'name' ? 'nom' : 'sigle'}.`],
  })
}
