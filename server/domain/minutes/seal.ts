import { createHash, randomBytes } from 'node:crypto'
import type { ProseMirrorJSON } from '#server/collaboration/stored-text.ts'
import { canonicalJson, saltedHash } from '../canonical.ts'
import type { AttendanceLine } from '../meetings/attendance-sheet.ts'
import type { ActionOutcome, DecisionOutcome } from './outcomes.ts'

/** What a seal covers besides the text. Instants are ISO 8601 in UTC. */
export type SealedFacts = {
  consortium: { id: string; name: string }
  instance: { id: string; name: string }
  minutesId: string
  version: number
  meeting: { id: string; startsAt: string; endsAt: string | null; place: string; title: string }
  agenda: { title: string; reporter: string }[]
  attendance: Pick<
    AttendanceLine,
    'mandateId' | 'name' | 'functionLabel' | 'qualite' | 'organisation' | 'status' | 'mode' | 'representedBy'
  >[]
  decisions: (DecisionOutcome & { decisionId: string; competentInstanceId: string })[]
  actions: (ActionOutcome & { actionId: string })[]
  pointsOfAttention: { blockId: string; wording: string }[]
  approvals: { accountId: string; name: string; approvedAt: string }[]
  inAbsenceOf: string[]
  sealedAt: string
  sealedBy: { accountId: string; name: string }
}

/** The statement whose SHA-256 is the seal: the facts, and a salted hash of each block of the text, in order. */
export type SealedStatement = SealedFacts & { format: 1; blocks: string[] }

export type Seal = { statement: string; salts: string[]; seal: string }

/**
 * Seals a text: canonical JSON (RFC 8785) of salted hashes of its blocks and of the facts around it. A block that must be
 * removed one day takes its salt with it: the others still verify.
 */
export function sealText(content: ProseMirrorJSON, facts: SealedFacts): Seal {
  const blocks = content.content ?? []
  const salts = blocks.map(() => randomBytes(16).toString('base64'))
  const statement: SealedStatement = {
    ...facts,
    format: 1,
    blocks: blocks.map((block, index) => saltedHash(salts[index] ?? '', block)),
  }
  const text = canonicalJson(statement)
  return { statement: text, salts, seal: sha256(text) }
}

export type SealCheck = { sealHolds: boolean; blocks: number; brokenBlocks: number[] }

/** Verifies a sealed version: the seal against the statement, the statement against each block. */
export function verifySeal(version: {
  content: unknown
  sealedStatement: string
  salts: string[]
  seal: string
}): SealCheck {
  const statement = JSON.parse(version.sealedStatement) as SealedStatement
  const blocks = (version.content as ProseMirrorJSON).content ?? []
  const brokenBlocks = statement.blocks.flatMap((hash, index) =>
    hash === saltedHash(version.salts[index] ?? '', blocks[index] ?? null) ? [] : [index],
  )
  return {
    sealHolds: sha256(version.sealedStatement) === version.seal && statement.blocks.length === blocks.length,
    blocks: statement.blocks.length,
    brokenBlocks,
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
