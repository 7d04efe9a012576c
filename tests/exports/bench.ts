import { monitorEventLoopDelay } from 'node:perf_hooks'
import { minutesPdf } from '#server/exports/minutes-pdf.ts'
import { doc, heading, paragraph, sampleMinutes } from './sample-minutes.ts'

/**
 * How long minutes take to become a PDF, and how long the main thread is kept from the people who type.
 * `npx --no-install node tests/exports/bench.ts`
 */
const sentence = 'La réunion a permis de confronter les pratiques des institutions et de vérifier leurs engagements. '
const sections = Array.from({ length: 85 }, (_, index) => [
  heading(2, `Point ${index + 1}`),
  paragraph(sentence.repeat(12)),
  paragraph(sentence.repeat(8)),
])
const cases = {
  'ordinary meeting': sampleMinutes(),
  'ordinary meeting, again': sampleMinutes({ pointsOfAttention: ['Un autre point.'] }),
  'some 40 pages': sampleMinutes({ content: doc(...sections.flat()) }),
  'paragraph of 1 MB': sampleMinutes({ content: doc(paragraph('mot '.repeat(262_144))) }),
}

for (const [name, document] of Object.entries(cases)) {
  let pages = 0
  const log = {
    info: (fields: { pages?: number }) => {
      pages = fields.pages ?? 0
    },
    warn: () => {},
  }
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const started = performance.now()
  await minutesPdf(document, log)
  const elapsed = performance.now() - started
  const longest = delay.max / 1e6
  console.log(`${name}: ${pages} pages, ${elapsed.toFixed(0)} ms, event loop held ${longest.toFixed(1)} ms at most`)
}
