import { emailProblem, longestEmail } from '#server/vocabulary/emails.ts'
import { mediumDate } from '#server/vocabulary/french.ts'
import { mandateFunctionLabels } from '#server/vocabulary/governance.ts'
import type { ConsortiumDescription, PersonDescription, SeatDescription } from './description.ts'
import type { Cell, Sheet } from './sheet.ts'
import { civiliteWords, otherFunctionWords, seatWords } from './words.ts'

type Known = { organisations: readonly string[]; instances: readonly string[]; taken: readonly string[] }

type Described = ConsortiumDescription['people'][number]

const headings = {
  required: ['civilité', 'prénom', 'nom', 'courriel', 'qualité'],
  optional: ['téléphone', 'structure', 'intitulé'],
}

/** The first « chefs de projet »: one at least, since nobody else could designate another. */
export function readChefs(sheet: Sheet, cell: Cell | undefined, organisations: readonly string[]): PersonDescription[] {
  const taken: string[] = []
  const chefs = sheet.items(cell, 'les chefs de projet').map(item => {
    const parts = sheet.part(item, 'un chef de projet', headings)
    return readPerson(sheet, item, parts, { organisations, taken })
  })
  return chefs.map(({ label, civilite, ...chef }) => ({
    ...chef,
    civilite,
    label: label || (civilite === 'madame' ? 'Cheffe de projet' : 'Chef de projet'),
  }))
}

/** The other « personnes », who may as well be designated later on the pages. */
export function readPeople(sheet: Sheet, cell: Cell | undefined, known: Known): Described[] {
  const taken = [...known.taken]
  const lines: number[] = []
  const people = sheet.items(cell, 'les personnes').map(item => {
    const parts = sheet.part(item, 'une personne', {
      ...headings,
      optional: [...headings.optional, 'fonction', 'rattachements', 'mandats'],
    })
    lines.push(item.line)
    return readDescribed(sheet, item, parts, { ...known, taken })
  })
  people.forEach((person, rank) => {
    checkSeats(sheet, lines[rank] ?? 1, person, people)
  })
  checkVoices(sheet, lines, people)
  return people
}

function readDescribed(
  sheet: Sheet,
  item: Cell,
  parts: ReadonlyMap<string, Cell>,
  known: Known & { taken: string[] },
): Described {
  const person = readPerson(sheet, item, parts, known)
  const kind = sheet.choice(parts.get('fonction'), 'La fonction dans le consortium', otherFunctionWords, null)
  const attachedTo = sheet
    .items(parts.get('rattachements'), 'les instances de rattachement')
    .map(each => knownSlug(sheet, each, known.instances, 'instance'))
  const seats = sheet.items(parts.get('mandats'), 'les mandats').map(each => readSeat(sheet, each, known.instances))
  if (kind === null && seats.length === 0) {
    sheet.mistake(
      item.line,
      'Cette personne n’a ni fonction ni mandat : ajoutez « fonction » ou « mandats », ou retirez-la.',
    )
  }
  if (attachedTo.length > 0 && kind !== 'prestataire') {
    sheet.mistake(
      item.line,
      'Seul un prestataire a des « rattachements ». Retirez-les, ou écrivez « fonction : prestataire ».',
    )
  }
  if ((kind === 'correspondant' || seats.length > 0) && person.organisation === null) {
    sheet.mistake(item.line, 'Cette personne représente une structure : ajoutez « structure ».')
  }
  const label = person.label || (kind ? otherFunctionWords[kind].replace(/^./, first => first.toUpperCase()) : '')
  return { ...person, function: kind && { kind, label, attachedTo }, seats }
}

function readPerson(
  sheet: Sheet,
  item: Cell,
  parts: ReadonlyMap<string, Cell>,
  { organisations, taken }: { organisations: readonly string[]; taken: string[] },
): PersonDescription {
  const structure = parts.get('structure')
  return {
    civilite: sheet.choice(parts.get('civilité'), 'La civilité', civiliteWords, 'madame'),
    givenName: sheet.text(parts.get('prénom'), 'Le prénom', 100),
    familyName: sheet.text(parts.get('nom'), 'Le nom', 100),
    email: readEmail(sheet, parts.get('courriel'), item.line, taken),
    phone: sheet.text(parts.get('téléphone'), 'Le téléphone', 30) || null,
    organisation: structure ? knownSlug(sheet, structure, organisations, 'structure') || null : null,
    qualite: sheet.text(parts.get('qualité'), 'La qualité', 200),
    label: sheet.text(parts.get('intitulé'), 'L’intitulé', 100),
  }
}

function readEmail(sheet: Sheet, cell: Cell | undefined, line: number, taken: string[]): string {
  const email = sheet.text(cell, 'L’adresse électronique', longestEmail).toLowerCase()
  if (email === '') return ''
  const problem = emailProblem(email)
  if (problem) {
    sheet.mistake(cell?.line ?? line, problem)
  } else if (taken.includes(email)) {
    sheet.mistake(
      cell?.line ?? line,
      `L’adresse « ${email} » est déjà celle d’une autre personne du fichier. Chacun a la sienne.`,
    )
  }
  taken.push(email)
  return email
}

