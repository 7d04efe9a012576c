import { Fragment, type Node as ProseMirrorNode, Slice } from '@tiptap/pm/model'
import { decisionNatureLabels } from '#server/vocabulary/decisions.ts'
import { isDay } from '#server/vocabulary/french.ts'
import { isTypedBlock } from './block-commands.ts'

/** What a text that receives a paste knows. */
export interface PasteContext {
  newId: () => string
  /** Agenda items that have their heading in the text already. */
  presentItems: ReadonlySet<string>
  /** Items of this meeting's agenda: headings of other minutes lose theirs. */
  agendaItems: ReadonlySet<string>
  /** Whom one may mention here, by id. */
  people: ReadonlyMap<string, string>
  /** Owners of actions that may be chosen here, as `kind:id`. */
  owners: ReadonlySet<string>
  hasEssential: boolean
}

/** Most bytes one paste may bring: a live frame takes no more, and the whole paste is one. */
export const LARGEST_PASTE = 4 * 1024 * 1024
/** Nodes inside one another; the live server takes 40, and the text around counts. */
const DEEPEST_PASTE = 24
/** Longest attribute of a node. */
const LONGEST_LABEL = 300

/**
 * A pasted or dropped piece as it may enter this text: blocks with new ids, attributes that exist here, no control
 * character (the database cannot keep NUL), no second « essentiel ».
 */
export function freshSlice(slice: Slice, context: PasteContext): Slice {
  const unwrapped = (node: ProseMirrorNode | null) => (node && isSecondEssential(node, context) ? 1 : 0)
  return new Slice(
    freshFragment(slice.content, context),
    Math.max(0, slice.openStart - unwrapped(slice.content.firstChild)),
    Math.max(0, slice.openEnd - unwrapped(slice.content.lastChild)),
  )
}

/** Why a piece may not enter the text, in French; null when it may. */
export function pasteRefusal(slice: Slice): string | null {
  if (depthOf(slice.content) > DEEPEST_PASTE)
    return 'Ce que vous collez imbrique trop de listes les unes dans les autres : collez-le en texte simple.'
  const size = new TextEncoder().encode(JSON.stringify(slice.content.toJSON() ?? [])).byteLength
  if (size > LARGEST_PASTE * 0.9)
    return 'Ce que vous collez est trop long pour un compte rendu (plus de 4 Mo) : rien n’a été ajouté. Déposez plutôt le document en annexe.'
  return null
}

function freshFragment(fragment: Fragment, context: PasteContext): Fragment {
  const nodes = fragment.content.flatMap(node =>
    isSecondEssential(node, context) ? freshFragment(node.content, context).content : freshNode(node, context),
  )
  return Fragment.from(nodes)
}

function isSecondEssential(node: ProseMirrorNode, { hasEssential }: PasteContext): boolean {
  return hasEssential && node.type.name === 'essential'
}

function freshNode(node: ProseMirrorNode, context: PasteContext): ProseMirrorNode[] {
  if (node.type.name === 'mention') {
    // Somebody who does not read this text, or under another name, is a name like any other.
    const { id, label } = node.attrs
    const name = printable(String(label ?? ''))
    if (context.people.get(String(id)) === name) return [node]
    return name === '' ? [] : [node.type.schema.text(name, node.marks)]
  }
  if (!node.isText) return [node.type.create(freshAttributes(node, context), freshFragment(node.content, context))]
  const text = printable(node.text ?? '')
  return text === '' ? [] : [node.type.schema.text(text, node.marks)]
}

function freshAttributes(node: ProseMirrorNode, context: PasteContext): Record<string, unknown> {
  const { attrs } = node
  if (node.type.name === 'heading') {
    const item: unknown = attrs.agendaItemId
    const kept = typeof item === 'string' && context.agendaItems.has(item) && !context.presentItems.has(item)
    return { ...attrs, agendaItemId: kept ? item : null }
  }
  if (!isTypedBlock(node)) return attrs
  const known = { ...attrs, id: context.newId() }
  if (node.type.name === 'decision') {
    const { nature } = attrs
    return {
      ...known,
      nature: typeof nature === 'string' && Object.hasOwn(decisionNatureLabels, nature) ? nature : null,
    }
  }
  if (node.type.name !== 'action') return known
  const owner = context.owners.has(`${attrs.ownerKind}:${attrs.ownerId}`)
  const label = typeof attrs.ownerLabel === 'string' ? printable(attrs.ownerLabel).slice(0, LONGEST_LABEL) : null
  const dueOn = typeof attrs.dueOn === 'string' && isDay(attrs.dueOn) ? attrs.dueOn : null
  return { ...known, ...(owner ? {} : { ownerKind: null, ownerId: null }), ownerLabel: label || null, dueOn }
}

/** Without control characters nor halves of surrogate pairs. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed.
  return text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g, '').toWellFormed()
}

function depthOf(fragment: Fragment): number {
  let deepest = 0
  fragment.forEach(node => {
    deepest = Math.max(deepest, 1 + depthOf(node.content))
  })
  return deepest
}
