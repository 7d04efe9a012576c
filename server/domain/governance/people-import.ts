import { createHash } from 'node:crypto'
import { Invalid } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { requireVerification } from '#server/habilitations/verification.ts'
import { writeJournal } from '#server/journal.ts'
import { type ImportLine, MOST_LINES } from '#server/vocabulary/import-forms.ts'
import type { Context } from '../context.ts'
import {
  type FunctionCandidate,
  functionProblem,
  giveFunctionIn,
  isSameFunction,
  type NewFunction,
} from './consortium-functions.ts'
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
  effect: 'mandat' | 'fonction' | 'deja' | 'doublon' | 'erreur'
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
    if (preview.seen !== seen || preview.counts.erreur > 0 || howMany(preview) === 0) return { preview }
    const unusable = withoutAdministrateurs(before, effects)
    if (unusable) return { preview: previewFrom(before, unusable) }
    const world = await loadImportWorld(tx, actor, lines)
    await walk(world, lines, ({ designation, fonction }) =>
      designation
        ? designate(context, tx, author, designation, world.book)
        : giveFunctionIn(context, tx, author, fonction),
    )
    await writeJournal(tx, {
      consortiumId: author.consortiumId,
      at: author.now,
      by: author.accountId,
      verb: 'person.import',
      subjectKind: 'consortium',
      subjectId: author.consortiumId,
      detail: { mandates: preview.counts.mandat, functions: preview.counts.fonction },
    })
    return { done: howMany(preview) }
  })
}

/** The lines that would designate an administrateur said to be wrong, or null when none would: told to who confirms only. */
function withoutAdministrateurs(world: ImportWorld, effects: readonly LineEffect[]): LineEffect[] | null {
  const isOne = ({ line }: LineEffect) => world.accounts.get(line.email)?.isAdministrateur === true
  if (!effects.some(isOne)) return null
  return effects.map(each => (isOne(each) ? { ...each, effect: 'erreur', errors: [unusableAddress] } : each))
}

function howMany({ counts }: ImportPreview): number {
  return counts.mandat + counts.fonction
}

/** What a line gives: a mandate, or a function in the consortium. */
type Given = { designation: Designation; fonction: null } | { designation: null; fonction: NewFunction }

type Apply = (given: Given) => Promise<{ accountId: string } | null>

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
    const { designation, fonction } = read
    const given: Given | null = designation
      ? { designation, fonction: null }
      : fonction && { designation: null, fonction }
    if (!given) {
      effects.push({ ...base, effect: 'erreur' })
      continue
    }
    const key = `${line.email} ${designation?.instanceId ?? `${fonction?.function} ${fonction?.organisationId}`}`
    const same = JSON.stringify({ ...(designation ?? fonction), person: null })
    if (said.get(key) === same) {
      effects.push({ ...base, effect: 'doublon' })
      continue
    }
    said.set(key, same)
    const accountId = known?.id ?? `new:${line.email}`
    const judged = judge(world, given, accountId)
    if (judged !== 'libre') {
      effects.push(judged === 'deja' ? { ...base, effect: 'deja' } : { ...base, effect: 'erreur', errors: judged })
      continue
    }
    const made = await apply(given)
    const name = known?.name ?? `${line.givenName} ${line.familyName}`
    if (made) world.accounts.set(line.email, { id: made.accountId, name, isHere: true, isAdministrateur: false })
    else if (designation) world.book.mandates.push({ ...designation, id: `line:${index}`, accountId, name })
    if (fonction) world.functions.push({ ...fonction, id: `line:${index}`, accountId: made?.accountId ?? accountId })
    effects.push({ ...base, effect: designation ? 'mandat' : 'fonction' })
  }
  return effects
}

/** Whether a line gives something new, gives what stands already, or may not be: then why. */
function judge(world: ImportWorld, { designation, fonction }: Given, accountId: string): 'libre' | 'deja' | string[] {
  if (designation) {
    const candidate: Candidate = { ...designation, id: null, accountId }
    if (alreadyHeld(world, candidate)) return 'deja'
    const { problems } = planDesignation(world.book, candidate)
    return problems.length === 0 ? 'libre' : problems.map(problem => problem.message)
  }
  const candidate: FunctionCandidate = { ...fonction, id: null, accountId }
  if (world.functions.some(each => isSameFunction(each, candidate))) return 'deja'
  const problem = functionProblem(world.book, world.functions, candidate)
  return problem ? [problem.message] : 'libre'
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
  const counts = { mandat: 0, fonction: 0, deja: 0, doublon: 0, erreur: 0, nouvelle: 0 }
  for (const { effect } of effects) counts[effect]++
  const given = effects.filter(({ effect }) => effect === 'mandat' || effect === 'fonction')
  counts.nouvelle = new Set(given.filter(each => each.person === 'nouvelle').map(each => each.line.email)).size
  const told = effects.map(({ line, effect, person, summary }) => [line, effect, person, summary])
  return {
    effects,
    seen: createHash('sha256').update(JSON.stringify(told)).digest('hex').slice(0, 32),
    counts,
    organisations: world.organisations.map(({ slug, name }) => ({ slug, name })),
  }
}
