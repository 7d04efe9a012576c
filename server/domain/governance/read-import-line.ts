import { isEmail } from '#server/vocabulary/fields.ts'
import { isDay, mediumDate } from '#server/vocabulary/french.ts'
import { type Civilite, civiliteLabels, functionLabelFor, type SeatFunction } from '#server/vocabulary/governance.ts'
import type { ImportLine } from '#server/vocabulary/import-forms.ts'
import type { Designation } from './designate.ts'
import { domainOf, type ImportWorld, plain } from './import-world.ts'

export type ReadLine = {
  /** As it is understood: codes, slugs and days in their place. */
  line: ImportLine
  designation: Designation | null
  summary: string
  errors: string[]
  guess: { slug: string; name: string } | null
}

/** Understands one line of an import; says of each field that it cannot read how to write it. */
export function readImportLine(world: ImportWorld, line: ImportLine): ReadLine {
  const errors: string[] = []
  const wanted = <Value>(value: Value | null | undefined, message: string): Value | null => {
    if (value === null || value === undefined) errors.push(message)
    return value ?? null
  }
  const known = world.accounts.get(line.email)
  if (!isEmail(line.email))
    errors.push(`« ${line.email} » n’est pas une adresse. Écrivez-la ainsi : prenom.nom@exemple.fr.`)
  if (!known?.isHere && (line.givenName === '' || line.familyName === '')) errors.push('Indiquez le prénom et le nom.')
  const civilite = wanted(civilites.get(plain(line.civilite)), 'Civilité : choisissez Mme ou M.')
  if (line.qualite === '') errors.push('Indiquez la qualité : « directrice adjointe ».')
  const organisation = wanted(
    world.organisationBy.get(plain(line.organisation)),
    line.organisation === ''
      ? 'Choisissez la structure.'
      : `La structure « ${line.organisation} » n’est pas du consortium : choisissez-la dans la liste, ou ajoutez-la d’abord.`,
  )
  const instance = wanted(
    world.instanceBy.get(plain(line.instance)),
    line.instance === '' ? 'Indiquez l’instance.' : `L’instance « ${line.instance} » n’existe pas : vérifiez son nom.`,
  )
  const fn = wanted(
    functions.get(plain(line.function)),
    `Fonction « ${line.function} » : écrivez président, copilote, membre, suppléant, secrétaire ou assistant.`,
  )
  const voice = wanted(voices.get(plain(line.voice)), `Voix « ${line.voice} » : écrivez oui ou non.`)
  const startsOn = wanted(
    line.startsOn === '' ? world.today : readDay(line.startsOn),
    dayMessage('Début', line.startsOn),
  )
  const endsOn = line.endsOn === '' ? null : wanted(readDay(line.endsOn), dayMessage('Fin', line.endsOn))
  const titulaireMandateId = fn && instance ? titulaireOf(world, line, fn, instance.id, errors) : null
  const guess = line.organisation === '' ? (world.guesses.get(domainOf(line.email)) ?? null) : null
  const understood: ImportLine = {
    ...line,
    civilite: civilite ?? line.civilite,
    organisation: organisation?.slug ?? line.organisation,
    function: line.function,
    startsOn: startsOn ?? line.startsOn,
    endsOn: endsOn ?? line.endsOn,
  }
  const told = { line: understood, errors, guess: guess && { slug: guess.slug, name: guess.name } }
  if (errors.length > 0 || !civilite || !organisation || !instance || !fn || voice === null || !startsOn) {
    return { ...told, designation: null, summary: '' }
  }
  const functionLabel = ownWords(line.function, fn) ?? functionLabelFor(fn, civilite)
  return {
    ...told,
    summary: summaryOf({
      functionLabel,
      instance: instance.name,
      organisation: organisation.name,
      carriesVoice: voice,
      startsOn,
      endsOn,
    }),
    designation: {
      person: { email: line.email, givenName: line.givenName, familyName: line.familyName },
      instanceId: instance.id,
      organisationId: organisation.id,
      function: fn,
      functionLabel,
      civilite,
      qualite: line.qualite,
      carriesVoice: voice,
      titulaireMandateId,
      readsDossier: false,
      replacesMandateId: null,
      startsOn,
      endsOn,
    },
  }
}

