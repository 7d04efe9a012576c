import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { rowsOf } from '#db/client.ts'
import { writeLiveText } from '#db/demo/write-live-text.ts'
import {
  accounts,
  actionItems,
  decisions,
  journal,
  liveTexts,
  minutes,
  minutesRecipients,
  minutesVersions,
  pointsOfAttention,
} from '#db/schema/index.ts'
import { closeLiveText, readLiveText } from '#server/collaboration/stored-text.ts'
import { type SealedStatement, verifySeal } from '#server/domain/minutes/seal.ts'
import { Refusal } from '#server/errors.ts'
import { type CastDatabase, cast, castDatabase, castNow } from '../cast.ts'
import { databaseKinds } from '../setup/database.ts'
import {
  actionBlock,
  approve,
  decisionBlock,
  doc,
  heldMeeting,
  instanceIdOf,
  paragraph,
  refused,
  sealedParcours,
  seen,
  statesOf,
  validate,
  vigilanceBlock,
  write,
} from './acts.ts'

describe.each(databaseKinds())('sealing minutes on %s', kind => {
  let demo: CastDatabase
  beforeAll(async () => {
    demo = await castDatabase(kind)
  })
  beforeEach(() => demo.clock.set(castNow))
  afterAll(() => demo.close())

  const versionOf = async (minutesId: string) => {
    const [row] = await demo.handle.db.select().from(minutesVersions).where(eq(minutesVersions.minutesId, minutesId))
    if (!row) throw new Error('not sealed')
    return row
  }

  it('[M15] covers the text, the meeting, the attendance, the outcomes, the agreements', async () => {
    const { mandateIds } = await demo.actorOf(cast.membre)
    const { meetingId, minutesId, day } = await sealedParcours(
      demo,
      '2027-03-11',
      doc(
        paragraph('Introduction.'),
        decisionBlock('organisation_interne', 'Se réunir le mardi.', { reasons: 'Les agences ferment le lundi.' }),
        actionBlock('Appeler la CPAM.', { ownerKind: 'personne', ownerId: mandateIds[0], ownerLabel: 'Mme Bensaïd' }),
        vigilanceBlock('Les délais ne se comparent pas.'),
      ),
    )
    const version = await versionOf(minutesId)
    const statement = JSON.parse(version.sealedStatement) as SealedStatement
    expect(statement).toMatchObject({
      format: 1,
      version: 1,
      minutesId,
      instance: { name: 'Groupe opérationnel Parcours' },
      meeting: { id: meetingId, startsAt: `${day}T08:30:00.000Z`, place: 'Albi' },
      agenda: [{ title: 'Point d’étape' }],
      decisions: [{ wording: 'Se réunir le mardi.', reasons: 'Les agences ferment le lundi.' }],
      actions: [{ wording: 'Appeler la CPAM.', ownerLabel: 'Mme Bensaïd' }],
      pointsOfAttention: [{ wording: 'Les délais ne se comparent pas.' }],
      approvals: [{ name: 'Mme\u00A0Hélène Castagné' }, { name: 'M.\u00A0Yannick Pradel' }],
      sealedBy: { name: 'Yannick Pradel' },
    })
    expect(statement.attendance.length).toBeGreaterThan(8)
    expect(statement.blocks).toHaveLength(4)
    expect(version.salts).toHaveLength(4)
    expect(verifySeal(version)).toEqual({ sealHolds: true, blocks: 4, brokenBlocks: [] })
  })

  it('[M14][M22] enters decisions, actions and points in the registers, with the sealed wording', async () => {
    const { mandateIds } = await demo.actorOf(cast.membre)
    const numerique = await instanceIdOf(demo, 'numerique')
    const varInstance = await instanceIdOf(demo, 'departementale', 'var')
    const { meetingId, minutesId } = await sealedParcours(
      demo,
      '2027-03-10',
      doc(
        decisionBlock('experimentation', 'Essayer à Gaillac.', { reasons: 'L’équipe est prête.' }),
        decisionBlock(null, 'Sans nature.'),
        actionBlock('À une personne.', { ownerKind: 'personne', ownerId: mandateIds[0], dueOn: '2027-04-30' }),
        actionBlock('À une instance.', { ownerKind: 'instance', ownerId: numerique, ownerLabel: 'Numérique' }),
        actionBlock('À une instance d’ailleurs.', { ownerKind: 'instance', ownerId: varInstance, ownerLabel: 'Var' }),
        actionBlock('À un nom.', { ownerLabel: 'M. Personne', dueOn: '2027-02-30' }),
        vigilanceBlock('Attention.'),
      ),
    )
    const proposed = await demo.handle.db
      .select()
      .from(decisions)
      .where(eq(decisions.minutesId, minutesId))
      .orderBy(decisions.wording)
    expect(proposed).toMatchObject([
      {
        state: 'proposee',
        nature: 'experimentation',
        wording: 'Essayer à Gaillac.',
        reasons: 'L’équipe est prête.',
        originMeetingId: meetingId,
        proposingInstanceId: await instanceIdOf(demo, 'parcours'),
        competentInstanceId: await instanceIdOf(demo, 'strategique'),
      },
      { state: 'proposee', nature: 'autre', wording: 'Sans nature.' },
    ])
    const acting = await demo.handle.db
      .select()
      .from(actionItems)
      .where(eq(actionItems.minutesId, minutesId))
      .orderBy(actionItems.wording)
    expect(acting.map(row => [row.wording, row.ownerKind, row.ownerLabel, row.dueOn, row.state])).toEqual([
      ['À un nom.', null, 'M. Personne', null, 'a_faire'],
      ['À une instance d’ailleurs.', null, 'Var', null, 'a_faire'],
      ['À une instance.', 'instance', 'Numérique', null, 'a_faire'],
      ['À une personne.', 'personne', '', '2027-04-30', 'a_faire'],
    ])
    const points = await demo.handle.db
      .select()
      .from(pointsOfAttention)
      .where(eq(pointsOfAttention.minutesId, minutesId))
    expect(points.map(point => point.wording)).toEqual(['Attention.'])
  })

  it('[M14] gives an identifier of its own to a block copied with that of another, or without any', async () => {
    const id = '00000000-0000-4000-8000-0000000000aa'
    const { minutesId } = await sealedParcours(
      demo,
      '2027-03-09',
      doc(
        decisionBlock('production', 'Une.', { id }),
        decisionBlock('production', 'Deux.', { id }),
        decisionBlock('production', 'Trois.', { id: null }),
      ),
    )
    const rows = await demo.handle.db.select().from(decisions).where(eq(decisions.minutesId, minutesId))
    expect(rows.map(row => row.wording).sort()).toEqual(['Deux.', 'Trois.', 'Une.'])
    expect(new Set(rows.map(row => row.blockId)).size).toBe(3)
    expect(verifySeal(await versionOf(minutesId)).brokenBlocks).toEqual([])
  })

  it('[M16] says which block was tampered with, and that a statement was', async () => {
    const { minutesId } = await sealedParcours(demo, '2027-03-08', doc(paragraph('Un.'), paragraph('Deux.')))
    const version = await versionOf(minutesId)
    const content = version.content as ReturnType<typeof doc>
    const tampered = { ...content, content: [content.content?.[0], paragraph('Deux, autrement.')] }
    expect(verifySeal({ ...version, content: tampered })).toMatchObject({ sealHolds: true, brokenBlocks: [1] })
    const shorter = { ...content, content: content.content?.slice(0, 1) }
    expect(verifySeal({ ...version, content: shorter })).toMatchObject({ sealHolds: false, brokenBlocks: [1] })
    const forged = version.sealedStatement.replace('Yannick Pradel', 'Quelqu’un d’autre')
    expect(forged).not.toBe(version.sealedStatement)
    expect(verifySeal({ ...version, sealedStatement: forged }).sealHolds).toBe(false)
    const salts = [version.salts[1] ?? '', version.salts[0] ?? '']
    expect(verifySeal({ ...version, salts }).brokenBlocks).toEqual([0, 1])
  })

  it('[M16] gives two identical blocks different hashes: none tells what the other says', async () => {
    const { minutesId } = await sealedParcours(demo, '2027-03-05', doc(paragraph('Même.'), paragraph('Même.')))
    const statement = JSON.parse((await versionOf(minutesId)).sealedStatement) as SealedStatement
    expect(new Set(statement.blocks).size).toBe(2)
  })

  it('[M18] leaves nothing that can be changed, even by direct SQL', async () => {
    const { minutesId } = await sealedParcours(
      demo,
      '2027-03-04',
      doc(paragraph('Scellé.'), decisionBlock('production', 'Garder.')),
    )
    const forbidden = [
      sql`update minutes_versions set content = '{}'::jsonb where minutes_id = ${minutesId}`,
      sql`update minutes_versions set seal = 'x' where minutes_id = ${minutesId}`,
      sql`update minutes_versions set pdf = null, pdf_hash = null where minutes_id = ${minutesId}`,
      sql`delete from minutes_versions where minutes_id = ${minutesId}`,
      sql`update live_texts set closed_at = null where minutes_id = ${minutesId}`,
      sql`update live_texts set state = ''::bytea where minutes_id = ${minutesId}`,
      sql`delete from live_texts where minutes_id = ${minutesId}`,
      sql`update decisions set wording = 'autre' where minutes_id = ${minutesId}`,
      sql`update decisions set competent_instance_id = proposing_instance_id where minutes_id = ${minutesId}`,
      sql`delete from decisions where minutes_id = ${minutesId}`,
      sql`update register_events set payload = '{}'::jsonb`,
      sql`delete from register_events`,
      sql`update journal set verb = 'x'`,
      sql`delete from journal`,
      sql`truncate journal`,
      sql`truncate register_events`,
    ]
    for (const statement of forbidden) {
      await expect(rowsOf(demo.handle.db, statement), JSON.stringify(statement.queryChunks)).rejects.toThrow()
    }
    expect(verifySeal(await versionOf(minutesId)).sealHolds).toBe(true)
  })

  it('[M18] leaves no service that changes them, for anybody', async () => {
    const { meetingId, minutesId } = await sealedParcours(demo, '2027-03-03', doc(paragraph('Scellé.')))
    const { minutes: verbs, liveAccess } = demo.services
    const fingerprint = await seen(demo, minutesId)
    for (const email of [cast.copilote1, cast.copilote2, cast.chef]) {
      const as = await demo.actorOf(email)
      const again = { minutesId, seen: fingerprint, acceptWarnings: true, distribute: true }
      await refused(verbs.resumeDrafting(as, minutesId), 409)
      await refused(verbs.startProofreading(as, minutesId), 409)
      await refused(verbs.setOpenToMembers(as, { minutesId, open: true }), 409)
      await refused(verbs.approveMinutes(as, { minutesId, seen: fingerprint }), 409)
      await refused(verbs.validateMinutes(as, again), 409)
      await refused(verbs.validateMinutesInAbsence(as, again), 409)
      await refused(verbs.distributeMinutes(as, minutesId), 409)
      expect(await liveAccess([{ accountId: as.accountId, minutesId, epoch: 1 }])).toEqual([null])
    }
    const tried = demo.handle.db.transaction(async tx =>
      closeLiveText(tx, await readLiveText(tx, { minutesId, epoch: 1 }, { lock: 'update' }), castNow),
    )
    await expect(tried).rejects.toThrow('closed')
    expect((await statesOf(demo, minutesId))?.meeting).toBe('tenue')
    expect(meetingId).not.toBe('')
  })

  it('[M17] lets one of two validations at the same instant win; the other is told', async () => {
    const { minutesId } = await heldMeeting(demo, cast.copilote1, 'parcours', { day: '2027-03-02' })
    await write(demo, cast.copilote1, minutesId, doc(paragraph('Texte.'), decisionBlock('production', 'Une fois.')))
    await demo.services.minutes.startProofreading(await demo.actorOf(cast.copilote1), minutesId)
    await approve(demo, cast.copilote1, minutesId)
    await approve(demo, cast.copilote2, minutesId)
    const outcomes = await Promise.allSettled([
      validate(demo, cast.copilote1, minutesId),
      validate(demo, cast.copilote2, minutesId),
      validate(demo, cast.copilote1, minutesId),
    ])
    const lost = outcomes.filter(each => each.status === 'rejected').map(each => each.reason as Error)
    expect(lost).toHaveLength(2)
    expect(lost.map(error => error instanceof Refusal && error.status)).toEqual([409, 409])
    expect(await demo.handle.db.$count(minutesVersions, eq(minutesVersions.minutesId, minutesId))).toBe(1)
    expect(await demo.handle.db.$count(decisions, eq(decisions.minutesId, minutesId))).toBe(1)
  })

  it('[M7] refuses a validation of a text that somebody is changing', async () => {
    const { minutesId } = await heldMeeting(demo, cast.copilote1, 'parcours', { day: '2027-03-01' })
    await write(demo, cast.copilote1, minutesId, doc(paragraph('Avant.')))
    const me = await demo.actorOf(cast.copilote1)
    await demo.services.minutes.startProofreading(me, minutesId)
    await approve(demo, cast.copilote2, minutesId)
    const stale = await seen(demo, minutesId)
    await write(demo, cast.copilote2, minutesId, doc(paragraph('Après.')))
    const tried = demo.services.minutes.validateMinutes(me, {
      minutesId,
      seen: stale,
      acceptWarnings: true,
      distribute: true,
    })
    await refused(tried, 409, /Le texte a changé/)
  })

  it('[M14] seals what the database holds: the journal after the snapshot included', async () => {
    const { minutesId } = await heldMeeting(demo, cast.copilote1, 'parcours', { day: '2027-02-26' })
    const accountId = await demo.accountIdOf(cast.copilote1)
    for (const words of ['Un.', 'Un. Deux.', 'Un. Deux. Trois.']) {
      await writeLiveText(demo.handle.db, { minutesId, content: doc(paragraph(words)), accountId, at: castNow })
    }
    await demo.services.minutes.startProofreading(await demo.actorOf(cast.copilote1), minutesId)
    await approve(demo, cast.copilote1, minutesId)
    await validate(demo, cast.copilote2, minutesId)
    expect(JSON.stringify((await versionOf(minutesId)).content)).toContain('Un. Deux. Trois.')
    const [text] = await demo.handle.db.select().from(liveTexts).where(eq(liveTexts.minutesId, minutesId))
    expect(text?.closedAt).not.toBeNull()
  })

  it('[M14] leaves no trace when it fails half-way', async () => {
    const { minutesId } = await heldMeeting(demo, cast.copilote1, 'parcours', { day: '2027-02-25' })
    await write(demo, cast.copilote1, minutesId, doc(decisionBlock('production', 'Une.'), actionBlock('')))
    await demo.services.minutes.startProofreading(await demo.actorOf(cast.copilote1), minutesId)
    await approve(demo, cast.copilote1, minutesId)
    const before = await demo.handle.db.$count(journal)
    await refused(validate(demo, cast.copilote2, minutesId), 422)
    expect(await demo.handle.db.$count(decisions, eq(decisions.minutesId, minutesId))).toBe(0)
    expect(await demo.handle.db.$count(minutesVersions, eq(minutesVersions.minutesId, minutesId))).toBe(0)
    expect((await readLiveText(demo.handle.db, { minutesId, epoch: 1 })).closedAt).toBeNull()
    expect(await demo.handle.db.$count(journal)).toBe(before)
  })

  it('[M23] makes the official PDF once and keeps it', async () => {
    const { minutesId } = await sealedParcours(demo, '2027-02-24', doc(paragraph('Imprimé.')))
    const stored = await versionOf(minutesId)
    expect(stored.pdf?.byteLength).toBeGreaterThan(3_000)
    const file = await demo.services.minutes.minutesFile(await demo.actorOf(cast.membre), minutesId)
    expect(file.draft).toBe(false)
    expect(Buffer.compare(file.bytes, stored.pdf ?? new Uint8Array())).toBe(0)
    await refused(demo.services.minutes.minutesFile(await demo.actorOf(cast.observateur), minutesId), 404)
  })

  describe('distributing', () => {
    it('[M24] reaches the body, the attached prestataire and, for a technical group, the strategic instance', async () => {
      const { minutesId } = await sealedParcours(demo, '2027-02-23', doc(paragraph('Diffusé.')))
      const rows = await demo.handle.db
        .select({ email: accounts.email })
        .from(minutesRecipients)
        .innerJoin(accounts, eq(accounts.id, minutesRecipients.accountId))
        .where(eq(minutesRecipients.minutesId, minutesId))
      const emails = rows.map(row => row.email)
      expect(emails).toEqual(
        expect.arrayContaining([
          cast.copilote1,
          cast.membre,
          cast.suppleant,
          cast.prestataire,
          cast.presidentStrategique,
          cast.membreStrategique,
        ]),
      )
      for (const absent of [cast.ancien, cast.futur, cast.membreOffre, cast.membreRestreint, cast.chef]) {
        expect(emails).not.toContain(absent)
      }
    })

    it('[M24] stays within the body for the others, and suspended accounts receive nothing', async () => {
      const { minutesId } = await heldMeeting(demo, cast.chef, 'restreint', { day: '2027-02-22' })
      await demo.services.minutes.startProofreading(await demo.actorOf(cast.chef), minutesId)
      await validate(demo, cast.chef, minutesId)
      const rows = await demo.handle.db
        .select({ email: accounts.email })
        .from(minutesRecipients)
        .innerJoin(accounts, eq(accounts.id, minutesRecipients.accountId))
        .where(eq(minutesRecipients.minutesId, minutesId))
      expect(rows.map(row => row.email).sort()).toEqual([
        'amandine.rives@tarn.test',
        'beatrice.lavergne@tarn.test',
        cast.membreRestreint,
        'sebastien.theron@tarn.test',
      ])
    })

    it('[M4] may come after validation, and not before', async () => {
      const { minutesId } = await heldMeeting(demo, cast.copilote1, 'parcours', { day: '2027-02-19' })
      await write(demo, cast.copilote1, minutesId, doc(paragraph('Plus tard.')))
      const me = await demo.actorOf(cast.copilote1)
      await demo.services.minutes.startProofreading(me, minutesId)
      await refused(demo.services.minutes.distributeMinutes(me, minutesId), 409, /compte rendu validé/)
      await approve(demo, cast.copilote1, minutesId)
      await validate(demo, cast.copilote2, minutesId, { distribute: false })
      expect(await statesOf(demo, minutesId)).toMatchObject({ minutes: 'valide' })
      await refused(demo.services.minutes.minutesPage(await demo.actorOf(cast.membreStrategique), minutesId), 404)
      await demo.services.minutes.distributeMinutes(me, minutesId)
      await demo.services.minutes.minutesPage(await demo.actorOf(cast.membreStrategique), minutesId)
    })

    it('[M25] is to read until the recipient says so', async () => {
      const { minutesId } = await sealedParcours(demo, '2027-02-18', doc(paragraph('À lire.')))
      const me = await demo.actorOf(cast.membreStrategique)
      const toRead = async () => (await demo.services.home.awaiting(me)).toRead.map(each => each.id)
      expect(await toRead()).toContain(minutesId)
      await demo.services.minutes.markMinutesRead(me, minutesId)
      expect(await toRead()).not.toContain(minutesId)
    })

    it('[M26] is approved at a later held meeting of the same body', async () => {
      const { minutesId } = await sealedParcours(demo, '2027-02-17', doc(paragraph('À approuver.')))
      const earlier = await heldMeeting(demo, cast.copilote1, 'parcours', { day: '2027-02-16' })
      const elsewhere = await heldMeeting(demo, cast.copiloteOffre, 'offre', { day: '2027-03-11' })
      const later = await heldMeeting(demo, cast.copilote1, 'parcours', { day: '2027-03-11', startTime: '08:00' })
      demo.clock.set(castNow)
      const me = await demo.actorOf(cast.copilote2)
      const approveAt = (meetingId: string) => demo.services.minutes.recordMinutesApproval(me, { minutesId, meetingId })
      for (const wrong of [earlier.meetingId, elsewhere.meetingId, 'pas un identifiant']) {
        await refused(approveAt(wrong), 422, /postérieure/)
      }
      await approveAt(later.meetingId)
      const [row] = await demo.handle.db.select().from(minutes).where(eq(minutes.id, minutesId))
      expect(row).toMatchObject({ state: 'approuve', approvedMeetingId: later.meetingId })
      await refused(approveAt(later.meetingId), 409)
    })
  })
})
