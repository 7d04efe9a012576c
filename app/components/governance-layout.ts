import { type InstanceKind, type Level, levelLabels } from '#server/vocabulary/governance.ts'

/** An instance as the picture of the governance needs it. */
export interface MappedInstance {
  slug: string
  name: string
  shortName: string
  kind: InstanceKind
  level: Level
  parentSlug: string | null
  /** The reader sits there. */
  yours: boolean
  /** Day (`YYYY-MM-DD`) or ISO instant of the next meeting. */
  nextMeeting: string | null
}

export interface PlacedCard {
  instance: MappedInstance
  x: number
  y: number
  width: number
  height: number
  /** The short name cut in lines that fit the card. */
  lines: string[]
}

export interface PlacedTier {
  level: Level
  label: string
  x: number
  y: number
  width: number
  height: number
  titles: { text: string; x: number; y: number }[]
  cards: PlacedCard[]
  /** Short lines between a group and its parent when they stand side by side. */
  tethers: { x1: number; x2: number; y: number }[]
}

export interface GovernanceLayout {
  width: number
  height: number
  tiers: PlacedTier[]
  /** Between two tiers that follow each other: where what rises and what descends is drawn. */
  passages: { y: number; height: number }[]
}

/** From the highest: as the picture reads from its top. */
export const levelsFromTop: readonly Level[] = ['institutionnel', 'strategique', 'operationnel']

/** Instances of a level gathered by kind, in the order in which picture and list show them. */
export function clustersOf(instances: readonly MappedInstance[], level: Level): Cluster[] {
  return kindOrder
    .map(({ kind, title }) => ({
      title,
      instances: instances.filter(instance => instance.level === level && instance.kind === kind),
    }))
    .filter(cluster => cluster.instances.length > 0)
}

export interface Cluster {
  /** None where the instance's own name says it. */
  title: string | null
  instances: MappedInstance[]
}

/**
 * Places the instances in three storeys, wider and wider from the top, whatever their number: side by side when they
 * fit, else kind under kind, in rows. Units are those of the SVG's view box.
 */
export function layOutGovernance(instances: readonly MappedInstance[]): GovernanceLayout {
  const tiers: PlacedTier[] = []
  const passages: { y: number; height: number }[] = []
  let y = 1
  for (const level of levelsFromTop) {
    const clusters = clustersOf(instances, level)
    if (clusters.length === 0) continue
    if (tiers.length > 0) {
      passages.push({ y, height: PASSAGE })
      y += PASSAGE
    }
    const tier = layOutTier(level, clusters, y)
    tiers.push(tier)
    y += tier.height
  }
  return { width: WIDTH, height: y + 1, tiers, passages }
}

const WIDTH = 920
const PADDING = 18
const GAP = 14
const CLUSTER_GAP = 30
const CARD_MIN = 146
const CARD_MAX = 236
const LABEL = 40
const TITLE = 26
const PASSAGE = 84
const LINE = 21
/** Average advance of a semibold letter at the size of the names. */
const LETTER = 8.4

const insets: Record<Level, number> = { institutionnel: 120, strategique: 60, operationnel: 0 }

// The strategic instance stands in the middle of its storey, its restricted and national groups on either side.
const kindOrder: { kind: InstanceKind; title: string | null }[] = [
  { kind: 'pilotage_institutionnel', title: null },
  { kind: 'groupe_restreint', title: null },
  { kind: 'pilotage_strategique', title: null },
  { kind: 'groupe_national', title: null },
  { kind: 'groupe_operationnel', title: 'Groupes opérationnels' },
  { kind: 'groupe_transversal', title: 'Groupes transversaux' },
  { kind: 'participation', title: 'Participation' },
]

function layOutTier(level: Level, clusters: Cluster[], y: number): PlacedTier {
  const fits = (inset: number) => rowWidth(clusters, CARD_MIN) <= WIDTH - 2 * (inset + PADDING)
  const inset = fits(insets[level]) ? insets[level] : 0
  const inner = { x: inset + PADDING, width: WIDTH - 2 * (inset + PADDING) }
  const rows = fits(inset) ? [clusters] : clusters.flatMap(cluster => rowsOf(cluster, inner.width))
  const tier: PlacedTier = {
    level,
    label: `Niveau ${levelLabels[level].toLocaleLowerCase('fr')}`,
    x: inset,
    y,
    width: WIDTH - 2 * inset,
    height: 0,
    titles: [],
    cards: [],
    tethers: [],
  }
  let rowY = y + LABEL
  for (const row of rows) rowY = placeRow(tier, row, inner, rowY) + GAP
  tier.height = rowY - GAP + PADDING - y
  return tier
}

/** Places one row of clusters and returns where it ends. */
function placeRow(tier: PlacedTier, row: Cluster[], inner: { x: number; width: number }, y: number): number {
  const count = row.reduce((sum, cluster) => sum + cluster.instances.length, 0)
  const gaps = rowWidth(row, 0)
  const width = Math.min(CARD_MAX, (inner.width - gaps) / count)
  const titled = row.some(cluster => cluster.title)
  const top = y + (titled ? TITLE : 0)
  const wrapped = new Map(row.flatMap(c => c.instances).map(i => [i, wrap(i.shortName, (width - 24) / LETTER)]))
  const height = 66 + LINE * Math.max(...[...wrapped.values()].map(lines => lines.length))
  let x = inner.x + (inner.width - (width * count + gaps)) / 2
  for (const cluster of row) {
    if (cluster.title) tier.titles.push({ text: cluster.title, x, y: y + TITLE - 10 })
    for (const instance of cluster.instances) {
      tether(tier, instance, x, top + height / 2)
      tier.cards.push({ instance, x, y: top, width, height, lines: wrapped.get(instance) ?? [] })
      x += width + GAP
    }
    x += CLUSTER_GAP - GAP
  }
  return top + height
}

/** Draws the line to the card just at the left when one is the parent of the other. */
function tether(tier: PlacedTier, instance: MappedInstance, x: number, y: number) {
  const left = tier.cards.at(-1)
  if (!left || left.y > y || left.y + left.height < y) return
  const related = left.instance.parentSlug === instance.slug || instance.parentSlug === left.instance.slug
  if (related) tier.tethers.push({ x1: left.x + left.width, x2: x, y })
}

function rowWidth(clusters: Cluster[], card: number): number {
  const cards = clusters.reduce((sum, cluster) => sum + cluster.instances.length, 0)
  return cards * card + (cards - clusters.length) * GAP + (clusters.length - 1) * CLUSTER_GAP
}

/** Rows of one kind when it has a place of its own: the title on the first row only. */
function rowsOf(cluster: Cluster, width: number): Cluster[][] {
  const perRow = Math.max(1, Math.floor((width + GAP) / (CARD_MIN + GAP)))
  const rows: Cluster[][] = []
  for (let start = 0; start < cluster.instances.length; start += perRow) {
    rows.push([
      { title: start === 0 ? cluster.title : null, instances: cluster.instances.slice(start, start + perRow) },
    ])
  }
  return rows
}

/** Cuts a text in lines of at most `letters` letters, at its spaces and after its hyphens. */
function wrap(text: string, letters: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/(?<=[\s-])/u)) {
    if (line !== '' && (line + word).trimEnd().length > letters) {
      lines.push(line.trim())
      line = ''
    }
    line += word
  }
  return [...lines, line.trim()].filter(Boolean)
}
