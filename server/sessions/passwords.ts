import { createHash } from 'node:crypto'
import { type Algorithm, hash, verify } from '@node-rs/argon2'

/** Argon2id with the parameters that OWASP recommends: 19 MiB, two passes, one lane. */
const parameters = { algorithm: 2 satisfies Algorithm, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Least number of characters of a password, and of one that gives wide powers (chef de projet, administrateur). */
export const passwordLengths = { member: 12, powerful: 16 }

/** Hash of a password, for `accounts.password_hash`. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), parameters)
}

/** True when the password is the one that was hashed. An account without a hash takes as long to be refused. */
export async function passwordMatches(passwordHash: string | null, password: string): Promise<boolean> {
  const matches = await verify(passwordHash ?? (await decoyHash()), password.normalize('NFC'))
  return passwordHash !== null && matches
}

/** Tells one password of an account from the one that replaces it, and nothing else of either. */
export function passwordMark(passwordHash: string): string {
  return createHash('sha256').update(passwordHash).digest('hex')
}

let decoy: Promise<string> | null = null

function decoyHash(): Promise<string> {
  decoy ??= hashPassword('un mot de passe que personne ne possède')
  return decoy
}
