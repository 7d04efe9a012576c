import { randomUUID } from 'node:crypto'
import type { Database } from '#db/client.ts'
import { accounts } from '#db/schema/accounts.ts'
import { consortia, instances } from '#db/schema/governance.ts'
import { meetings } from '#db/schema/meetings.ts'
import { minutes } from '#db/schema/minutes.ts'
import { type ProseMirrorJSON, seedLiveText } from '#server/collaboration/stored-text.ts'

export const NOW = new Date('2027-03-12T13:00:00Z')

/** A skeleton as the agenda makes it: one heading, one empty paragraph. */
export const SKELETON: ProseMirrorJSON = {
  type: 'doc',
  content: [heading('Point d’étape'), { type: 'paragraph' }],
}

export type LiveMinutes = { consortiumId: string; minutesId: string; epoch: number; liveTextId: string }

/** The minutes of one more meeting, with their live text. */
export async function newMinutes(db: Database, content: ProseMirrorJSON = SKELETON): Promise<LiveMinutes> {
  const slug = randomUUID()
  return db.transaction(async tx => {
    const [consortium] = await tx
      .insert(consortia)
      .values({ slug, name: 'Tarn', territory: 'Tarn', createdAt: NOW })
      .returning()
    const consortiumId = idOf(consortium)
    const [instance] = await tx
      .insert(instances)
      .values({
        consortiumId,
        slug,
        name: 'Groupe opérationnel parcours',
        shortName: 'Parcours',
        code: 'PARC',
        level: 'operationnel',
        kind: 'groupe_operationnel',
        validatorRule: 'tous_les_copilotes',
        draftReaders: 'instance',
        minutesVisibility: 'niveau',
        createdAt: NOW,
      })
      .returning()
    const [meeting] = await tx
      .insert(meetings)
      .values({ consortiumId, instanceId: idOf(instance), startsAt: NOW, createdAt: NOW })
      .returning()
    const [row] = await tx
      .insert(minutes)
      .values({ consortiumId, meetingId: idOf(meeting), visibility: 'niveau', createdAt: NOW })
      .returning()
    const minutesId = idOf(row)
    const liveTextId = await seedLiveText(tx, { consortiumId, minutesId, epoch: 1, content, now: NOW })
    return { consortiumId, minutesId, epoch: 1, liveTextId }
  })
}

/** Somebody who may sign in. */
export async function newAccount(db: Database, givenName: string, familyName = 'Martin'): Promise<string> {
  const [row] = await db
    .insert(accounts)
    .values({ email: `${randomUUID()}@tarn.test`, givenName, familyName, createdAt: NOW })
    .returning()
  return idOf(row)
}

export function paragraph(text: string, marks?: ProseMirrorJSON['marks']): ProseMirrorJSON {
  return { type: 'paragraph', content: [{ type: 'text', text, ...(marks ? { marks } : {}) }] }
}

export function heading(text: string): ProseMirrorJSON {
  return { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text }] }
}

function idOf(row: { id: string } | undefined): string {
  if (!row) throw new Error('nothing inserted')
  return row.id
}
