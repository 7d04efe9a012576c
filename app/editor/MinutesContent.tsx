import type { ReactNode } from 'react'
import { type Competence, competenceFor, decisionWord } from './competence.ts'
import { BlockFrame } from './reading/BlockFrame.tsx'
import { actionFacts, decisionFacts } from './reading/block-sentences.ts'
import { inlineContent } from './reading/inline-content.tsx'
import { headingIds } from './reading/outline.ts'
import {
  childrenOf,
  headingLevel,
  plainText,
  type TextNode,
  textAttribute,
  UnknownTextNodeError,
} from './reading/text-node.ts'

export interface MinutesContentProps {
  /** The text, as ProseMirror JSON. */
  content: TextNode
  /** Who is competent for each nature: a decision of another instance is called a proposal to it. */
  competences?: readonly Competence[]
  /** What stands at the foot of a decision or an action, by the id of its block: number, result, link, progress. */
  blockNotes?: Readonly<Record<string, ReactNode>>
}

/**
 * The text of minutes to read: on the server and in the browser alike, without JavaScript and without the editor.
 * Headings have the anchors that `outlineOf` gives; a link whose address is not safe is plain text.
 *
 * @throws UnknownTextNodeError when the text holds a node or a mark that is not of the editor's schema.
 */
export function MinutesContent({ content, competences = [], blockNotes = {} }: MinutesContentProps) {
  if (content.type !== 'doc') throw new UnknownTextNodeError(`not a document: ${content.type}`)
  const page: PageContext = { anchors: headingIds(content), competences, blockNotes }
  return <div className="minutes-content">{blocks(childrenOf(content), page)}</div>
}

interface PageContext {
  anchors: ReadonlyMap<TextNode, string>
  competences: readonly Competence[]
  blockNotes: Readonly<Record<string, ReactNode>>
}

function blocks(nodes: readonly TextNode[], page: PageContext): ReactNode[] {
  // The text does not move under the reader: the rank of a node is its key.
  // biome-ignore lint/suspicious/noArrayIndexKey: see above.
  return nodes.map((node, index) => <Block key={index} node={node} page={page} />)
}

function Block({ node, page }: { node: TextNode; page: PageContext }) {
  switch (node.type) {
    case 'paragraph':
      return <p>{inlineContent(node)}</p>
    case 'heading': {
      const Heading = `h${headingLevel(node)}` as const
      return <Heading id={page.anchors.get(node)}>{inlineContent(node)}</Heading>
    }
    case 'bulletList':
      return <ul>{blocks(childrenOf(node), page)}</ul>
    case 'orderedList':
      return <ol start={startOf(node)}>{blocks(childrenOf(node), page)}</ol>
    case 'listItem':
      return <li>{blocks(childrenOf(node), page)}</li>
    case 'blockquote':
      return <blockquote>{blocks(childrenOf(node), page)}</blockquote>
    case 'essential':
      // It stands in every text from the first, written or not.
      if (plainText(node).trim() === '') return null
      return <BlockFrame kind="essential">{blocks(childrenOf(node), page)}</BlockFrame>
    case 'decision':
      return <Decision node={node} page={page} />
    case 'action':
      return (
        <BlockFrame kind="action" {...commonProps(node, page)} facts={actionFacts(node)}>
          <p>{inlineContent(node)}</p>
        </BlockFrame>
      )
    case 'vigilance':
      return (
        <BlockFrame kind="vigilance" {...commonProps(node, page)}>
          <p>{inlineContent(node)}</p>
        </BlockFrame>
      )
    default:
      throw new UnknownTextNodeError(`unknown node: ${node.type}`)
  }
}

/** The first paragraph is the wording, the following ones the reasons (editor schema). */
function Decision({ node, page }: { node: TextNode; page: PageContext }) {
  const [wording, ...others] = childrenOf(node)
  const nature = textAttribute(node, 'nature')
  const word = decisionWord(competenceFor(page.competences, nature))
  const reasons = others.filter(paragraph => plainText(paragraph).trim() !== '')
  return (
    <BlockFrame kind="decision" word={word} {...commonProps(node, page)} facts={decisionFacts(nature)}>
      {wording && <p>{inlineContent(wording)}</p>}
      {reasons.length > 0 && <p className="block-reasons-label">Motifs</p>}
      {blocks(reasons, page)}
    </BlockFrame>
  )
}

function commonProps(node: TextNode, page: PageContext) {
  const id = textAttribute(node, 'id')
  return { id, note: id === null ? null : page.blockNotes[id] }
}

function startOf(node: TextNode): number | undefined {
  const start = Number(node.attrs?.start ?? 1)
  return Number.isSafeInteger(start) && start !== 1 ? start : undefined
}
