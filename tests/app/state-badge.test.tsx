import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { LevelTag } from '#app/components/LevelTag.tsx'
import { StateBadge, type StateBadgeProps } from '#app/components/StateBadge.tsx'
import { actionStateLabels } from '#server/vocabulary/actions.ts'
import { decisionStateLabels } from '#server/vocabulary/decisions.ts'
import { levelLabels } from '#server/vocabulary/governance.ts'
import { meetingStateLabels } from '#server/vocabulary/meetings.ts'
import { minutesStateLabels } from '#server/vocabulary/minutes.ts'

const labels = {
  meeting: meetingStateLabels,
  minutes: minutesStateLabels,
  decision: decisionStateLabels,
  action: actionStateLabels,
}

describe.each(Object.entries(labels))('the states of a %s', (of, words) => {
  it.each(Object.entries(words))('%s is said by an icon and the word « %s »', (state, word) => {
    const html = renderToStaticMarkup(<StateBadge {...({ of, state } as StateBadgeProps)} />)
    expect(html).toContain(`<span>${word.replace("'", '&#x27;')}</span>`)
    expect(html).toMatch(/<svg[^>]*aria-hidden="true"/)
  })

  it('gives each its own icon, so that colour is never alone to tell them apart', () => {
    const icons = Object.keys(words).map(state => {
      const html = renderToStaticMarkup(<StateBadge {...({ of, state } as StateBadgeProps)} />)
      return /<svg.*<\/svg>/.exec(html)?.[0]
    })
    expect(new Set(icons).size).toBe(icons.length)
  })
})

describe('the levels', () => {
  it.each(Object.entries(levelLabels))('%s always bears its word', (level, word) => {
    const html = renderToStaticMarkup(<LevelTag level={level as keyof typeof levelLabels} />)
    expect(html).toContain(word.toLocaleLowerCase('fr'))
    expect(html).toContain(`data-level="${level}"`)
  })
})
