import { NotFound } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { abilitiesOn, authorize, can } from '#server/habilitations/authorize.ts'
import type { FactsOf, Resource } from '#server/habilitations/facts.ts'
import { type Reason, reasonsOn } from '#server/habilitations/reasons.ts'
import { type ActionOn, ruleOf, rules } from '#server/habilitations/rules.ts'
import { isAccessKind } from '#server/vocabulary/access.ts'
import { publishedMinutesStates } from '#server/vocabulary/minutes.ts'
import type { Context } from '../context.ts'
import { type Holder, holdersOf, type Title } from './holders.ts'
import { type PreviewChoice, previewChoices } from './preview-profiles.ts'
import { type AskedThing, askedThing } from './things.ts'

/** « Qui peut voir ceci ? Pourquoi est-ce que je vois ceci ? », of one thing, from the rules themselves. */
export type AccessPage = {
  title: string
  /** Where the thing is, in the consortium. */
  path: string | null
  /** False for who may not know the members' names (H44): the reasons alone are told. */
  showsPeople: boolean
  readings: Reading[]
  /** What publishing will change: « une fois diffusé », « une fois annoncée ». */
  later: { when: Publication; readings: Reading[] } | null
  mine: MyReason[]
  acts: Act[]
  /** As whom one may see it. */
  previews: PreviewChoice[]
  /** True when a preview may show what publishing will change. */
  previewsLater: boolean
}

/** What makes a thing public: minutes are distributed, a meeting is announced. */
export type Publication = 'diffusion' | 'annonce'

/** One way of reading the thing, and who does, grouped by the reason. */
export type Reading = { rule: string; verb: string; mine: boolean; groups: ReaderGroup[]; total: number }

export type ReaderGroup = { who: string; when: string | null; people: Reader[] }

export type Reader = { name: string; organisation: string | null; through: TitleView[]; you: boolean }

export type TitleView = { label: string; body: string | null; since: string }

export type MyReason = { rule: string; verb: string; who: string; when: string | null; through: TitleView[] }

/** What may be done with the thing: if not by me, why and by whom. */
export type Act = { rule: string; verb: string; reason: string | null; people: string[] }

/**
 * Who reads a thing today and why, why I do, what I may do with it. However many people there are: a constant number of
 * queries.
 * @throws NotFound when the actor may not read the thing, or there is none
 */
export async function accessPage(
  context: Context,
  actor: Actor,
  asked: { kind: string; id: string },
): Promise<AccessPage> {
  const { db } = context
  if (!isAccessKind(asked.kind)) throw new NotFound()
  const thing = await askedThing(db, actor, asked.kind, asked.id)
  const { resource, facts } = thing
  authorize(actor, resource, readingsTold(thing)[0] as ActionOn<Resource>, facts)
  const showsPeople = can(actor, 'consortium', 'read', facts)
  const holders = await holdersOf(db, actor, {
    only: showsPeople ? undefined : actor.accountId,
    invites: namesInvites(actor, thing),
  })
  const asSeen = { actor, holders, showsPeople }
  const later = oncePublished(thing)
  const previews = await previewsFor(context, actor, thing)
  return {
    title: thing.title,
    path: thing.path,
    showsPeople,
    readings: readingsOf(asSeen, thing),
    later: later && { when: later.when, readings: readingsOf(asSeen, { ...thing, facts: later.facts }) },
    mine: myReasons(asSeen, thing),
    acts: actsOn(asSeen, thing),
    previews,
    previewsLater: previews.length > 0 && resource === 'minutes' && later !== null,
  }
}

/** Who is invited to a meeting is told to those who open it (H7): for the others, who know its date, nobody is. */
function namesInvites(actor: Actor, { facts }: AskedThing): boolean {
  return 'meetingId' in facts && can(actor, 'meeting', 'read', facts as FactsOf['meeting'])
}

type AsSeen = { actor: Actor; holders: readonly Holder[]; showsPeople: boolean }

/** The ways of reading each kind of thing; the first one lets know that it exists. */
const readings: { [R in Resource]: readonly ActionOn<R>[] } = {
  consortium: ['enter'],
  organisation: ['read', 'readActivity'],
  proposal: ['read'],
  mandate: ['read', 'readHandover'],
  consortiumFunction: ['read'],
  instance: ['read', 'readContacts'],
  meeting: ['readEntry', 'read', 'readAttendance'],
  presence: ['read'],
  minutes: ['read'],
  action: ['read'],
  decision: ['read'],
}

