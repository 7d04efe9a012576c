import { describe, expect, it } from 'vitest'
import { layOutGovernance, type MappedInstance } from '#app/components/governance-layout.ts'
import type { InstanceKind, Level } from '#server/vocabulary/governance.ts'

const tarn: MappedInstance[] = [
  instance('institutionnelle', 'Pilotage institutionnel', 'pilotage_institutionnel', 'institutionnel'),
  instance('strategique', 'Pilotage stratégique', 'pilotage_strategique', 'strategique'),
  instance('restreint', 'Groupe restreint', 'groupe_restreint', 'strategique', 'strategique'),
  instance('national-2', 'Groupe national n° 2', 'groupe_national', 'strategique', 'strategique'),
  instance('parcours', 'Parcours', 'groupe_operationnel', 'operationnel', 'strategique'),
  instance('offre', 'Offre de services', 'groupe_operationnel', 'operationnel', 'strategique'),
  instance('numerique', 'Projet numérique', 'groupe_transversal', 'operationnel', 'strategique'),
  instance('info-com', 'Information-communication', 'groupe_transversal', 'operationnel', 'strategique'),
  instance('formation', 'Formation-compétences', 'groupe_transversal', 'operationnel', 'strategique'),
]

describe('the picture of a governance', () => {
  it('shows the nine instances of the Tarn once each, on three storeys with two passages', () => {
    const layout = layOutGovernance(tarn)
    expect(layout.tiers.map(tier => tier.level)).toEqual(['institutionnel', 'strategique', 'operationnel'])
    expect(layout.passages).toHaveLength(2)
    expect(slugs(layout).sort()).toEqual(tarn.map(({ slug }) => slug).sort())
  })

  it('puts the strategic instance between its restricted and national groups, tied to both', () => {
    const strategic = layOutGovernance(tarn).tiers[1]
    expect(strategic?.cards.map(card => card.instance.slug)).toEqual(['restreint', 'strategique', 'national-2'])
    expect(strategic?.tethers).toHaveLength(2)
  })

  it('titles operational and transversal groups, and cuts long names at a hyphen', () => {
    const operational = layOutGovernance(tarn).tiers[2]
    expect(operational?.titles.map(title => title.text)).toEqual(['Groupes opérationnels', 'Groupes transversaux'])
    const card = operational?.cards.find(({ instance }) => instance.slug === 'info-com')
    expect(card?.lines).toEqual(['Information-', 'communication'])
  })

  it('leaves out a level without instance, and the passage with it', () => {
    const layout = layOutGovernance(tarn.filter(({ level }) => level !== 'strategique'))
    expect(layout.tiers).toHaveLength(2)
    expect(layout.passages).toHaveLength(1)
    expect(layOutGovernance([])).toMatchObject({ tiers: [], passages: [] })
  })

  it.each([1, 2, 5, 6, 9, 23])('keeps %i operational groups inside their storey, without overlap', count => {
    const groups = Array.from({ length: count }, (_, rank) =>
      instance(
        `g${rank}`,
        `Groupe territorial numéro ${rank}`,
        rank % 2 ? 'groupe_transversal' : 'groupe_operationnel',
        'operationnel',
      ),
    )
    const layout = layOutGovernance([...tarn.slice(0, 4), ...groups])
    for (const tier of layout.tiers) {
      for (const card of tier.cards) {
        expect(card.x).toBeGreaterThanOrEqual(tier.x)
        expect(card.x + card.width).toBeLessThanOrEqual(tier.x + tier.width)
        expect(card.y + card.height).toBeLessThanOrEqual(tier.y + tier.height)
        expect(tier.cards.filter(other => other !== card && overlap(card, other))).toEqual([])
      }
    }
    expect(slugs(layout)).toHaveLength(count + 4)
  })
})

function slugs(layout: ReturnType<typeof layOutGovernance>): string[] {
  return layout.tiers.flatMap(tier => tier.cards.map(card => card.instance.slug))
}

interface Box {
  x: number
  y: number
  width: number
  height: number
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

function instance(
  slug: string,
  shortName: string,
  kind: InstanceKind,
  level: Level,
  parentSlug: string | null = null,
): MappedInstance {
  return { slug, name: shortName, shortName, kind, level, parentSlug, yours: false, nextMeeting: null }
}
