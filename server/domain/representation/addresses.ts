import type { Actor } from '#server/habilitations/actor.ts'
import type { Context } from '../context.ts'
import { type DirectoryFilter, directory } from './directory.ts'

/** Addresses to write to, and how many people's may not be read. */
export type Addresses = {
  /** As Outlook reads a line of recipients: « Claire Vidal <claire@…>; … ». */
  line: string
  emails: string[]
  hidden: number
}

/** The addresses that the person may read of those whom the filter keeps. @throws NotFound (H2) */
export async function directoryAddresses(context: Context, actor: Actor, filter: DirectoryFilter): Promise<Addresses> {
  const { people } = await directory(context, actor, { ...filter, everyone: true })
  const readable = people.flatMap(({ givenName, familyName, contact }) =>
    contact ? [{ name: `${givenName} ${familyName}`, email: contact.email }] : [],
  )
  return {
    line: readable.map(({ name, email }) => `${withoutMarks(name)} <${email}>`).join('; '),
    emails: readable.map(({ email }) => email),
    hidden: people.length - readable.length,
  }
}

/** A name may not hold what separates the recipients of a line. */
function withoutMarks(name: string): string {
  return name
    .replace(/[<>;,"]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
