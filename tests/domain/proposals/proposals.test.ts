import { and, eq, inArray } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  accounts,
  instances,
  journal,
  mandateProposals,
  mandates,
  organisations,
  outgoingMails,
} from '#db/schema/index.ts'
import type { Designation } from '#server/domain/governance/designate.ts'
import { mailWriters } from '#server/mail/writers.ts'
import { endingProposalForm, type ProposalForm, proposalForm } from '#server/vocabulary/proposal-forms.ts'
import { personOf } from '../../administration/person.ts'
import { type CastDatabase, cast, castDatabase } from '../../cast.ts'
import { databaseKinds } from '../../setup/database.ts'
import { refused } from '../acts.ts'

describe.each(databaseKinds())('proposals of representatives, on %s', kind => {
  let demo: CastDatabase
  let typed: Record<string, unknown>
  beforeAll(async () => {
    demo = await castDatabase(kind)
    const { db } = demo.handle
    const [instance] = await db.select().from(instances).where(eq(instances.slug, 'national-2'))
    const [caf] = await db
      .select()
      .from(organisations)
      .where(and(eq(organisations.slug, 'caf'), eq(organisations.consortiumId, instance?.consortiumId ?? '')))
    typed = {
      organisationId: caf?.id,
      instanceId: instance?.id,
      civilite: 'madame',
      givenName: 'Léa',
      familyName: 'Bonnet',
      email: 'Lea.Bonnet@caf.test',
      qualite: 'responsable des partenariats',
      function: 'membre',
      carriesVoice: true,
      startsOn: '2027-04-01',
    }
  })
  afterAll(() => demo.close())

  const form = (change: Record<string, unknown> = {}): ProposalForm => proposalForm.parse({ ...typed, ...change })
  const propose = async (change: Record<string, unknown> = {}) =>
    (await demo.services.proposals.proposeRepresentative(await correspondant(), { form: form(change) })).proposalId
  const correspondant = () => demo.actorOf(cast.correspondantCaf)
  const chef = () => demo.actorOf(cast.chef)
  const rowOf = async (id: string) => {
    const [row] = await demo.handle.db.select().from(mandateProposals).where(eq(mandateProposals.id, id))
    return row ?? expect.fail('no proposal')
  }
  const written = async (proposalId: string) => {
    const mails = await demo.handle.db.select().from(outgoingMails)
    return mails.filter(mail => mail.about.proposalId === proposalId)
  }
  const words = async (
    proposalId: string,
    kind: 'proposition_recue' | 'proposition_acceptee' | 'proposition_retournee',
  ) => {
    const mail = (await written(proposalId)).find(each => each.kind === kind) ?? expect.fail(`no mail ${kind}`)
    return mailWriters[kind]?.(demo.context, mail)
  }
  const mandateOf = async (proposalId: string) => {
    const { mandateId } = await rowOf(proposalId)
    const [mandate] = await demo.handle.db
      .select()
      .from(mandates)
      .where(eq(mandates.id, mandateId ?? ''))
    return mandate
  }
  /** Somebody who sits for the CAF from the first day of 2029. */
  const seated = async (email: string, change: Partial<Designation> = {}) => {
    const made = await demo.services.mandates.createMandate(await chef(), {
      person: { email, givenName: 'Maud', familyName: 'Castel' },
      instanceId: String(typed.instanceId),
      organisationId: String(typed.organisationId),
      function: 'membre',
      functionLabel: 'Membre',
      civilite: 'madame',
      qualite: 'cadre',
      carriesVoice: false,
      titulaireMandateId: null,
      readsDossier: false,
      replacesMandateId: null,
      startsOn: '2029-01-01',
      endsOn: null,
      ...change,
    })
    return made.mandateId
  }
  const accepted = { functionLabel: 'Membre', startsOn: '2027-04-01', carriesVoice: true }

  it('[H40] [H42] returned with a reason, proposed again, accepted: the person sits and all are told', async () => {
    const first = await propose()
    expect(await words(first, 'proposition_recue')).toMatchObject({
      subject: expect.stringMatching(/^Représentant proposé : Groupe national/),
      link: { path: `/tarn/propositions/${first}` },
    })
    await demo.services.proposals.returnProposal(await chef(), { proposalId: first, reason: 'Une autre date ?' })
    expect(await words(first, 'proposition_recue'), 'answered: nothing is to be examined any more').toBeNull()
    expect((await words(first, 'proposition_retournee'))?.paragraphs.join(' ')).toContain('Léa Bonnet')
    const { returned } = await demo.services.home.awaiting(await correspondant())
    expect(returned.map(({ id }) => id)).toEqual([first])

    const again = await demo.services.proposals.proposalChoices(await correspondant(), { again: first })
    expect(again.previous).toMatchObject({ reason: 'Une autre date ?', email: 'lea.bonnet@caf.test' })
    demo.clock.pass(1)
    const second = await propose({ startsOn: '2027-03-15' })
    expect((await demo.services.home.awaiting(await correspondant())).returned).toEqual([])
    expect((await demo.services.home.awaiting(await chef())).toExamine.map(({ id }) => id)).toEqual([second])

    await demo.services.proposals.acceptProposal(await chef(), {
      proposalId: second,
      functionLabel: 'Membre titulaire',
      startsOn: '2027-03-12',
      carriesVoice: true,
    })
    const row = await rowOf(second)
    const [mandate] = await demo.handle.db
      .select()
      .from(mandates)
      .where(eq(mandates.id, row.mandateId ?? ''))
    expect(mandate).toMatchObject({ functionLabel: 'Membre titulaire', startsOn: '2027-03-12', carriesVoice: true })
    const [account] = await demo.handle.db.select().from(accounts).where(eq(accounts.email, 'lea.bonnet@caf.test'))
    expect(mandate?.accountId).toBe(account?.id)
    expect(await words(second, 'proposition_acceptee')).toMatchObject({
      link: { path: `/tarn/propositions/${second}` },
    })
    const actor = await chef()
    const matrix = await demo.services.representation.representationMatrix(actor, { day: actor.today })
    expect(JSON.stringify(matrix.lines.find(line => line.organisation.slug === 'caf'))).toContain('Léa Bonnet')
    const lines = await demo.handle.db.select().from(journal).where(eq(journal.subjectKind, 'proposal'))
    expect(lines.map(({ verb }) => verb).sort()).toEqual([
      'proposal.accept',
      'proposal.create',
      'proposal.create',
      'proposal.return',
    ])
    expect(JSON.stringify(lines)).not.toContain('Bonnet')
  })

  it('[H42] accepts, for the same account, somebody whose address changed while the proposal waited', async () => {
    const former = 'ines.faure@elsewhere.test'
    const at = demo.clock.now()
    const [account] = await demo.handle.db
      .insert(accounts)
      .values({ email: former, givenName: 'Inès', familyName: 'Faure', createdAt: at })
      .returning({ id: accounts.id })
    const accountId = account?.id ?? ''
    const named = { givenName: 'Inès', familyName: 'Faure', email: former, carriesVoice: false }
    const proposalId = await propose(named)
    const administrateur = await personOf(demo, cast.administrateur)
    await demo.services.accounts.changeEmailFor(administrateur, { accountId, email: 'ines.faure@caf.test' })
    await demo.services.proposals.acceptProposal(await chef(), { proposalId, ...accepted, carriesVoice: false })
    expect(await rowOf(proposalId)).toMatchObject({ accountId, mandateId: expect.any(String) })
    expect(await demo.handle.db.$count(mandates, eq(mandates.accountId, accountId))).toBe(1)
    expect(await demo.handle.db.$count(accounts, eq(accounts.email, former))).toBe(0)
  })

  it('[H42] two answers at once: one is kept, the other is told', async () => {
    const proposalId = await propose({ familyName: 'Roche', email: 'lea.roche@caf.test', carriesVoice: false })
    const actor = await chef()
    const both = await Promise.allSettled([
      demo.services.proposals.acceptProposal(actor, { proposalId, ...accepted, carriesVoice: false }),
      demo.services.proposals.returnProposal(actor, { proposalId, reason: 'Non.' }),
    ])
    const refusals = both.flatMap(each => (each.status === 'rejected' ? [each.reason as Error] : []))
    expect(refusals).toHaveLength(1)
    expect(refusals[0]).toMatchObject({ status: 409 })
    expect(refusals[0]?.message).toMatch(
      /^Cette proposition est déjà (acceptée|retournée), par Nadège Fauré, le 12.mars 2027\./,
    )
    const mails = await written(proposalId)
    expect(mails.map(mail => mail.kind).filter(each => each !== 'proposition_recue')).toHaveLength(1)
  })

  it('[H43] is withdrawn while nobody has answered, and never after', async () => {
    const proposalId = await propose({ familyName: 'Ferrié', email: 'lea.ferrie@caf.test', carriesVoice: false })
    await refused(demo.services.proposals.withdrawProposal(await chef(), proposalId), 403)
    await demo.services.proposals.withdrawProposal(await correspondant(), proposalId)
    expect((await rowOf(proposalId)).state).toBe('retiree')
    expect(await words(proposalId, 'proposition_recue')).toBeNull()
    await refused(demo.services.proposals.withdrawProposal(await correspondant(), proposalId), 409)
    await refused(demo.services.proposals.acceptProposal(await chef(), { proposalId, ...accepted }), 409)
  })

  it('is judged as a designation, when it is made and again when it is accepted', async () => {
    // Somebody carries the CAF's voice there since the first test.
    await refused(propose({ email: 'autre@caf.test' }), 422)
    const waiting = await propose({ familyName: 'Astier', email: 'lea.astier@caf.test', carriesVoice: false })
    const before = await demo.handle.db.$count(mandates)
    await refused(demo.services.proposals.acceptProposal(await chef(), { proposalId: waiting, ...accepted }), 422)
    expect(await demo.handle.db.$count(mandates), 'nothing is half done').toBe(before)
    expect((await rowOf(waiting)).state).toBe('proposee')
  })

  it('[H40] chooses among those of the institution, and keeps their address from the correspondant', async () => {
    const choices = await demo.services.proposals.proposalChoices(await correspondant(), { instance: 'national-2' })
    const known = choices.people.find(person => person.name.includes('Theron')) ?? expect.fail('nobody known')
    expect(JSON.stringify(choices)).not.toContain('@')
    const named = { givenName: '', familyName: '', email: '', carriesVoice: false }
    const proposalId = await propose({ ...named, accountId: known.accountId })
    const mine = await demo.services.proposals.proposalPage(await correspondant(), proposalId)
    expect(mine).toMatchObject({ email: null, familyName: 'Theron' })
    expect((await demo.services.proposals.proposalPage(await chef(), proposalId)).email).toContain('@')
    await refused(propose({ ...named, accountId: await demo.accountIdOf(cast.membreOffre) }), 422)
  })

  it('[H34] tells whose account an address is to the chef de projet of the same consortium alone', async () => {
    const known = await propose({ email: cast.membreOffre, carriesVoice: false })
    expect((await demo.services.proposals.proposalPage(await chef(), known)).knownAs).not.toBeNull()
    const foreign = await propose({ email: cast.copiloteVar, carriesVoice: false })
    expect((await demo.services.proposals.proposalPage(await chef(), foreign)).knownAs).toBeNull()
    // Accounts are shared: somebody of another consortium may sit here too.
    await demo.services.proposals.acceptProposal(await chef(), {
      proposalId: foreign,
      ...accepted,
      carriesVoice: false,
    })
    expect((await rowOf(foreign)).state).toBe('acceptee')
  })

  it('[H40] proposes somebody until a day, and the assistant of a representative', async () => {
    const known = { civilite: 'monsieur', carriesVoice: false, startsOn: '2028-01-10', endsOn: '2028-06-30' }
    const until = await propose({ ...known, familyName: 'Dupuy', email: 'until@caf.test' })
    expect(proposalForm.safeParse({ ...typed, endsOn: '2027-03-31' }).success, 'ends before it begins').toBe(false)
    await demo.services.proposals.acceptProposal(await chef(), {
      proposalId: until,
      functionLabel: 'Membre',
      startsOn: '2028-01-10',
      endsOn: '2028-07-31',
      carriesVoice: false,
    })
    const served = await mandateOf(until)
    expect(served?.endsOn, 'as the chef de projet adjusted it').toBe('2028-07-31')
    expect(proposalForm.safeParse({ ...typed, function: 'assistant' }).success, 'of whom?').toBe(false)
    const assistant = { ...known, function: 'assistant', titulaireMandateId: served?.id, email: 'assistante@caf.test' }
    await refused(propose({ ...assistant, endsOn: '' }), 422, /doit tenir dans ces dates/)
    const assists = await propose(assistant)
    await demo.services.proposals.acceptProposal(await chef(), {
      proposalId: assists,
      functionLabel: 'Assistante',
      startsOn: '2028-01-10',
      carriesVoice: false,
    })
    expect(await mandateOf(assists)).toMatchObject({
      function: 'assistant',
      titulaireMandateId: served?.id,
      readsDossier: false,
      endsOn: '2028-06-30',
    })
  })

  it('[H40] [H42] proposes the end of a mandate, without a successor; accepted, it ends with who serves it', async () => {
    const mandateId = await seated('fin.proposee@caf.test')
    const servingId = await seated('seconde@caf.test', { function: 'assistant', titulaireMandateId: mandateId })
    const end = (endsOn: string) => ({ form: endingProposalForm.parse({ mandateId, endsOn, message: 'Elle part.' }) })
    const { proposals } = demo.services
    for (const email of [cast.membreInstitutionnel, cast.chef]) {
      await refused(proposals.proposeEnding(await demo.actorOf(email), end('2029-06-30')), 403)
    }
    await refused(proposals.proposeEnding(await demo.actorOf(cast.chefVar), end('2029-06-30')), 404)
    await refused(proposals.proposeEnding(await correspondant(), end('2028-12-31')), 422, /commence le/)
    const { proposalId } = await proposals.proposeEnding(await correspondant(), end('2029-06-30'))
    await refused(proposals.proposeEnding(await correspondant(), end('2029-07-30')), 422, /déjà proposée/)
    expect((await words(proposalId, 'proposition_recue'))?.subject).toMatch(/^Fin de mandat proposée/)
    const { toExamine } = await demo.services.home.awaiting(await chef())
    expect(toExamine.find(({ id }) => id === proposalId)).toMatchObject({ kind: 'fin' })
    const view = await proposals.proposalPage(await chef(), proposalId)
    expect(view).toMatchObject({ kind: 'fin', endsMandateId: mandateId, endsOn: '2029-06-30', message: 'Elle part.' })

    await refused(proposals.acceptProposal(await chef(), { proposalId, ...accepted }), 409)
    await proposals.returnProposal(await chef(), { proposalId, reason: 'Plus tard ?' })
    const again = await proposals.endingToPropose(await correspondant(), { mandateId, again: proposalId })
    expect(again.previous).toMatchObject({ reason: 'Plus tard ?', endsOn: '2029-06-30' })
    demo.clock.pass(1)
    const second = await proposals.proposeEnding(await correspondant(), end('2029-08-31'))
    await proposals.acceptEnding(await chef(), { proposalId: second.proposalId, lastDay: '2029-09-15' })
    const kept = await demo.handle.db
      .select()
      .from(mandates)
      .where(inArray(mandates.id, [mandateId, servingId]))
    expect(kept.map(({ endsOn }) => endsOn)).toEqual(['2029-09-15', '2029-09-15'])
    expect(await rowOf(second.proposalId)).toMatchObject({ state: 'acceptee', endsOn: '2029-09-15', mandateId: null })
    const told = await words(second.proposalId, 'proposition_acceptee')
    expect(told?.paragraphs.join(' ')).toMatch(/la fin du mandat de .* le 15.sept/)
    await refused(proposals.proposeEnding(await correspondant(), end('2029-10-01')), 422, /finit déjà/)
    await refused(proposals.acceptEnding(await chef(), { proposalId: second.proposalId, lastDay: '2029-09-15' }), 409)
  })

  it('[H42] does not end what has been erased meanwhile', async () => {
    const mandateId = await seated('erreur@caf.test')
    const form = endingProposalForm.parse({ mandateId, endsOn: '2029-06-30' })
    const { proposalId } = await demo.services.proposals.proposeEnding(await correspondant(), { form })
    await demo.services.mandates.eraseMistakenMandate(await chef(), { mandateId })
    await refused(demo.services.proposals.acceptEnding(await chef(), { proposalId, lastDay: '2029-06-30' }), 409)
    await demo.services.proposals.returnProposal(await chef(), { proposalId, reason: 'Supprimé.' })
  })

  it('[H41] is read by the correspondants of the institution and the chef de projet, by nobody else', async () => {
    const [row] = await demo.handle.db.select().from(mandateProposals)
    for (const email of [cast.membreInstitutionnel, cast.observateur, cast.chefVar, cast.copilote1]) {
      await refused(demo.services.proposals.proposalPage(await demo.actorOf(email), row?.id ?? ''), 404)
    }
    expect((await demo.services.proposals.proposalList(await demo.actorOf(cast.copilote1))).rows).toEqual([])
  })

  it('asks for the second factor before a proposal is answered, whatever the answer', async () => {
    const { settings } = demo.context
    const proposalId = await propose({ familyName: 'Lebel', email: 'lea.lebel@caf.test', carriesVoice: false })
    Object.assign(demo.context, { settings: { ...settings, secondFactor: 'required' } })
    try {
      const asked = demo.services.proposals.acceptProposal(await chef(), {
        proposalId,
        ...accepted,
        carriesVoice: false,
      })
      await expect(asked).rejects.toMatchObject({ strength: 'forte' })
      const returned = demo.services.proposals.returnProposal(await chef(), { proposalId, reason: 'Non.' })
      await expect(returned).rejects.toMatchObject({ strength: 'forte' })
      expect((await rowOf(proposalId)).state).toBe('proposee')
    } finally {
      Object.assign(demo.context, { settings })
    }
  })
})
