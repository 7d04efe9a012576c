import { describe, expect, it } from 'vitest'
import { journalVerbLabels } from '#server/vocabulary/journal.ts'
import { servicesAsked } from '../matrix/tables/services.ts'
import { callsOf, reachOf, serverSources } from './commands.ts'

/** What the browser's session and the right to read are made of: services that name no command of `server/domain`. */
const noCommand = [
  'sessions.accountOf',
  'sessions.stillOpen',
  'sessions.signIn',
  'sessions.open',
  'sessions.close',
  'consortia.enter',
  'consortia.consortiaOf',
  'administration.checkAdministering',
  'accounts.sendsMail',
  'checkAbility',
  'checkVerification',
  'refusalOf',
]

/** Readings that write on their way: nothing of it is kept, or it is the page itself that is made. */
const readings = ['instances.instanceConsequences', 'mails.demonstrationMail', 'minutes.minutesFile']

/** The safety of an account, by its own person, or the reading of its log: a line of the security log instead. */
const ofSecurity = [
  'administration.securityLogPage',
  'administration.securityLogFile',
  'accounts.acceptInvitation',
  'accounts.requestPassword',
  'accounts.resetPassword',
  'accounts.changePassword',
  'accounts.sendMailCode',
  'accounts.verify',
  'accounts.startEnrolment',
  'accounts.confirmEnrolment',
  'accounts.replaceRecoveryCodes',
  'accounts.removeAuthenticator',
  'accounts.requestEmailChange',
  'accounts.cancelEmailChange',
  'accounts.confirmEmailChange',
  'accounts.refuseEmailChange',
  'accounts.endOwnSession',
  'accounts.endOtherSessions',
]

/** What the operator's scripts ask of the server: no route does. */
const ofOperator = ['createAdministrateur', 'createConsortium']

const sources = serverSources()

/** The services that change something and leave no line where they should. */
function untold(from: ReadonlyMap<string, string>): string[] {
  const reach = reachOf(from)
  return [...Object.keys(servicesAsked), ...ofOperator].filter(service => {
    const found = reach(service.split('.').at(-1) ?? '')
    if (noCommand.includes(service)) return found !== null
    if (!found) return true
    if (found.tables.size === 0 || readings.includes(service)) return false
    const log = ofSecurity.includes(service)
      ? 'server/security-log.ts#writeSecurityLog'
      : 'server/journal.ts#writeJournal'
    return !found.functions.has(log)
  })
}

/** The verbs that have words and that nothing writes any more. */
function unwritten(from: ReadonlyMap<string, string>): string[] {
  const commands = [...from].flatMap(([file, source]) => (/^server\/(domain|sessions)\//.test(file) ? [source] : []))
  const text = commands.join('\n')
  return Object.keys(journalVerbLabels).filter(verb => {
    if (text.includes(`'${verb}'`)) return false
    const [noun, act] = verb.split('.')
    return !(new RegExp(`${noun}\\.\\$\\{(?!string)`).test(text) && text.includes(`'${act}'`))
  })
}

describe('every command', { timeout: 120_000 }, () => {
  it('that changes something leaves a line: in the journal, or, for the safety of one’s own account, in its log', () => {
    expect(untold(sources)).toEqual([])
  })

  it('writes each verb that the journal has words for', () => {
    expect(unwritten(sources)).toEqual([])
  })

  it('is missed here as soon as the line of one of them is gone', () => {
    const kept = [...sources].flatMap(([file, source]) => {
      if (!file.startsWith('server/domain/')) return []
      return callsOf(source, /^(writeJournal|journalize\w+)$/).flatMap(({ from, to }) => {
        const without = new Map(sources).set(file, `${source.slice(0, from)}undefined${source.slice(to)}`)
        const missed = untold(without).length + unwritten(without).length
        return missed > 0 ? [] : [`${file}: ${source.slice(from, to).split('\n').slice(0, 2).join(' ')}`]
      })
    })
    // One line more: that of the command itself is written with its account.
    expect(kept).toEqual([
      "server/domain/administration/erase-account.ts: writeJournal(tx, { consortiumId, at, by, verb: 'proposal.withdraw', subjectKind: 'proposal', subjectId })",
    ])
  })
})
