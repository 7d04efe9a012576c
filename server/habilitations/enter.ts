import type { Context } from '#server/domain/context.ts'
import { NotFound } from '#server/errors.ts'
import { type Actor, type ConsortiumName, loadRights, membershipsOf, type PersonRights } from './actor.ts'
import { can } from './authorize.ts'

/** The consortium that a person entered, as the frame of its pages shows it. */
export type ConsortiumFrame = {
  slug: string
  name: string
  territory: string
  /** False for an invité, who sees one meeting and not the consortium. */
  readsConsortium: boolean
  /** True for who may enter another one. */
  hasOthers: boolean
  /** True for who administers it: « Gestion » stands in their navigation. */
  administers: boolean
  /** True for who speaks for an institution, or sits for it at the upper levels: « Ma structure » stands in their navigation. */
  speaksForOrganisation: boolean
}

/** What every page and every act of a consortium begins with. */
export type Entry = { actor: Actor; consortium: ConsortiumFrame }

/** An account, with its rights where its session has already brought them. */
type Person = { accountId: string; rights?: PersonRights }

/**
 * The person of a session, in the consortium of an address.
 * @throws NotFound when the consortium does not exist or is not theirs, with the same work (H1).
 */
export async function enterConsortium(context: Context, person: Person, slug: string): Promise<Entry> {
  const entries = await entriesOf(context, person)
  const entry = entries.find(({ consortium }) => consortium.slug === slug)
  if (!entry) throw new NotFound()
  const { actor, consortium } = entry
  return {
    actor,
    consortium: {
      slug: consortium.slug,
      name: consortium.name,
      territory: consortium.territory,
      hasOthers: entries.length > 1,
      ...placesOf(actor),
    },
  }
}

/** What a frame says of the person alone: of the invented one too, when a page is looked at as somebody else. */
export type Places = Omit<ConsortiumFrame, 'slug' | 'name' | 'territory' | 'hasOthers'>

/** Which places of their consortium stand in a person's navigation. */
export function placesOf(actor: Actor): Places {
  const here = { consortiumId: actor.consortiumId }
  return {
    readsConsortium: can(actor, 'consortium', 'read', here),
    speaksForOrganisation: actor.correspondantOf.length + actor.directs.length > 0,
    administers: can(actor, 'consortium', 'editInstances', here),
  }
}

/** The consortia that a person may enter today, by name (H1). */
export async function consortiaOf(context: Context, person: Person): Promise<ConsortiumName[]> {
  return (await entriesOf(context, person)).map(({ consortium }) => consortium)
}

async function entriesOf(context: Context, { accountId, rights }: Person) {
  const memberships = membershipsOf(rights ?? (await loadRights(context.db, { accountId, now: context.clock.now() })))
  return memberships.filter(({ actor, consortium }) =>
    can(actor, 'consortium', 'enter', { consortiumId: consortium.id }),
  )
}
