import { type QueryWithTypings, SQL } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import { arrayElement } from './client.ts'

/** What a statement receives at each run: texts, and lists that are never empty. */
export type GivenValues = Readonly<Record<string, string | readonly string[]>>

/** Stands in a statement for a value that is known at each run; as an element of an array, for any number of elements. */
export function standIn(name: string): string {
  return `${mark}${name}${mark}`
}

/** No identifier, day or word of the product holds this character, which a person cannot type. */
const mark = '\u0001'
const standInElement = new RegExp(`"?${mark}([\\w.]+)${mark}"?`, 'g')

const dialect = new PgDialect({ casing: 'snake_case' })

/** A statement that Drizzle writes once: for a page of many lists, writing it costs more than running it. */
export class WrittenOnce {
  readonly #statement: QueryWithTypings

  constructor(query: SQL) {
    this.#statement = dialect.sqlToQuery(query)
  }

  with(given: GivenValues): SQL {
    const params = this.#statement.params.map(param =>
      typeof param === 'string' && param.includes(mark) ? filled(param, given) : param,
    )
    return new Written({ ...this.#statement, params })
  }
}

function filled(param: string, given: GivenValues): string {
  return param.replaceAll(standInElement, (found, name: string) => {
    const value = given[name]
    if (value === undefined) throw new Error(`no value for ${name}`)
    if (typeof value !== 'string') return value.map(arrayElement).join(',')
    return found.startsWith('"') ? arrayElement(value) : value
  })
}

/** SQL that any executor runs, and that is written already: not to be put inside another. */
class Written extends SQL {
  readonly #statement: QueryWithTypings

  constructor(statement: QueryWithTypings) {
    super([])
    this.#statement = statement
  }

  override toQuery(): QueryWithTypings {
    return this.#statement
  }
}
