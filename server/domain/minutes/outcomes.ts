import type { ProseMirrorJSON } from '#server/collaboration/stored-text.ts'
import { type ActionOwnerKind, actionOwnerKindLabels } from '#server/vocabulary/actions.ts'
import { codesOf } from '#server/vocabulary/closed-list.ts'
import { type DecisionNature, decisionNatureLabels } from '#server/vocabulary/decisions.ts'
import { isDay } from '#server/vocabulary/french.ts'

/** What the typed blocks of a text say: the truth before sealing, the rows of the registers after. */
export type Outcomes = {
  decisions: DecisionOutcome[]
  actions: ActionOutcome[]
  pointsOfAttention: { blockId: string; wording: string }[]
}

export type DecisionOutcome = { blockId: string; wording: string; reasons: string; nature: DecisionNature | null }

export type ActionOutcome = {
  blockId: string
  wording: string
  ownerKind: ActionOwnerKind | null
  ownerId: string | null
  ownerLabel: string
  dueOn: string | null
}

/** Reads the typed blocks of a text, in order. */
export function outcomesOf(content: ProseMirrorJSON): Outcomes {
  const outcomes: Outcomes = { decisions: [], actions: [], pointsOfAttention: [] }
  for (const node of blocksIn(content)) {
    const blockId = textAttribute(node, 'id') ?? ''
    if (node.type === 'decision') outcomes.decisions.push(decisionOutcome(node, blockId))
    if (node.type === 'action') outcomes.actions.push(actionOutcome(node, blockId))
    if (node.type === 'vigilance') outcomes.pointsOfAttention.push({ blockId, wording: plainText(node) })
  }
  return outcomes
}

/**
 * The same text, where each typed block has an identifier of its own: a block copied with its identifier, or one without,
 * gets a new one.
 */
export function withUniqueBlockIds(content: ProseMirrorJSON, newId: () => string): ProseMirrorJSON {
  const seen = new Set<string>()
  const visit = (node: ProseMirrorJSON): ProseMirrorJSON => {
    const children = node.content ? { content: node.content.map(visit) } : {}
    if (!typedBlocks.includes(node.type)) return { ...node, ...children }
    const current = textAttribute(node, 'id')
    const id = current && !seen.has(current) ? current : newId()
    seen.add(id)
    return { ...node, attrs: { ...node.attrs, id }, ...children }
  }
  return visit(content)
}

/** The text of a node without its marks; paragraphs and line breaks become spaces. */
export function plainText(node: ProseMirrorJSON): string {
  if (node.type === 'text') return node.text ?? ''
  if (node.type === 'hardBreak') return ' '
  if (node.type === 'mention') return textAttribute(node, 'label') ?? ''
  const separator = node.content?.some(child => inline.includes(child.type)) ? '' : ' '
  return (node.content ?? []).map(plainText).join(separator).replace(/\s+/g, ' ').trim()
}

const inline: readonly string[] = ['text', 'hardBreak', 'mention']
const typedBlocks: readonly string[] = ['decision', 'action', 'vigilance']

function* blocksIn(node: ProseMirrorJSON): Generator<ProseMirrorJSON> {
  if (typedBlocks.includes(node.type)) yield node
  for (const child of node.content ?? []) yield* blocksIn(child)
}

function decisionOutcome(node: ProseMirrorJSON, blockId: string): DecisionOutcome {
  const [wording, ...reasons] = (node.content ?? []).map(plainText)
  const nature = textAttribute(node, 'nature')
  return {
    blockId,
    wording: wording ?? '',
    reasons: reasons.filter(Boolean).join('\n'),
    nature: isOneOf(codesOf(decisionNatureLabels), nature) ? nature : null,
  }
}

function actionOutcome(node: ProseMirrorJSON, blockId: string): ActionOutcome {
  const ownerKind = textAttribute(node, 'ownerKind')
  const dueOn = textAttribute(node, 'dueOn')
  return {
    blockId,
    wording: plainText(node),
    ownerKind: isOneOf(codesOf(actionOwnerKindLabels), ownerKind) ? ownerKind : null,
    ownerId: textAttribute(node, 'ownerId'),
    ownerLabel: (textAttribute(node, 'ownerLabel') ?? '').slice(0, 300),
    dueOn: dueOn !== null && isDay(dueOn) ? dueOn : null,
  }
}

function textAttribute(node: ProseMirrorJSON, name: string): string | null {
  const value = node.attrs?.[name]
  return typeof value === 'string' && value !== '' ? value : null
}

function isOneOf<Code extends string>(codes: readonly Code[], value: string | null): value is Code {
  return codes.some(code => code === value)
}
