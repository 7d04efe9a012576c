import { and, eq, inArray } from 'drizzle-orm'
import { decisions } from '#db/schema/index.ts'
import { NotFound } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { abilitiesOn, can } from '#server/habilitations/authorize.ts'
import { columnsOf } from '#server/habilitations/columns.ts'
import type { MinutesFacts } from '#server/habilitations/facts.ts'
import { minutesFacts } from '#server/habilitations/load-facts.ts'
import { publishedMinutesStates } from '#server/vocabulary/minutes.ts'
import type { Context } from '../context.ts'
import { type MinutesWithText, minutesPage, minutesVerbs } from '../minutes/minutes-page.ts'
import type { Preview } from './enter-preview.ts'

/**
 * Minutes as an invented person would see them, made from what the reader themself may read: whatever the invented person
 * may not is taken away, and nothing is ever added.
 *
 * @throws NotFound when the reader, or the invented person, could not read them
 */
export async function minutesPreview(
  context: Context,
  invented: Actor,
  { reader, published }: Pick<Preview, 'reader' | 'published'>,
  minutesId: string,
): Promise<MinutesWithText> {
  const own = await minutesPage(context, reader, minutesId)
  const facts = await minutesFacts(context.db, reader, minutesId)
  const asShown = published ? oncePublished(facts) : facts
  if (!can(invented, 'minutes', 'read', asShown)) throw new NotFound()
  const readsAttendance = can(invented, 'meeting', 'readAttendance', facts)
  const live = asShown.minutesState === facts.minutesState ? own.live : null
  return {
    ...own,
    // For who writes, and nobody writes in a preview.
    agenda: [],
    attendance: live === null || readsAttendance ? own.attendance : null,
    state: asShown.minutesState,
    meeting: { ...own.meeting, opens: own.meeting.opens && can(invented, 'meeting', 'read', facts) },
    outcomes: await outcomesFor(context, invented, own.outcomes),
    live: live && livePartFor(live),
    sealed: own.sealed && {
      ...own.sealed,
      recipients: readsAttendance ? own.sealed.recipients : [],
      audience: [],
      toRead: false,
      heldMeetings: [],
    },
    can: abilitiesOn(invented, 'minutes', minutesVerbs, asShown),
  }
}

function oncePublished(facts: MinutesFacts): MinutesFacts {
  return publishedMinutesStates.includes(facts.minutesState) ? facts : { ...facts, minutesState: 'diffuse' }
}

/** Nobody writes in a preview, and what is for the reader alone is for nobody else. */
function livePartFor(live: NonNullable<MinutesWithText['live']>): NonNullable<MinutesWithText['live']> {
  return {
    ...live,
    mode: 'read',
    validators: live.validators.map(validator => ({ ...validator, you: false })),
    missing: live.missing.map(each => ({ ...each, you: false })),
    mySeenContent: null,
    warnings: [],
    absencePossible: false,
    audience: [],
    writing: null,
  }
}

/** What became of a decision is told only to those who may read it. */
async function outcomesFor(
  { db }: Context,
  invented: Actor,
  outcomes: MinutesWithText['outcomes'],
): Promise<MinutesWithText['outcomes']> {
  const ids = outcomes.decisions.flatMap(({ id }) => (id ? [id] : []))
  const rows = ids.length
    ? await db
        .select({ id: decisions.id, facts: columnsOf.decision })
        .from(decisions)
        .where(and(eq(decisions.consortiumId, invented.consortiumId), inArray(decisions.id, ids)))
    : []
  const readable = new Set(rows.flatMap(({ id, facts }) => (can(invented, 'decision', 'read', facts) ? [id] : [])))
  return {
    ...outcomes,
    decisions: outcomes.decisions.map(decision =>
      decision.id !== null && !readable.has(decision.id)
        ? { ...decision, id: null, state: null, number: null }
        : decision,
    ),
    actions: outcomes.actions.map(action => ({ ...action, mayUpdate: false })),
  }
}
