import type { ContentMatch } from '@tiptap/pm/model'
import * as Y from 'yjs'
import { LONGEST_MENTION, minutesMarkNames, minutesSchema } from '#server/vocabulary/editor-schema.ts'
import { isSafeHref } from '#server/vocabulary/safe-href.ts'

/**
 * Where a piece of a text stands: directly in the document, in a node, in a run of text, or in something deleted since,
 * where nothing can be seen of it.
 */
export type Host = { kind: 'node'; name: string; depth: number } | { kind: 'text' } | { kind: 'gone' }

/** A piece stands among the children of its host, or is the value of one of its attributes. */
export type Place = { host: Host; attribute: string | null }

/** What an author is told; a close reason holds 123 bytes. */
export const refusals = {
  malformed: 'Cette modification est illisible.',
  element: 'Cette modification contient un élément que le texte n’admet pas.',
  link: 'Cette modification contient un lien dont l’adresse n’est pas admise.',
  character: 'Cette modification contient un caractère que le texte n’admet pas.',
  nesting: 'Cette modification imbrique trop d’éléments les uns dans les autres.',
  attribute: 'Cette modification contient une valeur que le texte n’admet pas.',
} as const

export type Refused = keyof typeof refusals

/** Nodes inside one another: far above what a person writes. */
const DEEPEST = 40
const LONGEST_VALUE = 2000

/** Why this content may not stand at this place, or null when it may. */
export function contentProblem(content: Y.Item['content'], place: Place): Refused | null {
  if (content instanceof Y.ContentDeleted) return null
  if (place.host.kind === 'gone') return looseProblem(content)
  if (place.host.kind === 'text') return place.attribute === null ? textProblem(content) : 'element'
  if (place.attribute !== null) return attributeProblem(content, place.host.name, place.attribute)
  return childProblem(content, place.host)
}

/** Of what is deleted already, only the name and the value can be judged. */
function looseProblem(content: Y.Item['content']): Refused | null {
  if (content instanceof Y.ContentAny) return content.arr.every(isPlainValue) ? null : 'attribute'
  if (content instanceof Y.ContentType) return typeProblem(content.type)
  return textProblem(content)
}

function childProblem(content: Y.Item['content'], host: { name: string; depth: number }): Refused | null {
  if (!(content instanceof Y.ContentType)) return 'element'
  const problem = typeProblem(content.type)
  if (problem) return problem
  const name = content.type instanceof Y.XmlElement ? content.type.nodeName : 'text'
  if (!childrenOf.get(host.name)?.has(name)) return 'element'
  return host.depth >= DEEPEST ? 'nesting' : null
}

function typeProblem(type: unknown): Refused | null {
  if (type instanceof Y.XmlText) return null
  return type instanceof Y.XmlElement && childrenOf.has(type.nodeName) ? null : 'element'
}

function attributeProblem(content: Y.Item['content'], node: string, attribute: string): Refused | null {
  if (!(attribute in (minutesSchema.nodes[node]?.spec.attrs ?? {}))) return 'attribute'
  if (!(content instanceof Y.ContentAny) || !content.arr.every(isPlainValue)) return 'attribute'
  return node === 'mention' && !content.arr.every(isMentioned[attribute] ?? never) ? 'attribute' : null
}

/** Somebody is named by an identifier and a name on one line. */
const isMentioned: Record<string, (value: unknown) => boolean> = {
  id: value => typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value),
  label: value =>
    typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST_MENTION && !/\p{Cc}/u.test(value),
}

const never = () => false

function textProblem(content: Y.Item['content']): Refused | null {
  // The database cannot keep a NUL: sealing would fail for ever.
  if (content instanceof Y.ContentString) return content.str.includes('\0') ? 'character' : null
  if (content instanceof Y.ContentFormat) return markProblem(content.key, content.value)
  return 'element'
}

/** A mark that may overlap itself carries a hash after its name. */
const HASHED_MARK = /^(.*)--[a-zA-Z0-9+/=]{8}$/

function markProblem(key: string, value: unknown): Refused | null {
  const mark = HASHED_MARK.exec(key)?.[1] ?? key
  if (!minutesMarkNames.has(mark)) return 'element'
  if (value === null || value === true) return mark === 'link' && value ? 'link' : null
  if (typeof value !== 'object') return 'attribute'
  if (mark === 'link' && !isSafeHref((value as { href?: unknown }).href)) return 'link'
  return Object.values(value).every(isPlainValue) ? null : 'attribute'
}

function isPlainValue(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= LONGEST_VALUE && !value.includes('\0') && value.isWellFormed()
  return value === null || typeof value === 'number' || typeof value === 'boolean'
}

/** The nodes that may stand in each node, wherever among its children. */
const childrenOf = new Map(
  Object.entries(minutesSchema.nodes)
    .filter(([name]) => name !== 'text')
    .map(([name, type]) => [name, namesIn(type.contentMatch)]),
)

function namesIn(start: ContentMatch): Set<string> {
  const names = new Set<string>()
  const seen = new Set([start])
  for (const match of seen) {
    for (let n = 0; n < match.edgeCount; n++) {
      const edge = match.edge(n)
      names.add(edge.type.name)
      seen.add(edge.next)
    }
  }
  return names
}