const civilites: ReadonlyMap<string, Civilite> = new Map([
  ...Object.entries(civiliteLabels).map(([code, label]) => [plain(label), code as Civilite] as const),
  ['madame', 'madame'],
  ['mme', 'madame'],
  ['monsieur', 'monsieur'],
  ['m', 'monsieur'],
  ['mr', 'monsieur'],
])

const functions: ReadonlyMap<string, SeatFunction> = new Map<string, SeatFunction>([
  ...[
    'president',
    'presidente',
    'presidence',
    'vice president',
    'vice presidente',
    'co president',
    'co presidente',
  ].map(word => [word, 'president'] as const),
  ...['copilote', 'co pilote'].map(word => [word, 'copilote'] as const),
  ['membre', 'membre'],
  ...['suppleant', 'suppleante', 'suppleance'].map(word => [word, 'suppleant'] as const),
  ...['secretaire', 'secretariat'].map(word => [word, 'secretaire'] as const),
  ...['assistant', 'assistante', 'assistance'].map(word => [word, 'assistant'] as const),
])

const voices: ReadonlyMap<string, boolean> = new Map([
  ...['oui', 'o', 'x', '1', 'true', 'vrai'].map(word => [word, true] as const),
  ...['', 'non', 'n', '0', 'false', 'faux'].map(word => [word, false] as const),
])

/** « Vice-présidente » is kept as it was written; a code or the plain word gives way to the civilité. */
function ownWords(written: string, fn: SeatFunction): string | null {
  const usual: readonly string[] = ['madame', 'monsieur'].map(civilite =>
    plain(functionLabelFor(fn, civilite as Civilite)),
  )
  const word = plain(written)
  const isUsual = usual.includes(word) || ['presidence', 'suppleance', 'secretariat', 'assistance', fn].includes(word)
  return isUsual ? null : written
}

/** 31/12/2026, 31-12-2026, 2026-12-31. */
function readDay(text: string): string | null {
  const french = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text)
  const day = french ? `${french[3]}-${french[2]?.padStart(2, '0')}-${french[1]?.padStart(2, '0')}` : text.slice(0, 10)
  return isDay(day) && day >= '2000-01-01' && day <= '2100-12-31' ? day : null
}

function dayMessage(what: string, text: string): string {
  return `${what} « ${text} » : cette date n’existe pas. Écrivez-la ainsi : 31/12/2026.`
}

/** The mandate that a suppléant or an assistant serves, by the address of its holder. */
function titulaireOf(
  world: ImportWorld,
  line: ImportLine,
  fn: SeatFunction,
  instanceId: string,
  errors: string[],
): string | null {
  if (fn !== 'suppleant' && fn !== 'assistant') return null
  const titulaire = world.accounts.get(line.titulaire)
  const mandate = world.book.mandates.find(
    each =>
      each.instanceId === instanceId &&
      each.accountId === titulaire?.id &&
      (each.endsOn === null || each.endsOn >= world.today) &&
      each.function !== 'suppleant' &&
      each.function !== 'assistant',
  )
  if (!mandate)
    errors.push('Colonne « titulaire » : indiquez l’adresse de la personne secondée, qui siège dans cette instance.')
  return mandate?.id ?? null
}

/** « Membre, Parcours, pour la CAF, à partir du 1er mars 2027 » */
function summaryOf(parts: {
  functionLabel: string
  instance: string
  organisation: string
  carriesVoice: boolean
  startsOn: string
  endsOn: string | null
}): string {
  const until = parts.endsOn === null ? '' : ` jusqu’au ${mediumDate(parts.endsOn)}`
  const voice = parts.carriesVoice ? ', porte la voix' : ''
  return `${parts.functionLabel}, ${parts.instance}, pour ${parts.organisation}${voice}, à partir du ${mediumDate(parts.startsOn)}${until}`
}