function readingsTold({ resource, readings: told }: AskedThing): readonly ActionOn<Resource>[] {
  return told ?? (readings[resource] as readonly ActionOn<Resource>[])
}

function readingsOf({ actor, holders, showsPeople }: AsSeen, thing: AskedThing): Reading[] {
  const { resource, facts } = thing
  return readingsTold(thing).map(action => {
    const reasons = reasonsOn(resource, action, facts)
    const groups = showsPeople
      ? groupsOf(reasons, holders, actor)
      : reasons.map(reason => ({ ...said(reason), people: [] }))
    return {
      rule: ruleOf(resource, action).number,
      verb: ruleOf(resource, action).verb,
      mine: can(actor, resource, action, facts),
      groups,
      total: groups.reduce((sum, { people }) => sum + people.length, 0),
    }
  })
}

/** Each reader once, under the first reason that holds for them; a reason that holds for nobody is left out. */
function groupsOf(reasons: readonly Reason[], holders: readonly Holder[], actor: Actor): ReaderGroup[] {
  const groups = reasons.map(reason => ({ ...said(reason), people: [] as Reader[] }))
  for (const holder of holders) {
    const first = reasons.findIndex(reason => reason.holdsFor(holder.actor))
    const reason = reasons[first]
    if (!reason) continue
    const through = holder.titles.filter(({ alone }) => reason.holdsFor(alone))
    groups[first]?.people.push({
      name: holder.name,
      organisation: through[0]?.organisation ?? null,
      through: through.map(titleView),
      you: holder.accountId === actor.accountId,
    })
  }
  return groups.filter(({ people }) => people.length > 0)
}

function myReasons({ actor, holders }: AsSeen, thing: AskedThing): MyReason[] {
  const { resource, facts } = thing
  const me = holders.find(({ accountId }) => accountId === actor.accountId)
  return readingsTold(thing).flatMap(action =>
    reasonsOn(resource, action, facts)
      .filter(reason => reason.holdsFor(actor))
      .map(reason => ({
        ...said(reason),
        rule: reason.rule,
        verb: ruleOf(resource, action).verb,
        through: (me?.titles ?? []).filter(({ alone }) => reason.holdsFor(alone)).map(titleView),
      })),
  )
}

/** What is done to the thing, beside reading it. */
function actsOn({ actor, holders, showsPeople }: AsSeen, { resource, facts, acts }: AskedThing): Act[] {
  const known = readings[resource] as readonly string[]
  const every = Object.keys(rules[resource]) as ActionOn<Resource>[]
  const actions = acts ?? every.filter(action => !known.includes(action))
  const abilities = abilitiesOn(actor, resource, actions, facts)
  return actions.map(action => {
    const { number, verb } = ruleOf(resource, action)
    const ability = abilities[action]
    const others = showsPeople && !ability.allowed && ability.status === 403
    return {
      rule: number,
      verb,
      reason: ability.allowed ? null : ability.reason,
      people: others
        ? holders.filter(holder => can(holder.actor, resource, action, facts)).map(({ name }) => name)
        : [],
    }
  })
}

/** The same thing as it will be once published, while it is not. */
function oncePublished({ resource, facts }: AskedThing): { when: Publication; facts: FactsOf[Resource] } | null {
  if (resource === 'minutes') {
    const { minutesState } = facts as FactsOf['minutes']
    if (publishedMinutesStates.includes(minutesState)) return null
    return { when: 'diffusion', facts: { ...facts, minutesState: 'diffuse' } as FactsOf['minutes'] }
  }
  if (resource === 'meeting') {
    // Cancelled before its announcement, it never will be announced.
    if ((facts as FactsOf['meeting']).meetingState !== 'preparation') return null
    return {
      when: 'annonce',
      facts: { ...facts, meetingState: 'invitations_envoyees', announced: true } as FactsOf['meeting'],
    }
  }
  return null
}

/** H37 for any page that the thing has, H46 for minutes. */
async function previewsFor({ db }: Context, actor: Actor, thing: AskedThing): Promise<PreviewChoice[]> {
  const { resource, facts, path, about } = thing
  if (path === null) return []
  const may =
    can(actor, 'consortium', 'previewAs', facts) ||
    (resource === 'minutes' && can(actor, 'minutes', 'previewAs', facts as FactsOf['minutes']))
  return may ? previewChoices(db, actor, about) : []
}

function said({ who, when }: Reason): { who: string; when: string | null } {
  return { who, when }
}

function titleView({ label, body, since }: Title): TitleView {
  return { label, body, since }
}
