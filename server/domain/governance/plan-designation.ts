import { addDays } from '#server/calendar.ts'
import { mediumDate } from '#server/vocabulary/french.ts'
import { type MandateFunction, ownBodyFunctions, titulaireFunctions } from '#server/vocabulary/governance.ts'
import { type BookedMandate, type MandateBook, overlap, within } from './mandate-book.ts'

/** A mandate that somebody is about to receive, or whose days are about to change. */
export type Candidate = Omit<BookedMandate, 'id' | 'accountId' | 'name'> & {
  /** The mandate itself, when it exists and is changed. */
  id: string | null
  /** Null for somebody whom nobody knows yet. */
  accountId: string | null
}

/** What is wrong with a designation, by field of its form, and how to mend it. */
export type Problem = { field: keyof Candidate; message: string }

/** A mandate that ends; `neverWas` when that is before it began. */
export type Ending = { mandate: BookedMandate; lastDay: string; neverWas: boolean }

export type Plan = { problems: Problem[]; endings: Ending[] }

/**
 * Judges a designation on who sits there: what forbids it, in French, and which mandates end with it. Nothing is written.
 * Domain §3: one person sits once in a body at any day; an institution has one voice there; a suppléant and an assistant
 * serve one mandate, within its days.
 */
export function planDesignation(book: MandateBook, candidate: Candidate): Plan {
  const { endings, problems } = planReplacement(book, candidate)
  const after = afterEndings(book, endings).mandates.filter(mandate => mandate.id !== candidate.id)
  return {
    endings,
    problems: [
      ...problems,
      ...daysProblems(book, candidate),
      ...servedProblems(after, candidate),
      ...seatProblems(after, candidate),
      ...voiceProblems(book, after, candidate),
    ],
  }
}

/** What ends when a mandate ends: the suppléants and assistants that serve it end too, those who serve them as well. */
export function endingsOf(book: MandateBook, mandateId: string, lastDay: string): Ending[] {
  const mandate = book.mandates.find(each => each.id === mandateId)
  if (!mandate) return []
  const serving = book.mandates.filter(each => each.titulaireMandateId === mandateId)
  return [endingOf(mandate, lastDay), ...serving.flatMap(each => endingsOf(book, each.id, lastDay))].filter(
    ending => ending !== null,
  )
}

/** The book as it stands once these mandates have ended. */
export function afterEndings(book: MandateBook, endings: readonly Ending[]): MandateBook {
  const endingOfMandate = new Map(endings.map(ending => [ending.mandate.id, ending]))
  return {
    ...book,
    mandates: book.mandates.flatMap(mandate => {
      const ending = endingOfMandate.get(mandate.id)
      if (!ending) return [mandate]
      return ending.neverWas ? [] : [{ ...mandate, endsOn: ending.lastDay }]
    }),
  }
}

/** Nothing ends that has ended already. */
function endingOf(mandate: BookedMandate, lastDay: string): Ending | null {
  if (mandate.endsOn !== null && mandate.endsOn <= lastDay) return null
  return { mandate, lastDay, neverWas: mandate.startsOn > lastDay }
}

function planReplacement(book: MandateBook, { replacesMandateId, ...candidate }: Candidate): Plan {
  if (replacesMandateId === null) return { problems: [], endings: [] }
  const former = book.mandates.find(mandate => mandate.id === replacesMandateId)
  const refused = (message: string): Plan => ({ problems: [{ field: 'replacesMandateId', message }], endings: [] })
  if (!former || former.instanceId !== candidate.instanceId || former.id === candidate.id) {
    return refused('Ce mandat n’est pas (ou plus) un mandat de cette instance. Choisissez-en un autre.')
  }
  const next = book.mandates.find(each => each.replacesMandateId === former.id && each.id !== candidate.id)
  if (next) return refused(`${next.name} a déjà pris la suite de ${former.name} : laissez ce choix vide.`)
  if (former.startsOn >= candidate.startsOn) {
    return refused(
      `Le mandat de ${former.name} commence le ${mediumDate(former.startsOn)} : on ne peut le remplacer qu’à partir du lendemain.`,
    )
  }
  return { problems: [], endings: endingsOf(book, former.id, addDays(candidate.startsOn, -1)) }
}

