import { afterAll, beforeAll, describe, it } from 'vitest'
import { databaseKinds } from '../setup/database.ts'
import { type BadInput, expectRefused, meeting, notFound } from './bad-input.ts'
import { unknownId } from './checks.ts'
import { openSite, type Site } from './site.ts'

const fromTheList = 'Choisissez une réunion de la liste.'

describe.each(databaseKinds())('what no person can mean, on %s', { timeout: 60_000 }, kind => {
  let site: Site
  beforeAll(async () => {
    site = await openSite(kind)
  })
  afterAll(() => site.close())

  it('refuses ids of another consortium, unknown or malformed, wherever they stand', async () => {
    const { meetings: m, minutes: c, decisions: d, actions: a } = site.ids
    await expectRefused(site, [
      ...[m.varAnnounced, unknownId, 'reunion', '0', `${m.parcoursRunning}x`, '%F0%9F%98%80', 'a'.repeat(5000)].map(
        id => ({
          what: `a meeting ${id.slice(0, 40)}`,
          who: 'chef' as const,
          asked: { path: `/tarn/reunions/${id}/modification`, form: meeting },
          status: 404,
          says: notFound,
        }),
      ),
      ...[c.varHeld, unknownId, 'x', '__proto__'].flatMap(id =>
        ['validation', 'accord', 'redaction', 'lecture'].map(act => ({
          what: `${act} of minutes ${id}`,
          who: 'chef' as const,
          asked: { path: `/tarn/comptes-rendus/${id}/${act}`, form: {} },
          status: 404,
          says: notFound,
        })),
      ),
      ...[d.ofVar, 'constructor'].map(id => ({
        what: `a decision ${id}`,
        who: 'chef' as const,
        asked: { path: `/tarn/decisions/${id}/retrait`, form: { reason: 'Non' } },
        status: 404,
        says: notFound,
      })),
      {
        what: 'an action of the Var',
        who: 'chef',
        asked: { path: `/tarn/actions/${a.varAction}/avancement`, form: { state: 'faite' } },
        status: 404,
        says: notFound,
      },
      // The right identifier under the wrong consortium, and the wrong session on the right one.
      ...(['chefVar', 'copiloteVar'] as const).flatMap(who => [
        {
          what: 'a meeting of the Tarn',
          who,
          asked: { path: `/var/reunions/${m.parcoursRunning}` },
          status: 404,
          says: notFound,
        },
        { what: 'the Tarn', who, asked: { path: `/tarn/reunions/${m.varAnnounced}` }, status: 404, says: notFound },
      ]),
    ])
  })

  it('refuses an id of one thing in the form of another', async () => {
    const { meetings: m, minutes: c, decisions: d } = site.ids
    const approval = (meetingId: string): BadInput => ({
      what: `minutes approved at ${meetingId}`,
      asked: { path: `/tarn/comptes-rendus/${c.parcoursDistributed}/approbation`, form: { meetingId } },
      status: 422,
      says: fromTheList,
    })
    const placement = (meetingId: string, says = fromTheList, status = 422): BadInput => ({
      what: `a proposal placed on ${meetingId}`,
      who: 'presidentStrategique',
      asked: { path: `/tarn/decisions/${d.proposed}/inscription`, form: { meetingId } },
      status,
      says,
    })
    const result = (fields: Record<string, string>, says: string, status = 422): BadInput => ({
      what: `a result ${Object.values(fields).join(' ').slice(0, 60)}`,
      who: 'presidentStrategique',
      asked: {
        path: `/tarn/decisions/${d.proposed}/resultat`,
        form: { result: 'rejetee', reason: 'Non', meetingId: m.strategicHeld, ...fields },
      },
      status,
      says,
    })
    await expectRefused(site, [
      ...[m.varHeld, m.offreHeld, m.parcoursRunning, c.parcoursHeld, unknownId, 'x', ''].map(approval),
      ...[m.varAnnounced, m.offreAnnounced, unknownId, 'x', ''].map(id => placement(id)),
      placement(m.strategicHeld, 'Cette réunion a déjà commencé ou n’aura pas lieu', 409),
      result({ meetingId: m.varHeld }, fromTheList),
      result({ meetingId: m.offreHeld }, fromTheList),
      result({ meetingId: 'x' }, 'Choisissez la réunion dans laquelle la décision a été prise.'),
      result({ meetingId: m.strategicAnnounced }, 'Cette réunion n’est pas encore tenue', 409),
      result({ meetingId: m.strategicApproved }, 'Choisissez une réunion qui a eu lieu après la proposition.'),
      result({ result: 'acceptee' }, 'Choisissez le résultat.'),
      result({ result: '__proto__' }, 'Choisissez le résultat.'),
      result({ reason: '' }, 'Dites pourquoi'),
      result({ reason: 'é'.repeat(160_000) }, 'Ce texte est trop long'),
      editing(
        'a point of another meeting',
        { 'items[0].id': m.varAnnounced, 'items[0].title': 'x' },
        'Rechargez la page',
      ),
      editing('a point that is not one', { 'items[0].id': 'x', 'items[0].title': 'x' }, 'Rechargez la page'),
      attendance(
        'somebody of another body',
        { 'lines[0].mandateId': unknownId, 'lines[0].status': 'present' },
        'Rechargez la page',
      ),
      attendance('nobody', { 'lines[0].mandateId': 'x', 'lines[0].status': 'present' }, 'Rechargez la page'),
      attendance(
        'a presence of its own',
        { 'lines[0].mandateId': unknownId, 'lines[0].status': 'parti' },
        'Choisissez une présence',
      ),
    ])
  })

  it('refuses dates that do not exist, texts that are too long, numbers that are none', async () => {
    const later = { reason: 'Salle prise', day: '2027-08-31', startTime: '09:30' }
    const path = (act: string) => `/tarn/reunions/${site.ids.meetings.parcoursAnnounced}/${act}`
    await expectRefused(site, [
      ...['2027-02-30', '2027-13-01', '0000-00-00', '9999-01-01', '12027-01-01', 'demain', '1e3'].map(day =>
        editing(day, { day }, 'Cette date n’existe pas.'),
      ),
      ...['25:00', '09:60', '9h30', '24:00'].map(startTime =>
        editing(startTime, { startTime }, 'Cette heure n’existe pas.'),
      ),
      editing('an end before the beginning', { endTime: '08:00' }, 'La réunion doit finir après avoir commencé.'),
      editing('a title of 1 MB', { title: 'a'.repeat(1_000_000) }, 'Ce texte est trop long'),
      editing('an invisible character', { title: 'a\u0001b' }, 'caractères invisibles'),
      editing('a link that runs', { link: 'javascript:alert(1)' }, 'Cette adresse doit commencer par https://'),
      editing('1e9 minutes', { 'items[0].title': 'x', 'items[0].durationMinutes': '1e9' }, 'de 1 à 600 minutes'),
      ...['-1', '0', '1.5', 'abc', '', '1e309', '99999999999999999999'].map(revision =>
        editing(`revision ${revision}`, { revision }, 'Rechargez la page'),
      ),
      {
        what: 'a past date',
        asked: { path: path('report'), form: { ...later, day: '2020-01-01' } },
        status: 422,
        says: 'Choisissez une date plus tardive.',
      },
      {
        what: 'no reason',
        asked: { path: path('report'), form: { ...later, reason: ' ' } },
        status: 422,
        says: 'Dites pourquoi',
      },
      {
        what: 'a reason of 1 MB',
        asked: { path: path('annulation'), form: { reason: 'a'.repeat(1_000_000) } },
        status: 422,
        says: 'Ce texte est trop long',
      },
      {
        what: 'a progress that is none',
        asked: { path: `/tarn/actions/${site.ids.actions.actionOfNobody}/avancement`, form: { state: 'presque' } },
        status: 422,
        says: 'Choisissez l’avancement.',
      },
    ])
  })

  function editing(what: string, fields: Record<string, string>, says: string): BadInput {
    const path = `/tarn/reunions/${site.ids.meetings.parcoursAnnounced}/modification`
    return { what, asked: { path, form: { ...meeting, ...fields } }, status: 422, says }
  }

  function attendance(what: string, form: Record<string, string>, says: string): BadInput {
    return {
      what,
      asked: { path: `/tarn/reunions/${site.ids.meetings.parcoursRunning}/presences`, form },
      status: 422,
      says,
    }
  }
})
