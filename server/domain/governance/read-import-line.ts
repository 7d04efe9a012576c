import { isEmail } from '#server/vocabulary/fields.ts'
import { isDay, mediumDate } from '#server/vocabulary/french.ts'
import {
  type Civilite,
  civiliteLabels,
  functionLabelFor,
  type ImportedConsortiumFunction,
  type ImportedFunction,
  isImportedConsortiumFunction,
  type SeatFunction,
} from '#server/vocabulary/governance.ts'
import type { ImportLine } from '#server/vocabulary/import-forms.ts'
import type { NewFunction } from './consortium-functions.ts'
import type { Designation } from './designate.ts'
import { domainOf, type ImportWorld, plain } from './import-world.ts'

export type ReadLine = {
  /** As it is understood: codes, slugs and days in their place. */
  line: ImportLine
  /** What the line gives; both null when it is wrong. */
  designation: Designation | null
  fonction: (NewFunction & { function: ImportedConsortiumFunction }) | null
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
  const fn = wanted(functions.get(plain(line.function)), functionMessage(line.function))
  const everywhere = fn !== null && isImportedConsortiumFunction(fn)
  const organisation =
    line.organisation === '' && everywhere && fn !== 'correspondant'
      ? null
      : wanted(
          world.organisationBy.get(plain(line.organisation)),
          line.organisation === ''
            ? 'Choisissez la structure.'
            : `La structure « ${line.organisation} » n’est pas du consortium : choisissez-la dans la liste, ou ajoutez-la d’abord.`,
        )
  const voice = wanted(voices.get(plain(line.voice)), `Voix « ${line.voice} » : écrivez oui ou non.`)
  if (everywhere) {
    if (line.instance !== '') errors.push(`« ${line.function} » n’a pas d’instance : videz cette case.`)
    if (voice) errors.push(`« ${line.function} » ne porte pas de voix : videz cette case.`)
  }
  // What a function that nobody knows would need is not known either.
  const needsInstance = !everywhere && (fn !== null || line.instance !== '')
  const instance = !needsInstance
    ? null
    : wanted(
        world.instanceBy.get(plain(line.instance)),
        line.instance === ''
          ? 'Indiquez l’instance.'
          : `L’instance « ${line.instance} » n’existe pas : vérifiez son nom.`,
      )
  const startsOn = wanted(
    line.startsOn === '' ? world.today : readDay(line.startsOn),
    dayMessage('Début', line.startsOn),
  )
  const endsOn = line.endsOn === '' ? null : wanted(readDay(line.endsOn), dayMessage('Fin', line.endsOn))
  const titulaireMandateId =
    fn && !isImportedConsortiumFunction(fn) && instance ? titulaireOf(world, line, fn, instance.id, errors) : null
  const guess = line.organisation === '' ? (world.guesses.get(domainOf(line.email)) ?? null) : null
  const understood: ImportLine = {
    ...line,
    civilite: civilite ?? line.civilite,
    organisation: organisation?.slug ?? line.organisation,
    function: line.function,
    startsOn: startsOn ?? line.startsOn,
    endsOn: endsOn ?? line.endsOn,
  }
  const told = {
    line: understood,
    errors,
    guess: guess && { slug: guess.slug, name: guess.name },
    designation: null,
    fonction: null,
    summary: '',
  }
  if (errors.length > 0 || !civilite || !fn || voice === null || !startsOn) return told
  const functionLabel = ownWords(line.function, fn) ?? functionLabelFor(fn, civilite)
  const common = {
    person: { email: line.email, givenName: line.givenName, familyName: line.familyName },
    functionLabel,
    civilite,
    qualite: line.qualite,
    startsOn,
    endsOn,
  }
  if (isImportedConsortiumFunction(fn)) {
    const place = [functionLabel, organisation && ` pour ${organisation.name}`, ', dans le consortium']
    return {
      ...told,
      summary: `${place.join('')}${daysOf(startsOn, endsOn)}`,
      fonction: { ...common, function: fn, organisationId: organisation?.id ?? null },
    }
  }
  if (!organisation || !instance) return told
  return {
    ...told,
    summary: `${functionLabel}, ${instance.name}, pour ${organisation.name}${voice ? ', porte la voix' : ''}${daysOf(startsOn, endsOn)}`,
    designation: {
      ...common,
      instanceId: instance.id,
      organisationId: organisation.id,
      function: fn,
      carriesVoice: voice,
      titulaireMandateId,
      readsDossier: false,
      replacesMandateId: null,
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

const functions: ReadonlyMap<string, ImportedFunction> = new Map<string, ImportedFunction>([
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
  ...['correspondant', 'correspondante'].map(word => [word, 'correspondant'] as const),
  ['prestataire', 'prestataire'],
  ...['observateur', 'observatrice', 'observateur national', 'observatrice nationale'].map(
    word => [word, 'observateur'] as const,
  ),
])

function functionMessage(written: string): string {
  if (/^chef/.test(plain(written))) {
    return 'Les chefs de projet se désignent un à un : « Donner une fonction dans le consortium ».'
  }
  return `Fonction « ${written} » : écrivez président, copilote, membre, suppléant, secrétaire, assistant, correspondant, prestataire ou observateur.`
}

const voices: ReadonlyMap<string, boolean> = new Map([
  ...['oui', 'o', 'x', '1', 'true', 'vrai'].map(word => [word, true] as const),
  ...['', 'non', 'n', '0', 'false', 'faux'].map(word => [word, false] as const),
])

/** « Vice-présidente » is kept as it was written; a code or the plain word gives way to the civilité. */
function ownWords(written: string, fn: ImportedFunction): string | null {
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

/** « , à partir du 1er mars 2027 jusqu’au 31 décembre 2027 » */
function daysOf(startsOn: string, endsOn: string | null): string {
  return `, à partir du ${mediumDate(startsOn)}${endsOn === null ? '' : ` jusqu’au ${mediumDate(endsOn)}`}`
}