function daysProblems(book: MandateBook, candidate: Candidate): Problem[] {
  const problems: Problem[] = []
  const { startsOn, endsOn } = candidate
  const instance = book.instances.get(candidate.instanceId)
  const organisation = book.organisations.get(candidate.organisationId)
  if (!instance)
    problems.push({ field: 'instanceId', message: 'Cette instance n’existe pas (ou plus) : choisissez-en une.' })
  if (!organisation) {
    problems.push({ field: 'organisationId', message: 'Cette structure n’existe pas (ou plus) : choisissez-en une.' })
  }
  if (endsOn !== null && endsOn < startsOn) {
    problems.push({ field: 'endsOn', message: 'La fin doit venir après le début, ou le même jour.' })
  }
  const bounds = [
    instance?.endsOn && { day: instance.endsOn, what: `« ${instance.name} » est dissoute` },
    organisation?.leftOn && { day: organisation.leftOn, what: `« ${organisation.name} » quitte le consortium` },
  ]
  for (const bound of bounds) {
    if (!bound || within(candidate, { startsOn: '0000-01-01', endsOn: bound.day })) continue
    const field = startsOn > bound.day ? 'startsOn' : 'endsOn'
    const message = `${bound.what} le ${mediumDate(bound.day)} : le mandat doit s’arrêter ce jour-là au plus tard.`
    problems.push({ field, message })
  }
  return problems
}

const serving: readonly MandateFunction[] = ['suppleant', 'assistant']

/** Who serves a mandate: a suppléant one titulaire, an assistant any mandate of the body; within its days. */
function servedProblems(mandates: readonly BookedMandate[], candidate: Candidate): Problem[] {
  const problem = (message: string): Problem[] => [{ field: 'titulaireMandateId', message }]
  if (!serving.includes(candidate.function)) {
    return candidate.titulaireMandateId === null
      ? []
      : problem('Seuls un suppléant et un assistant sont rattachés à un autre mandat : laissez ce choix vide.')
  }
  if (candidate.titulaireMandateId === null) {
    return problem(
      candidate.function === 'suppleant'
        ? 'Dites de quel titulaire cette personne est la suppléante.'
        : 'Dites de qui cette personne est l’assistante.',
    )
  }
  const served = mandates.find(mandate => mandate.id === candidate.titulaireMandateId)
  const accepted = candidate.function === 'suppleant' ? titulaireFunctions : ownBodyFunctions
  if (!served || served.instanceId !== candidate.instanceId || !accepted.includes(served.function)) {
    return problem('Ce mandat n’est pas celui d’un titulaire de cette instance. Choisissez-en un autre.')
  }
  if (served.accountId === candidate.accountId) return problem('On ne se supplée ni ne s’assiste soi-même.')
  if (within(candidate, served)) return []
  const to = served.endsOn === null ? 'n’a pas de fin' : `finit le ${mediumDate(served.endsOn)}`
  return [
    {
      field: candidate.startsOn < served.startsOn ? 'startsOn' : 'endsOn',
      message: `Le mandat de ${served.name} commence le ${mediumDate(served.startsOn)} et ${to} : celui-ci doit tenir dans ces dates.`,
    },
  ]
}

/** Nobody sits twice in one body on the same day. */
function seatProblems(mandates: readonly BookedMandate[], candidate: Candidate): Problem[] {
  const theirs = mandates.filter(
    each =>
      each.accountId === candidate.accountId && each.instanceId === candidate.instanceId && overlap(each, candidate),
  )
  const sits = theirs.find(each => ownBodyFunctions.includes(each.function))
  if (ownBodyFunctions.includes(candidate.function) && sits) {
    const until = sits.endsOn === null ? '' : ` jusqu’au ${mediumDate(sits.endsOn)}`
    return [
      {
        field: 'function',
        message: `${sits.name} siège déjà dans cette instance, depuis le ${mediumDate(sits.startsOn)}${until}. Mettez d’abord fin à ce mandat, ou choisissez d’autres dates.`,
      },
    ]
  }
  const assists = theirs.find(each => each.function === 'assistant')
  if (candidate.function !== 'assistant' || assists?.titulaireMandateId !== candidate.titulaireMandateId) return []
  return [{ field: 'titulaireMandateId', message: `${assists.name} assiste déjà cette personne à ces dates.` }]
}

/** At most one deliberative mandate for each institution and instance at any day. */
function voiceProblems(book: MandateBook, mandates: readonly BookedMandate[], candidate: Candidate): Problem[] {
  if (!candidate.carriesVoice) return []
  if (!titulaireFunctions.includes(candidate.function)) {
    return [
      {
        field: 'carriesVoice',
        message: 'Seuls la présidence, un copilote ou un membre portent la voix d’une structure.',
      },
    ]
  }
  const carrier = mandates.find(
    each =>
      each.carriesVoice &&
      each.instanceId === candidate.instanceId &&
      each.organisationId === candidate.organisationId &&
      overlap(each, candidate),
  )
  if (!carrier) return []
  const of = book.organisations.get(candidate.organisationId)?.name ?? 'cette structure'
  const until = carrier.endsOn === null ? '' : ` jusqu’au ${mediumDate(carrier.endsOn)}`
  return [
    {
      field: 'carriesVoice',
      message: `${carrier.name} porte déjà la voix de « ${of} » dans cette instance${until}, et une structure n’en a qu’une. Décochez ici, ou retirez d’abord la voix à ${carrier.name}.`,
    },
  ]
}
