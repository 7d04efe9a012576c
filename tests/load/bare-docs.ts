/** Texts that nothing surrounds: as many Y.Doc as asked, each read from the same bytes. */
import { readFileSync } from 'node:fs'
import * as Y from 'yjs'

const state = readFileSync(process.env.STATE ?? '')
const docs: Y.Doc[] = []
process.stdout.write('{}\n')
process.on('message', (order: { make?: number }) => {
  if (!order.make) return
  for (let n = 0; n < order.make; n++) {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, state)
    docs.push(doc)
  }
  process.send?.(docs.length)
})
