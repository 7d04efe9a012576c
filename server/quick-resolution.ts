/**
 * Node parses the entry points that a package declares at each import of one of its files. Drizzle declares 130 kB of
 * them, for 530 imports: half of the time that a start took. Imported first, and what imports Drizzle after it.
 */
import { type ResolveFnOutput, registerHooks } from 'node:module'

const DRIZZLE_FILE = /\/node_modules\/drizzle-orm\/.+\.js$/
const found = new Map<string, ResolveFnOutput>()

registerHooks({
  resolve(specifier, context, next) {
    const from = context.parentURL ?? ''
    // Its files name one another as they are on the disk.
    if (/^\.\.?\/.+\.js$/.test(specifier) && DRIZZLE_FILE.test(from)) {
      return { url: new URL(specifier, from).href, format: 'module', shortCircuit: true }
    }
    if (!/^drizzle-orm\b/.test(specifier) || from.includes('/node_modules/')) return next(specifier, context)
    const answer = found.get(specifier) ?? next(specifier, context)
    found.set(specifier, answer)
    return { ...answer, shortCircuit: true }
  },
})
