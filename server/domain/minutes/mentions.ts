import type { Database, Transaction } from '#db/client.ts'
import type { ProseMirrorJSON } from '#server/collaboration/stored-text.ts'
import { type Actor, loadActors } from '#server/habilitations/actor.ts'
import { can } from '#server/habilitations/authorize.ts'
import type { MinutesFacts } from '#server/habilitations/facts.ts'
import { levelReaches } from '#server/vocabulary/governance.ts'
import { holdersOf } from '../access/holders.ts'
import type { Warning } from './warnings.ts'

/** Somebody who may be mentioned in minutes, or take charge of an action that they name. */
export type Mentionable = { id: string; label: string; detail: string }

/**
 * Whom minutes may name: of those who read them now or will once they are distributed (H15), the body, the attached
 * prestataire, the meeting's invités, the chef de projet and the steering levels. The many whom their level alone lets read
 * the minutes of a technical group are left out: a list of names is for finding somebody.
 */
export async function mentionable(
  db: Database | Transaction,
  actor: Actor,
  facts: MinutesFacts,
): Promise<Mentionable[]> {
  const holders = await holdersOf(db, actor)
  return holders
    .filter(holder => mayRead(holder.actor, facts))
    .filter(({ actor: reader }) => readsFromNear(reader, facts))
    .slice(0, mostOffered)
    .map(({ accountId, name, titles }) => ({
      id: accountId,
      label: name,
      detail: titles.find(({ organisation }) => organisation !== null)?.organisation ?? '',
    }))
}

/** Far more than sit in one body. */
const mostOffered = 300

/** Today, or once distributed. */
export function mayRead(reader: Actor, facts: MinutesFacts): boolean {
  return can(reader, 'minutes', 'read', facts) || can(reader, 'minutes', 'read', { ...facts, minutesState: 'diffuse' })
}

function readsFromNear(reader: Actor, { instanceId, meetingId }: MinutesFacts): boolean {
  return (
    reader.ownBodies.includes(instanceId) ||
    reader.attachedTo.includes(instanceId) ||
    reader.invitedTo.includes(meetingId) ||
    reader.functions.includes('chef_de_projet') ||
    // The strategic instance receives the minutes of all groups.
    levelReaches(reader.level, 'strategique')
  )
}

/** The people whom a text mentions. */
export function mentionsIn(content: ProseMirrorJSON): { id: string; label: string }[] {
  const found = new Map<string, string>()
  const visit = (node: ProseMirrorJSON) => {
    if (node.type === 'mention') found.set(String(node.attrs?.id), String(node.attrs?.label))
    for (const child of node.content ?? []) visit(child)
  }
  visit(content)
  return [...found].map(([id, label]) => ({ id, label }))
}

/** Those whom a text about to be sealed mentions, and who would not read it: rights may have changed since it was written. */
export async function mentionWarnings(
  db: Database | Transaction,
  actor: Actor,
  facts: MinutesFacts,
  content: ProseMirrorJSON,
): Promise<Warning[]> {
  const mentions = mentionsIn(content)
  if (mentions.length === 0) return []
  const accountIds = mentions.map(({ id }) => id)
  const people = await loadActors(db, { accountIds, consortiumId: actor.consortiumId, now: actor.now })
  return mentions
    .filter((_, rank) => !mayRead(people[rank] as Actor, facts))
    .map(({ label }) => ({
      code: 'mention_unread' as const,
      message: `${label} est mentionné dans le texte et ne pourra pas le lire.`,
    }))
}