function readSeat(sheet: Sheet, item: Cell, instances: readonly string[]): SeatDescription {
  const parts = sheet.part(item, 'un mandat', {
    required: ['instance', 'fonction'],
    optional: ['intitulé', 'porte la voix', 'remplace', 'assiste', 'lit le dossier', 'du', 'au'],
  })
  const fn = sheet.choice(parts.get('fonction'), 'La fonction dans l’instance', seatWords, 'membre')
  const titulaire = sheet
    .text(parts.get('remplace') ?? parts.get('assiste'), 'L’adresse du titulaire', longestEmail)
    .toLowerCase()
  const instance = parts.get('instance')
  const startsOn = sheet.day(parts.get('du'), 'Le premier jour du mandat')
  const endsOn = sheet.day(parts.get('au'), 'Le dernier jour du mandat')
  if (startsOn && endsOn && endsOn < startsOn) {
    sheet.mistake(
      parts.get('au')?.line ?? item.line,
      'Ce mandat se termine avant de commencer. Corrigez « du » ou « au ».',
    )
  }
  return {
    instance: instance ? knownSlug(sheet, instance, instances, 'instance') : '',
    function: fn,
    label: sheet.text(parts.get('intitulé'), 'L’intitulé', 100) || mandateFunctionLabels[fn],
    carriesVoice: sheet.yes(parts.get('porte la voix'), '« porte la voix »'),
    titulaire: titulaire || null,
    readsDossier: sheet.yes(parts.get('lit le dossier'), '« lit le dossier »'),
    startsOn,
    endsOn,
  }
}

function knownSlug(sheet: Sheet, cell: Cell, known: readonly string[], noun: 'structure' | 'instance'): string {
  const text = sheet.text(cell, `Le repère de la ${noun}`, 60)
  if (known.includes(text)) return text
  if (text !== '') {
    sheet.mistake(cell.line, `Aucune ${noun} n’a le repère « ${text} ». Les repères sont : ${known.join(', ')}.`)
  }
  return ''
}

/** A suppléant and an assistant serve a titulaire of the same instance, who is in the file, within the days of that mandate. */
function checkSeats(sheet: Sheet, line: number, person: Described, people: readonly Described[]): void {
  for (const seat of person.seats) {
    const serves = seat.function === 'suppleant' || seat.function === 'assistant'
    const heading = seat.function === 'assistant' ? 'assiste' : 'remplace'
    if (serves && seat.titulaire === null) {
      sheet.mistake(line, `Dites qui cette personne ${heading} (« ${heading} : adresse électronique »).`)
    }
    if (!serves && seat.titulaire !== null) {
      sheet.mistake(
        line,
        'Seul un suppléant « remplace » et seul un assistant « assiste » : corrigez la fonction, ou retirez la ligne.',
      )
    }
    const theirs = people.find(each => each.email === seat.titulaire)
    const held = theirs?.seats.find(each => each.instance === seat.instance && titulaires.includes(each.function))
    if (serves && seat.titulaire !== null && !held) {
      sheet.mistake(line, `« ${seat.titulaire} » n’est pas titulaire de la même instance dans ce fichier.`)
    }
    if (serves && held) checkServedDays(sheet, line, seat, held)
    if (seat.carriesVoice && !titulaires.includes(seat.function)) {
      sheet.mistake(line, 'Seul un titulaire (président, copilote, membre) « porte la voix » de sa structure.')
    }
    if (seat.readsDossier && seat.function !== 'assistant') {
      sheet.mistake(line, 'Seul un assistant a « lit le dossier » : les autres fonctions le lisent déjà.')
    }
  }
}

/** Without a first day, it is the later of the titulaire's and the consortium's own: see `insertPeople`. */
function checkServedDays(sheet: Sheet, line: number, seat: SeatDescription, served: SeatDescription): void {
  if (served.endsOn !== null && (seat.endsOn === null || seat.endsOn > served.endsOn)) {
    sheet.mistake(
      line,
      `Le mandat de « ${seat.titulaire} » se termine le ${mediumDate(served.endsOn)} : celui-ci doit se terminer ce jour-là au plus tard (« au »).`,
    )
  }
  if (served.startsOn !== null && seat.startsOn !== null && seat.startsOn < served.startsOn) {
    sheet.mistake(
      line,
      `Le mandat de « ${seat.titulaire} » commence le ${mediumDate(served.startsOn)} : celui-ci ne peut pas commencer avant (« du »).`,
    )
  }
}

const titulaires: readonly string[] = ['president', 'copilote', 'membre']

/** At most one voice for each structure and instance. */
function checkVoices(sheet: Sheet, lines: readonly number[], people: readonly Described[]): void {
  const voices = new Set<string>()
  people.forEach((person, rank) => {
    for (const seat of person.seats.filter(each => each.carriesVoice)) {
      const voice = `${person.organisation} ${seat.instance}`
      if (voices.has(voice)) {
        sheet.mistake(
          lines[rank] ?? 1,
          `Une autre personne porte déjà la voix de cette structure dans l’instance « ${seat.instance} ».`,
        )
      }
      voices.add(voice)
    }
  })
}
