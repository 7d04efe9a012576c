import { relayAnswerForm, relayForm, resultForm } from '#server/vocabulary/decision-forms.ts'
import type { DecisionResult } from '#server/vocabulary/decisions.ts'
import {
  digitalAgendas,
  newsletterMeeting,
  offerInventory,
  offerNext,
  restrictedEvaluation,
  restrictedNext,
  trainingQuarter,
} from './meetings/groups.ts'
import { parcoursDiagnostic } from './meetings/parcours-diagnostic.ts'
import { parcoursToday } from './meetings/parcours-today.ts'
import { parcoursTrial } from './meetings/parcours-trial.ts'
import { institutionalConvention, institutionalNext, strategicAnswers, strategicNext } from './meetings/steering.ts'
import { strategicOrientations } from './meetings/strategic-orientations.ts'
import { fr } from './prose.ts'
import type { Stage, StagedMeeting } from './stage.ts'

const chef = 'chef-de-projet'
const president = 'president.strategique'
const secretaire = 'secretaire.institutionnel'
const copilote1 = 'copilote-1.parcours'
const copilote2 = 'copilote-2.parcours'

/** What the Tarn has lived, in the order of time; days are counted from today. */
export async function playTarn(stage: Stage): Promise<void> {
  const strategic = await orientationsAreSet(stage)
  const proposals = await parcoursProposes(stage)
  await institutionalAnswers(stage, strategic.convention)
  await groupsGoOn(stage)
  await strategicAnswersParcours(stage, { ...strategic, ...proposals })
  await recentDays(stage, proposals.trial)
  await today(stage)
}

/** Days -100 to -62: the strategic instance sets its orientations; its minutes are sealed. */
async function orientationsAreSet(stage: Stage) {
  stage.goTo(-100, '09:15')
  const orientations = await stage.createMeeting(president, 'strategique', -77, strategicOrientations)
  stage.goTo(-95, '10:00')
  await stage.announce(president, orientations)
  stage.goTo(-90, '11:00')
  const convention = await stage.createMeeting(secretaire, 'institutionnelle', -34, institutionalConvention)

  stage.goToMeeting(orientations, '14:00')
  await stage.open(president, orientations, {
    'sylvie.darde': 'excuse',
    'cyril.bonnafous': 'absent',
    'karine.roumegoux': 'distance',
    'franck.seguy': { representedBy: 'M. Quentin Marsal' },
  })
  await stage.close(president, orientations)
  stage.goTo(-75, '10:20')
  await stage.write(chef, orientations)
  await stage.startProofreading(chef, orientations)
  stage.goTo(-70, '17:05')
  await stage.validate(president, orientations)
  await record(stage, president, 'note-nationale', orientations, 'prise_d_acte')

  stage.goTo(-64, '09:40')
  for (const key of ['elargissement-ccas', 'redeploiement-communication']) {
    await placeOnAgenda(stage, secretaire, key, convention)
  }
  return { orientations, convention }
}

/** Days -66 to -38: the group Parcours writes its proposals, both copilotes agree, the minutes are sealed. */
async function parcoursProposes(stage: Stage) {
  const diagnostic = await stage.createMeeting(copilote1, 'parcours', -48, parcoursDiagnostic)
  stage.goTo(-61, '08:50')
  await stage.announce(copilote1, diagnostic)
  stage.goTo(-60, '14:10')
  await stage.announce(secretaire, stage.latest('institutionnelle'))
  stage.goToMeeting(diagnostic, '09:30')
  await stage.open(copilote1, diagnostic, {
    'julien.regis': 'excuse',
    'mathieu.lagarrigue': 'distance',
    'nicolas.barrau': 'distance',
    'membre.parcours': 'present',
  })
  await stage.close(copilote1, diagnostic)
  stage.goTo(-46, '11:30')
  await stage.write('prestataire', diagnostic)
  stage.goTo(-45, '09:10')
  await stage.startProofreading(copilote1, diagnostic)
  stage.goTo(-44, '16:40')
  await stage.approve(copilote1, diagnostic)
  stage.goTo(-41, '18:20')
  await stage.validate(copilote2, diagnostic)
  stage.goTo(-40, '10:00')
  const trial = await stage.createMeeting(copilote2, 'parcours', -9, parcoursTrial)
  return { diagnostic, trial }
}

