import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { Labels } from '#server/vocabulary/closed-list.ts'
import { codesOf } from '#server/vocabulary/closed-list.ts'
import { isDay, list, unbreakableSpaces } from '#server/vocabulary/french.ts'
import { codeOf, nearest, plainWord, yesNoWords } from './words.ts'

/** What is wrong in a file, where, and how to mend it. */
export type Mistake = { line: number; message: string }

/** A value of the file and the line on which it stands. */
export type Cell = { node: Node | null; line: number }

/** The headings of a part of the file: those not asked for are mistakes. */
export type Headings = { required?: readonly string[]; optional?: readonly string[] }

const longestFile = 200_000

/** A YAML file read by hand-written rules: values keep their line, and mistakes add up instead of stopping at the first. */
export class Sheet {
  readonly mistakes: Mistake[] = []
  readonly #lines = new LineCounter()
  readonly root: Cell

  constructor(text: string) {
    this.root = { node: this.#parse(text), line: 1 }
  }

  mistake(line: number, message: string): void {
    this.mistakes.push({ line, message: unbreakableSpaces(message) })
  }

  /** The parts under each heading; absent and empty ones are left out. */
  part(cell: Cell, what: string, { required = [], optional = [] }: Headings): Map<string, Cell> {
    const found = new Map<string, Cell>()
    if (!isMap(cell.node)) {
      this.mistake(
        cell.line,
        `Ici se décrit ${what} : écrivez une ligne « intitulé : valeur » pour chaque information.`,
      )
      return found
    }
    const known = [...required, ...optional]
    for (const { key, value } of cell.node.items) {
      const line = this.#lineOf(key as Node | null, cell.line)
      const written = isScalar(key) ? String(key.value ?? '') : ''
      const heading = known.find(each => plainWord(each) === plainWord(written))
      if (!heading) this.#unknownHeading(line, written, what, known)
      else if (found.has(heading)) this.mistake(line, `« ${heading} » est écrit deux fois pour ${what}. Gardez-en un.`)
      else if (!isEmpty(value as Node | null)) found.set(heading, { node: value as Node, line })
    }
    for (const heading of required) {
      if (!found.has(heading)) this.mistake(cell.line, `Il manque « ${heading} » pour ${what}. Ajoutez cette ligne.`)
    }
    return found
  }

  /** The pairs of a part whose headings are free: « budget : institutionnelle ». */
  pairs(cell: Cell | undefined, what: string): { key: string; cell: Cell }[] {
    if (!cell) return []
    if (!isMap(cell.node)) {
      this.mistake(cell.line, `Ici se décrivent ${what} : écrivez une ligne « intitulé : valeur » pour chacune.`)
      return []
    }
    return cell.node.items.map(({ key, value }) => ({
      key: isScalar(key) ? String(key.value ?? '') : '',
      cell: { node: value as Node | null, line: this.#lineOf(key as Node | null, cell.line) },
    }))
  }

  /** The lines of a list, each of which begins by a dash. */
  items(cell: Cell | undefined, what: string): Cell[] {
    if (!cell) return []
    if (!isSeq(cell.node)) {
      this.mistake(cell.line, `Ici se place une liste (${what}) : commencez chaque élément par un tiret et une espace.`)
      return []
    }
    if (cell.node.items.length === 0)
      this.mistake(cell.line, `Cette liste est vide (${what}) : ajoutez un élément, ou retirez-la.`)
    return cell.node.items.map(item => ({
      node: item as Node | null,
      line: this.#lineOf(item as Node | null, cell.line),
    }))
  }

  /** A text, on one line however it was folded. @param longest in characters */
  text(cell: Cell | undefined, what: string, longest: number): string {
    if (!cell) return ''
    if (isAlias(cell.node)) this.mistake(cell.line, `Les renvois (« * ») ne sont pas admis : recopiez ${what}.`)
    else if (!isScalar(cell.node)) this.mistake(cell.line, `${what} : écrivez un simple texte.`)
    else return this.#checked(String(cell.node.value ?? ''), cell.line, what, longest)
    return ''
  }

  /** A word of a closed list. */
  choice<Code extends string, Otherwise>(
    cell: Cell | undefined,
    what: string,
    words: Labels<Code>,
    otherwise: Otherwise,
  ): Code | Otherwise {
    if (!cell) return otherwise
    const text = this.text(cell, what, 100)
    const code = codeOf(words, text)
    if (code !== null) return code
    if (text !== '') {
      const known = codesOf(words).map(each => words[each])
      this.mistake(cell.line, `${what} : « ${text} » n’existe pas. Écrivez ${list(known, 'ou')}.`)
    }
    return otherwise
  }

  yes(cell: Cell | undefined, what: string): boolean {
    return this.choice(cell, what, yesNoWords, 'non') === 'oui'
  }

  /** A calendar day, `2026-12-31` or `31/12/2026`. */
  day(cell: Cell | undefined, what: string): string | null {
    if (!cell) return null
    const text = this.text(cell, what, 40)
    const french = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text)
    const iso = french ? `${french[3]}-${french[2]?.padStart(2, '0')}-${french[1]?.padStart(2, '0')}` : text
    if (isDay(iso) && iso >= '1800-01-01' && iso <= '2100-12-31') return iso
    if (text !== '') this.mistake(cell.line, `${what} : « ${text} » n’est pas une date. Écrivez-la ainsi : 31/12/2026.`)
    return null
  }

  whole(cell: Cell | undefined, what: string, most: number): number | null {
    if (!cell) return null
    const text = this.text(cell, what, 40)
    if (/^\d{1,6}$/.test(text) && Number(text) <= most) return Number(text)
    if (text !== '') this.mistake(cell.line, `${what} : « ${text} » ne convient pas. Écrivez un nombre de 0 à ${most}.`)
    return null
  }

  #checked(raw: string, line: number, what: string, longest: number): string {
    const text = raw.replaceAll(/\s+/g, match => (/^[\u00A0\u202F]$/.test(match) ? match : ' ')).trim()
    if (hasControls(text)) this.mistake(line, `${what} : ce texte contient des caractères invisibles. Retapez-le.`)
    else if (text.length > longest) {
      this.mistake(line, `${what} : ce texte est trop long (${text.length} caractères). Il en faut ${longest} au plus.`)
    } else return text
    return ''
  }

