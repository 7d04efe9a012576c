import type { ProseMirrorJSON } from '#server/collaboration/stored-text.ts'
import type { ActionOwnerKind } from '#server/vocabulary/actions.ts'
import type { DecisionNature } from '#server/vocabulary/decisions.ts'
import { unbreakableSpaces } from '#server/vocabulary/french.ts'

/** The text of minutes as the demonstration's files write it: the essential, then one section for each agenda item. */
export type MinutesProse = { essential: readonly string[]; sections: readonly (readonly Block[])[] }

export type Block =
  | { kind: 'paragraph' | 'heading' | 'vigilance'; text: string }
  | { kind: 'list'; items: readonly string[] }
  | { kind: 'decision'; key: string; nature: DecisionNature | null; wording: string; reasons: readonly string[] }
  | { kind: 'action'; text: string; owner: string | null; dueIn: number | null }

/** A paragraph; `**gras**` and `[lien](https://…)` are understood. */
export const p = (text: string): Block => ({ kind: 'paragraph', text })
export const h = (text: string): Block => ({ kind: 'heading', text })
export const list = (...items: string[]): Block => ({ kind: 'list', items })
export const vigilance = (text: string): Block => ({ kind: 'vigilance', text })

/** @param key names the decision in the chronicle, which follows it from instance to instance. */
export const decision = (key: string, nature: DecisionNature | null, wording: string, ...reasons: string[]): Block => ({
  kind: 'decision',
  key,
  nature,
  wording,
  reasons,
})

/**
 * @param owner `copilote-1.parcours` (a person who signs in), `organisation:caf` or `instance:numerique`; null for nobody.
 * @param dueIn days from today, negative when it is overdue; null without a date.
 */
export const action = (owner: string | null, dueIn: number | null, text: string): Block => ({
  kind: 'action',
  text,
  owner,
  dueIn,
})

/** Who is in charge of an action: somebody whom the registers know, or only a name. */
export type Owner = { ownerKind: ActionOwnerKind | null; ownerId: string | null; ownerLabel: string }

export type ProseContext = {
  agenda: readonly { id: string; title: string }[]
  blockId(key: string | null): string
  owner(reference: string): Owner
  dueOn(dueIn: number): string
}

/** The text as the editor would have written it. */
export function writeProse(prose: MinutesProse, context: ProseContext): ProseMirrorJSON {
  const sections = context.agenda.flatMap((item, rank) => [
    {
      type: 'heading',
      attrs: { level: 2, agendaItemId: item.id },
      content: [{ type: 'text', text: item.title }],
    },
    ...blocksOf(prose.sections[rank] ?? [], context),
  ])
  return { type: 'doc', content: [{ type: 'essential', content: prose.essential.map(paragraph) }, ...sections] }
}

/** French typography: the files are written with ordinary spaces. */
export const fr = unbreakableSpaces

function blocksOf(blocks: readonly Block[], context: ProseContext): ProseMirrorJSON[] {
  return blocks.length === 0 ? [{ type: 'paragraph' }] : blocks.map(block => blockOf(block, context))
}

function blockOf(block: Block, context: ProseContext): ProseMirrorJSON {
  switch (block.kind) {
    case 'paragraph':
      return paragraph(block.text)
    case 'heading':
      return { type: 'heading', attrs: { level: 3, agendaItemId: null }, content: inline(block.text) }
    case 'list':
      return {
        type: 'bulletList',
        content: block.items.map(item => ({ type: 'listItem', content: [paragraph(item)] })),
      }
    case 'vigilance':
      return { type: 'vigilance', attrs: { id: context.blockId(null) }, content: inline(block.text) }
    case 'decision':
      return {
        type: 'decision',
        attrs: { id: context.blockId(block.key), nature: block.nature },
        content: [block.wording, ...block.reasons].map(paragraph),
      }
    case 'action':
      return {
        type: 'action',
        attrs: {
          id: context.blockId(null),
          ...(block.owner ? context.owner(block.owner) : { ownerKind: null, ownerId: null, ownerLabel: null }),
          dueOn: block.dueIn === null ? null : context.dueOn(block.dueIn),
        },
        content: inline(block.text),
      }
  }
}

function paragraph(text: string): ProseMirrorJSON {
  return { type: 'paragraph', content: inline(text) }
}

const marked = /\*\*(.+?)\*\*|\[(.+?)\]\((\S+?)\)/g

function inline(source: string): ProseMirrorJSON[] {
  const nodes: ProseMirrorJSON[] = []
  let from = 0
  for (const match of source.matchAll(marked)) {
    nodes.push(...plain(source.slice(from, match.index)))
    const [whole, bold, label, href] = match
    nodes.push({
      type: 'text',
      text: fr(bold ?? label ?? ''),
      marks: [bold ? { type: 'bold' } : { type: 'link', attrs: { href: href ?? '' } }],
    })
    from = match.index + whole.length
  }
  nodes.push(...plain(source.slice(from)))
  return nodes
}

function plain(text: string): ProseMirrorJSON[] {
  return text === '' ? [] : [{ type: 'text', text: fr(text) }]
}