/** Days -40 to -30: the institutional instance meets, and answers the strategic one. */
async function institutionalAnswers(stage: Stage, convention: StagedMeeting) {
  const offer = await stage.createMeeting('copilote-1.offre', 'offre', -20, offerInventory)
  stage.goTo(-36, '10:15')
  await stage.announce('copilote-1.offre', offer)
  await stage.updateProgress('membre.strategique', 'faite')
  stage.goToMeeting(convention, '10:00')
  await stage.open(secretaire, convention, { 'alain.vayssiere': 'excuse', 'emilie.soulie': 'absent' })
  await stage.close(secretaire, convention)
  stage.goTo(-33, '09:30')
  await record(stage, secretaire, 'elargissement-ccas', convention, 'adoptee')
  await record(
    stage,
    secretaire,
    'redeploiement-communication',
    convention,
    'rejetee',
    'Les crédits de communication sont engagés jusqu’à la fin de la convention ; les immersions se font sur le temps de travail.',
  )
  await stage.write(secretaire, convention)

  const next = await stage.createMeeting(secretaire, 'institutionnelle', 27, institutionalNext)
  stage.goTo(-30, '14:00')
  await placeOnAgenda(stage, secretaire, 'quinze-jours', next)
  const id = await stage.decision('agenda-partage')
  await stage.services.decisions.withdrawDecision(await stage.as(copilote1), {
    decisionId: id,
    reason: fr('Trois institutions ont déjà un agenda que les autres peuvent consulter : l’achat n’est plus utile.'),
  })
}

/** Days -30 to -20: the other groups meet. */
async function groupsGoOn(stage: Stage) {
  const trial = stage.latest('parcours')
  await stage.announce(copilote2, trial)
  const answers = await stage.createMeeting(president, 'strategique', -17, strategicAnswers)
  await stage.announce(president, answers)
  for (const key of ['essai-trame', 'essai-dora']) await placeOnAgenda(stage, president, key, answers)

  const restricted = await stage.createMeeting(chef, 'restreint', -27, restrictedEvaluation)
  await stage.announce(chef, restricted)
  const newsletter = await stage.createMeeting(chef, 'info-com', -6, newsletterMeeting)
  const training = await stage.createMeeting(chef, 'formation', -5, trainingQuarter)
  stage.goToMeeting(restricted, '11:00')
  await stage.open(chef, restricted)
  await stage.close(chef, restricted)
  stage.goTo(-26, '15:00')
  await stage.write(chef, restricted)
  stage.goTo(-25, '09:00')
  await stage.announce(chef, newsletter)
  await stage.announce(chef, training)

  const offer = stage.latest('offre')
  stage.goToMeeting(offer, '14:00')
  await stage.open('copilote-1.offre', offer, { 'damien.fraysse': 'absent', 'quentin.marsal': 'distance' })
  await stage.close('copilote-1.offre', offer)
  stage.goTo(-19, '10:00')
  await stage.write('prestataire', offer)
}

/** Days -17 to -15: the strategic instance answers the group Parcours and approves its previous minutes. */
async function strategicAnswersParcours(stage: Stage, { orientations }: { orientations: StagedMeeting }) {
  const answers = stage.latest('strategique')
  stage.goToMeeting(answers, '14:00')
  await stage.open(president, answers, { 'laure.vidalenc': 'excuse', 'bruno.caillol': 'distance' })
  await stage.close(president, answers)
  stage.goTo(-16, '09:00')
  await record(stage, president, 'essai-trame', answers, 'adoptee')
  await record(
    stage,
    chef,
    'essai-dora',
    answers,
    'ajournee',
    'L’avis des délégués à la protection des données est attendu sur Carnet de bord.',
  )
  await stage.services.minutes.recordMinutesApproval(await stage.as(president), {
    minutesId: orientations.minutesId,
    meetingId: answers.id,
  })
  await trialIsRelayed(stage)
  stage.goTo(-15, '16:00')
  await stage.write(chef, answers)
  const next = await stage.createMeeting(president, 'strategique', 13, strategicNext)
  stage.goTo(-14, '09:00')
  await stage.announce(president, next)
  await stage.announce(secretaire, stage.latest('institutionnelle'))
  const restricted = await stage.createMeeting(chef, 'restreint', 6, restrictedNext)
  await stage.announce(chef, restricted)
  const offer = await stage.createMeeting('copilote-1.offre', 'offre', 10, offerNext)
  await stage.announce('copilote-1.offre', offer)
}

