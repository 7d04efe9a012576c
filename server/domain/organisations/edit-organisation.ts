import { and, eq, isNotNull, max, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { oneOfWords } from '#db/lists.ts'
import { decisions, organisationNames, organisations } from '#db/schema/index.ts'
import { Invalid } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { visibleTo } from '#server/habilitations/visible.ts'
import { consortiumWideDecisionStates } from '#server/vocabulary/decisions.ts'
import type { NewOrganisationForm, OrganisationForm } from '#server/vocabulary/organisation-forms.ts'
import { freeSlug } from '#server/vocabulary/slug.ts'
import type { Context } from '../context.ts'
import { changeShape, checkVersion, versionOf } from '../governance/change-shape.ts'
import { changeOrganisation, type OrganisationRow } from './change-organisation.ts'
import { checkNameIsFree } from './organisation-names.ts'

/**
 * From when the first name of an institution counts: it is its name on every day before the next one, so that nobody who
 * sits is ever without a structure.
 */
export const firstNameDay = '2000-01-01'

/** Adds an institution, under its name of today. @throws NotFound, Forbidden (H31), Invalid */
export function createOrganisation(
  context: Context,
  actor: Actor,
  form: NewOrganisationForm,
): Promise<{ slug: string }> {
  return changeShape(context, actor, 'editOrganisations', async tx => {
    const { consortiumId } = actor
    await checkNameIsFree(tx, actor, form)
    const taken = await tx
      .select({ slug: organisations.slug })
      .from(organisations)
      .where(eq(organisations.consortiumId, consortiumId))
    const [last] = await tx
      .select({ position: max(organisations.position) })
      .from(organisations)
      .where(eq(organisations.consortiumId, consortiumId))
    const slug = freeSlug(
      form.shortName,
      taken.map(row => row.slug),
    )
    const [row] = await tx
      .insert(organisations)
      .values({ consortiumId, slug, position: (last?.position ?? -1) + 1, ...(await factsFrom(tx, actor, form)) })
      .returning({ id: organisations.id })
    if (!row) throw new Error('an inserted institution has an id')
    await tx.insert(organisationNames).values({
      consortiumId,
      organisationId: row.id,
      name: form.name,
      shortName: form.shortName,
      startsOn: firstNameDay,
    })
    return { verb: 'organisation.create', subjectKind: 'organisation', subjectId: row.id, result: { slug } }
  })
}

/** Changes what is known of an institution, its names aside. @throws NotFound, Forbidden (H31), Conflict, Invalid */
export function editOrganisation(
  context: Context,
  actor: Actor,
  { slug, form }: { slug: string; form: OrganisationForm },
): Promise<void> {
  return changeOrganisation(context, actor, slug, 'edit', async (tx, organisation) => {
    checkVersion(factsVersion(organisation), form.version)
    const facts = await factsFrom(tx, actor, form)
    if (facts.enteredOn && organisation.leftOn && facts.enteredOn > organisation.leftOn) {
      throw new Invalid('La structure ne peut pas entrer après son départ.', {
        enteredOn: ['Choisissez un jour qui ne vient pas après le départ de la structure.'],
      })
    }
    await tx.update(organisations).set(facts).where(eq(organisations.id, organisation.id))
    return { result: undefined }
  })
}

/** Tells one state of the facts that the form shows from another. */
export function factsVersion(row: OrganisationRow): string {
  return versionOf([row.phase, row.territory, row.enteredOn, row.enteredByDecisionId, row.enteredByAct])
}

type Facts = Omit<OrganisationForm, 'version'>

async function factsFrom(tx: Transaction, actor: Actor, form: Facts) {
  const { phase, territory, enteredOn, enteredByNumber, enteredByAct } = form
  return {
    phase,
    territory: territory || null,
    enteredOn,
    enteredByDecisionId: enteredByNumber === '' ? null : await decisionNumbered(tx, actor, enteredByNumber),
    enteredByAct,
  }
}

/** The adopted or noted decision that bears a number. @throws Invalid */
async function decisionNumbered(tx: Transaction, actor: Actor, number: string): Promise<string> {
  const [row] = await tx
    .select({ id: decisions.id })
    .from(decisions)
    .where(
      and(
        visibleTo(actor, 'decision', 'read'),
        oneOfWords(decisions.state, consortiumWideDecisionStates),
        sql`upper(${decisions.number}) = ${number.toUpperCase()}`,
      ),
    )
  if (row) return row.id
  throw new Invalid('Cette décision n’est pas au registre.', {
    enteredByNumber: [
      'Aucune décision adoptée, ou dont il est pris acte, ne porte ce numéro. Recopiez-le du registre, ou décrivez un autre acte.',
    ],
  })
}

/** Numbers that the form offers: the latest decisions on enlarging the consortium. */
export function enlargingDecisions(db: Database, actor: Actor) {
  return db
    .select({ number: sql<string>`${decisions.number}`, wording: decisions.wording })
    .from(decisions)
    .where(
      and(
        visibleTo(actor, 'decision', 'read'),
        eq(decisions.nature, 'elargissement_consortium'),
        oneOfWords(decisions.state, consortiumWideDecisionStates),
        isNotNull(decisions.number),
      ),
    )
    .orderBy(sql`${decisions.resultOn} desc`)
    .limit(20)
}
