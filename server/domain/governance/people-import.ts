import { createHash } from 'node:crypto'
import { Invalid } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { requireVerification } from '#server/habilitations/verification.ts'
import { writeJournal } from '#server/journal.ts'
import { type ImportLine, MOST_LINES } from '#server/vocabulary/import-forms.ts'
import type { Context } from '../context.ts'
import { type Designation, designate, unusableAddress } from './designate.ts'
import { governMandates, mandateGovernor } from './govern-mandates.ts'
import { type ImportWorld, loadImportWorld } from './import-world.ts'
import { overlap } from './mandate-book.ts'
import { type Candidate, planDesignation } from './plan-designation.ts'
import { readImportLine } from './read-import-line.ts'

/** What a line would do: « nouvelle personne », « déjà connue », nothing new, or what is wrong with it. */
export type LineEffect = {
  line: ImportLine
  person: 'nouvelle' | 'connue'
  /** The name that somebody of the consortium has already. */
  knownAs: string | null
  effect: 'mandat' | 'deja' | 'doublon' | 'erreur'
  errors: string[]
  /** In French: what will stand. */
  summary: string
  /** The institution that the domain of the address makes one think of, where the line says none. */
  guess: { slug: string; name: string } | null
}

export type ImportPreview = {
  effects: LineEffect[]
  /** Changes with what would be done: confirming does exactly this. */
  seen: string
  counts: Record<LineEffect['effect'] | 'nouvelle', number>
  organisations: { slug: string; name: string }[]
}

/** What designating these people would do, line by line; nothing is written. @throws NotFound, Forbidden (H34), Invalid */
export async function previewImport(
  context: Context,
  actor: Actor,
  lines: readonly ImportLine[],
): Promise<ImportPreview> {
  mandateGovernor(actor)
  const world = await loadImportWorld(context.db, actor, lines)
  return previewFrom(world, await walk(world, lines, async () => null))
}

/**
 * Designates everybody of a preview, or nobody: when anything has moved since it was seen, or a line is wrong, nothing is
 * written and the new preview comes back.
 * @throws NotFound, Forbidden (H34), VerificationNeeded
 */
export async function confirmImport(
  context: Context,
  actor: Actor,
  input: { lines: readonly ImportLine[]; seen: string },
): Promise<{ done: number } | { preview: ImportPreview }> {
  mandateGovernor(actor)
  requireVerification(context, actor, 'forte')
  const { lines, seen } = input
  return governMandates(context, actor, async (tx, author) => {
    const before = await loadImportWorld(tx, actor, lines)
    const effects = await walk(before, lines, async () => null)
    const preview = previewFrom(before, effects)
    if (preview.seen !== seen || preview.counts.erreur > 0 || preview.counts.mandat === 0) return { preview }
    const unusable = withoutAdministrateurs(before, effects)
    if (unusable) return { preview: previewFrom(before, unusable) }
    const world = await loadImportWorld(tx, actor, lines)
    let done = 0
    await walk(world, lines, async designation => {
      done++
      return designate(context, tx, author, designation, world.book)
    })
    await writeJournal(tx, {
      consortiumId: author.consortiumId,
      at: author.now,
      by: author.accountId,
      verb: 'person.import',
      subjectKind: 'consortium',
      subjectId: author.consortiumId,
      detail: { mandates: done },
    })
    return { done }
  })
}

/** The lines that would designate an administrateur said to be wrong, or null when none would: told to who confirms only. */
function withoutAdministrateurs(world: ImportWorld, effects: readonly LineEffect[]): LineEffect[] | null {
  const isOne = ({ line }: LineEffect) => world.accounts.get(line.email)?.isAdministrateur === true
  if (!effects.some(isOne)) return null
  return effects.map(each => (isOne(each) ? { ...each, effect: 'erreur', errors: [unusableAddress] } : each))
}

type Apply = (designation: Designation) => Promise<{ mandateId: string; accountId: string } | null>

/** Judges each line on what stands after those before it; `apply` writes it, or does nothing. */
async function walk(world: ImportWorld, lines: readonly ImportLine[], apply: Apply): Promise<LineEffect[]> {
  if (lines.length > MOST_LINES) {
    throw new Invalid(`${MOST_LINES} lignes au plus à la fois.`, { lines: [`${MOST_LINES} lignes au plus à la fois.`] })
  }
  const effects: LineEffect[] = []
  const said = new Map<string, string>()
  for (const [index, line] of lines.entries()) {
    const read = readImportLine(world, line)
    const known = world.accounts.get(line.email)
    const base = {
      line: read.line,
      person: known?.isHere ? ('connue' as const) : ('nouvelle' as const),
      knownAs: known?.isHere ? known.name : null,
      guess: read.guess,
      summary: read.summary,
      errors: read.errors,
    }
    if (!read.designation) {
      effects.push({ ...base, effect: 'erreur' })
      continue
    }
    const { designation } = read
    const key = `${line.email} ${designation.instanceId}`
    const same = JSON.stringify({ ...designation, person: null })
    if (said.get(key) === same) {
      effects.push({ ...base, effect: 'doublon' })
      continue
    }
    said.set(key, same)
    const accountId = known?.id ?? `new:${line.email}`
    const candidate: Candidate = { ...designation, id: null, accountId }
    if (alreadyHeld(world, candidate)) {
      effects.push({ ...base, effect: 'deja' })
      continue
    }
    const { problems } = planDesignation(world.book, candidate)
    if (problems.length > 0) {
      effects.push({ ...base, effect: 'erreur', errors: problems.map(problem => problem.message) })
      continue
    }
    const made = await apply(designation)
    const name = known?.name ?? `${line.givenName} ${line.familyName}`
    if (made) world.accounts.set(line.email, { id: made.accountId, name, isHere: true, isAdministrateur: false })
    else world.book.mandates.push({ ...candidate, id: `line:${index}`, accountId, name })
    effects.push({ ...base, effect: 'mandat' })
  }
  return effects
}

/** The same seat, at one day at least: importing a list twice changes nothing. */
function alreadyHeld({ book }: ImportWorld, candidate: Candidate): boolean {
  return book.mandates.some(
    each =>
      each.accountId === candidate.accountId &&
      each.instanceId === candidate.instanceId &&
      each.organisationId === candidate.organisationId &&
      each.function === candidate.function &&
      overlap(each, candidate),
  )
}

function previewFrom(world: ImportWorld, effects: LineEffect[]): ImportPreview {
  const counts = { mandat: 0, deja: 0, doublon: 0, erreur: 0, nouvelle: 0 }
  for (const { effect, person } of effects) {
    counts[effect]++
    if (effect === 'mandat' && person === 'nouvelle') counts.nouvelle++
  }
  const told = effects.map(({ line, effect, person, summary }) => [line, effect, person, summary])
  return {
    effects,
    seen: createHash('sha256').update(JSON.stringify(told)).digest('hex').slice(0, 32),
    counts,
    organisations: world.organisations.map(({ slug, name }) => ({ slug, name })),
  }
}
