import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'

/** SHA-256 of canonical JSON (RFC 8785), hexadecimal. */
export function canonicalHash(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex')
}

/** Canonical JSON (RFC 8785). @throws when the value has no JSON. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('a value without JSON cannot be hashed')
  return text
}

/** SHA-256 of a salt and canonical JSON, hexadecimal: without the salt, the hash tells nothing of what it covers. */
export function saltedHash(salt: string, value: unknown): string {
  return canonicalHash([salt, value])
}
