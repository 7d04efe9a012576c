import { dateTime, dateTimeRange, list, mediumDate, NBSP } from '#server/vocabulary/french.ts'
import type { MinutesDocument, SealedStatus } from './minutes-document.ts'
import { minutesText, type Run } from './minutes-text.ts'
import { breakablePieces, printableLine } from './printable-text.ts'
import { type PrintedAttendance, printedAttendance } from './printed-attendance.ts'
import { type PrintedBlock, printedBlocks } from './printed-blocks.ts'
import {
  actionNumber,
  decisionNumber,
  dueDate,
  lineOrNull,
  type Pieces,
  pieces,
  piecesOrNull,
} from './printed-labels.ts'

/** The minutes as sentences ready to be laid out: what `minutes.typ` reads. Long texts are cut in `Pieces`. */
export interface PrintedMinutes {
  documentTitle: string
  /** Year, month, day, hour, minute, second in UTC of the file's date; null leaves it undated. */
  documentDate: number[] | null
  consortium: string
  territory: string
  level: string
  instance: string
  heading: string
  subject: string | null
  facts: { label: string; value: Run }[]
  /** At the foot of each page. */
  footer: string
  draft: { mark: string; notice: string } | null
  attendance: PrintedAttendance[]
  agenda: { title: Pieces; reporter: string | null }[]
  essential: PrintedBlock[]
  body: PrintedBlock[]
  decisions: { number: string; wording: Pieces; reasons: Pieces | null; nature: Pieces; outcome: Pieces; by: Pieces }[]
  actions: { number: string; who: Pieces; what: Pieces; due: string; state: string }[]
  pointsOfAttention: Pieces[]
  nextMeeting: string
  distribution: string[] | null
  validation: PrintedValidation | null
}

interface PrintedValidation {
  sentence: string
  validators: string[]
  absence: string | null
  version: string
  seal: string
  hash: string
}

/**
 * Writes the French of the minutes: dates in Europe/Paris, counts, labels, numbers that tie a block of the text to
 * its line in the relevés.
 *
 * @throws UnprintableMinutesError when the text holds an unknown node or mark.
 * @throws RangeError when a date of the meeting or of the validation is invalid.
 */
export function printedMinutes(document: MinutesDocument): PrintedMinutes {
  const { consortium, instance, meeting, status } = document
  const text = minutesText(document.content)
  const kind = status.kind === 'projet' ? 'Projet de compte rendu' : 'Compte rendu'
  const instanceName = printableLine(instance.name)
  const title = `${kind} du ${mediumDate(meeting.startsAt)}`
  return {
    documentTitle: `${title} – ${instanceName}`,
    documentDate: status.kind === 'scelle' ? dateFigures(status.sealedAt) : null,
    consortium: printableLine(consortium.name),
    territory: printableLine(consortium.territory),
    level: printableLine(instance.levelLabel),
    instance: instanceName,
    heading: kind,
    subject: lineOrNull(meeting.title),
    facts: meetingFacts(document),
    footer: `${title} – ${instanceName}`,
    draft: status.kind === 'projet' ? draftNotice(status.textAt ?? null) : null,
    attendance: printedAttendance(document.attendance),
    agenda: document.agenda.toSorted((a, b) => a.position - b.position).map(agendaLine),
    essential: printedBlocks(text.essential, document),
    body: printedBlocks(text.body, document),
    decisions: document.decisions.map((decision, index) => ({
      number: decisionNumber(index),
      wording: pieces(decision.wording),
      reasons: piecesOrNull(decision.reasons),
      nature: pieces(decision.natureLabel),
      by: pieces(decision.competentInstance),
      outcome: pieces(decision.outcome),
    })),
    actions: document.actions.map((action, index) => ({
      number: actionNumber(index),
      who: piecesOrNull(action.who) ?? ['à désigner'],
      what: pieces(action.what),
      due: dueDate(action.due) ?? 'sans date',
      state: printableLine(action.stateLabel),
    })),
    pointsOfAttention: document.pointsOfAttention
      .flatMap(point => [piecesOrNull(point) ?? []])
      .filter(point => point.length > 0),
    nextMeeting: nextMeeting(document.nextMeeting),
    distribution: document.distribution?.map(printableLine) ?? null,
    validation: status.kind === 'scelle' ? printedValidation(status) : null,
  }
}

function meetingFacts({ meeting }: MinutesDocument): PrintedMinutes['facts'] {
  const place = lineOrNull(meeting.place)
  const facts = [{ label: 'Date', value: plainRun(dateTimeRange(meeting.startsAt, meeting.endsAt)) }]
  if (place) facts.push({ label: 'Lieu', value: plainRun(place) })
  return facts
}

function plainRun(text: string): Run {
  return { pieces: breakablePieces(text), bold: false, italic: false, href: null }
}

function draftNotice(textAt: Date | null): { mark: string; notice: string } {
  const notice = 'Ce compte rendu n’est pas validé. Son texte peut encore changer.'
  return { mark: 'Projet', notice: textAt ? `${notice} Texte au ${dateTime(textAt)}.` : notice }
}

function agendaLine(item: MinutesDocument['agenda'][number]): PrintedMinutes['agenda'][number] {
  return { title: pieces(printableLine(item.title)), reporter: lineOrNull(item.reporter) }
}

function nextMeeting(next: MinutesDocument['nextMeeting']): string {
  if (next === null) return 'La date n’est pas encore fixée.'
  return `${capitalised(dateTime(next.startsAt))}.`
}

function printedValidation(status: SealedStatus): PrintedValidation {
  const replaced = status.version > 1 ? `, qui remplace la version${NBSP}${status.version - 1}` : ''
  const absent = status.inAbsenceOf.map(printableLine)
  return {
    sentence: `Compte rendu validé le ${dateTime(status.validatedAt)}, par${NBSP}:`,
    validators: status.validators.map(printableLine),
    absence: absent.length === 0 ? null : `En l’absence de ${list(absent)}.`,
    version: `Version${NBSP}${status.version}${replaced}.`,
    seal: `Contenu scellé le ${dateTime(status.sealedAt)}. Un seul caractère modifié donnerait une autre empreinte${NBSP}:`,
    hash: printableLine(status.sealHash),
  }
}

function dateFigures(date: Date): number[] {
  return [
    date.getUTCFullYear(),
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
  ]
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
