import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { root } from './processes.mjs'

/**
 * One hash for the contents of files and folders, given relative to the project; what does not exist counts as absent.
 *
 * @param {string[]} paths
 * @param {string[]} [facts] other things that matter
 */
export function hashOf(paths, facts = []) {
  const hash = createHash('sha256').update(facts.join('\0'))
  for (const file of paths.flatMap(path => filesIn(join(root, path)))) {
    hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file))
  }
  return hash.digest('hex')
}

/** @param {string} stamp @param {string} hash */
export function isCurrent(stamp, hash) {
  const file = join(root, stamp)
  return existsSync(file) && readFileSync(file, 'utf8') === hash
}

/** @param {string} stamp @param {string} hash */
export function writeStamp(stamp, hash) {
  mkdirSync(dirname(join(root, stamp)), { recursive: true })
  writeFileSync(join(root, stamp), hash)
}

/** @param {string} path @returns {string[]} */
function filesIn(path) {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap(name => filesIn(join(path, name)))
}
