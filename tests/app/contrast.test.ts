import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('../../app/styles/tokens.css', import.meta.url), 'utf8')
const [lightPart = '', darkPart = ''] = css.split('@media screen and (prefers-color-scheme: dark)')
const light = coloursIn(lightPart)
const themes = { light, dark: { ...light, ...coloursIn(darkPart) } }

const surfaces = ['desk', 'paper', 'tint']
const hues = [
  'institutionnel',
  'strategique',
  'operationnel',
  'success',
  'warning',
  'danger',
  'info',
  'neutral',
  'accent',
]

describe.each(Object.entries(themes))('the %s palette (RGAA 3.2 and 3.3)', (_, colours) => {
  it.each(['ink', 'ink-soft', 'ink-faint', ...hues])('reads --%s at 4.5 or more on every surface', name => {
    for (const surface of surfaces) expect(contrast(colours, name, surface), surface).toBeGreaterThanOrEqual(4.5)
  })

  it.each(hues)('reads --%s at 4.5 or more on its own tint', name => {
    expect(contrast(colours, name, `${name}-tint`)).toBeGreaterThanOrEqual(4.5)
  })

  it.each(hues)('reads ink on --%s-tint', name => {
    expect(contrast(colours, 'ink', `${name}-tint`)).toBeGreaterThanOrEqual(7)
  })

  it('reads a button at 4.5 or more, at rest and under the pointer', () => {
    expect(contrast(colours, 'accent-ink', 'accent')).toBeGreaterThanOrEqual(4.5)
    expect(contrast(colours, 'accent-ink', 'accent-strong')).toBeGreaterThanOrEqual(4.5)
  })

  it('sees the edge of controls and the focus at 3 or more', () => {
    for (const surface of surfaces) {
      expect(contrast(colours, 'line-strong', surface)).toBeGreaterThanOrEqual(3)
      expect(contrast(colours, 'focus', surface)).toBeGreaterThanOrEqual(3)
    }
  })

  it.each(['institutionnel', 'strategique', 'operationnel'])('reads « Vous y siégez » in paper on --%s', name => {
    expect(contrast(colours, 'paper', name)).toBeGreaterThanOrEqual(4.5)
  })
})

function coloursIn(part: string): Record<string, string> {
  return Object.fromEntries([...part.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]))
}

/** Contrast of WCAG 2.1, 1 to 21. */
function contrast(colours: Record<string, string>, a: string, b: string): number {
  const [x = 0, y = 0] = [luminance(colours[a]), luminance(colours[b])].sort((m, n) => n - m)
  return (x + 0.05) / (y + 0.05)
}

function luminance(hex: string | undefined): number {
  if (!hex) throw new Error('a colour of the palette is missing')
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map(at => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map(part => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