/** The trial is to be relayed by every institution; two have answered, one of them by telephone. */
async function trialIsRelayed(stage: Stage): Promise<void> {
  const decisionId = await stage.decision('essai-trame')
  const form = relayForm.parse({
    dueOn: stage.calendar.workingDay(12),
    instructions: fr(
      'Aux référents de parcours : la trame est à l’essai, leurs remarques vont aux copilotes du groupe.',
    ),
  })
  await stage.services.decisions.askRelay(await stage.as(president), { decisionId, form })
  const relayedOn = stage.calendar.workingDay(-16)
  for (const [organisation, note] of [
    ['departement', 'Réunion des responsables de territoire'],
    ['cpam', 'Note de service ; dit par téléphone au chef de projet'],
  ] as const) {
    const answer = relayAnswerForm.parse({ outcome: 'relayee', relayedOn, note: fr(note) })
    await stage.services.decisions.answerRelay(await stage.as(chef), { decisionId, organisation, form: answer })
  }
}

/** Days -12 to -1: a meeting put off, one cancelled, minutes in proofreading that wait for the second copilote. */
async function recentDays(stage: Stage, trial: StagedMeeting) {
  stage.goTo(-12, '11:45')
  const training = stage.latest('formation')
  await stage.services.meetings.postponeMeeting(await stage.as(chef), {
    meetingId: training.id,
    reason: fr('Trois responsables de formation sont retenus ce jour-là.'),
    day: stage.calendar.workingDay(18),
    startTime: '09:30',
  })
  stage.goToMeeting(trial, '09:30')
  await stage.open(copilote2, trial, { 'fatou.diarra': 'excuse', 'clotilde.azemar': 'distance' })
  await stage.close(copilote2, trial)
  stage.goTo(-8, '09:20')
  await stage.services.meetings.cancelMeeting(await stage.as(chef), {
    meetingId: stage.latest('info-com').id,
    reason: fr('Le sommaire est arrêté par courriel : la réunion n’est plus nécessaire.'),
  })
  await stage.write('prestataire', trial)
  const running = await stage.createMeeting(copilote1, 'parcours', 0, parcoursToday)
  await stage.invite('invite.parcours', running)
  stage.goTo(-7, '10:10')
  await stage.announce(copilote1, running)
  await stage.updateProgress('membre.parcours', 'en_cours')
  stage.goTo(-3, '09:00')
  await stage.startProofreading(copilote2, trial)
  stage.goTo(-2, '17:30')
  await stage.approve(copilote1, trial)
  await stage.createMeeting('copilote-1.numerique', 'numerique', 16, digitalAgendas)
}

/** Today: the group Parcours is meeting, and its draft is open. */
async function today(stage: Stage) {
  const running = stage.latest('parcours')
  stage.goToMeeting(running, stage.calendar.todaysStart)
  await stage.open(copilote1, running, { 'delphine.gaubert': 'excuse', 'nicolas.barrau': 'distance' })
  await stage.write(copilote1, running)
}

async function placeOnAgenda(stage: Stage, by: string, key: string, meeting: StagedMeeting): Promise<void> {
  const decisionId = await stage.decision(key)
  await stage.services.decisions.placeOnAgenda(await stage.as(by), { decisionId, meetingId: meeting.id })
}

async function record(
  stage: Stage,
  by: string,
  key: string,
  meeting: StagedMeeting,
  result: DecisionResult,
  reason = '',
): Promise<void> {
  const form = resultForm.parse({ result, meetingId: meeting.id, reason: fr(reason) })
  await stage.services.decisions.recordResult(await stage.as(by), { decisionId: await stage.decision(key), form })
}