  #unknownHeading(line: number, written: string, what: string, known: readonly string[]): void {
    const near = nearest(written, known)
    const mend = near ? `Vouliez-vous écrire « ${near} » ?` : `Les intitulés possibles sont : ${list(known, 'et')}.`
    this.mistake(line, `« ${written.slice(0, 60)} » n’est pas une information connue pour ${what}. ${mend}`)
  }

  #parse(text: string): Node | null {
    if (text.length > longestFile) {
      this.mistake(1, 'Ce fichier est trop long : il faut moins de 200 000 caractères.')
      return null
    }
    const document = parsed(text, this.#lines)
    if (document === null) this.mistake(1, 'Ce fichier ne peut pas être lu : il imbrique trop de choses.')
    // The first of each line: those that follow come of it.
    const lines = new Set<number>()
    for (const { code, pos } of document?.errors ?? []) {
      const { line } = this.#lines.linePos(pos[0])
      if (!lines.has(line)) this.mistake(line, syntaxMistakes[code] ?? otherSyntaxMistake)
      lines.add(line)
    }
    return this.mistakes.length === 0 ? ((document?.contents as Node | null) ?? null) : null
  }

  #lineOf(node: Node | null, otherwise: number): number {
    const start = node?.range?.[0]
    return start === undefined ? otherwise : this.#lines.linePos(start).line
  }
}

/** Every value stays the text that was typed: no number, date or « non » is guessed. */
function parsed(text: string, lineCounter: LineCounter): Document | null {
  try {
    return parseDocument(text.replace(/^\uFEFF/, ''), { schema: 'failsafe', lineCounter, uniqueKeys: false })
  } catch {
    // Nested deeper than the machine can follow.
    return null
  }
}

function isEmpty(node: Node | null): boolean {
  return node === null || (isScalar(node) && (node.value === null || node.value === ''))
}

function hasControls(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused.
  return !text.isWellFormed() || /[\u0000-\u001F\u007F]/.test(text)
}

const quoteIt =
  'Un texte qui contient deux-points suivis d’une espace, ou qui commence par un signe, se met entre guillemets droits : "Groupe : publics".'

const syntaxMistakes: Partial<Record<string, string>> = {
  TAB_AS_INDENT: 'Le début de cette ligne contient une tabulation. Remplacez-la par des espaces.',
  BLOCK_AS_IMPLICIT_KEY: `Cette ligne contient deux fois deux-points. ${quoteIt}`,
  MULTILINE_IMPLICIT_KEY: `Cette ligne ne peut pas être lue. Il manque peut-être deux-points. ${quoteIt}`,
  BAD_INDENT: 'Cette ligne n’est pas alignée avec celles de la même partie. Mettez le même nombre d’espaces au début.',
  MISSING_CHAR: `Il manque un signe sur cette ligne : un deux-points, une virgule ou des guillemets qui ferment. ${quoteIt}`,
  BAD_SCALAR_START: `Cette valeur commence par un signe réservé. ${quoteIt}`,
  MULTIPLE_DOCS: 'Ce fichier décrit plusieurs consortiums (ligne « --- »). Faites un fichier pour chacun.',
}

const otherSyntaxMistake = `Cette ligne ne peut pas être lue : vérifiez les deux-points, les tirets et l’alignement. ${quoteIt}`
