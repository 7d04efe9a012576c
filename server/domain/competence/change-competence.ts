import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { competenceRules, instances } from '#db/schema/index.ts'
import { addDays } from '#server/calendar.ts'
import { Conflict, Invalid, NotFound } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import type { CompetenceForm } from '#server/vocabulary/competence-forms.ts'
import { mediumDate } from '#server/vocabulary/french.ts'
import type { JournalDetail } from '#server/vocabulary/journal-details.ts'
import type { Context } from '../context.ts'
import { changeShape, checkVersion } from '../governance/change-shape.ts'
import { type CompetenceRow, rulesOf, rulesVersion } from './competence-page.ts'

/**
 * Makes an instance competent for a nature from a day on: the rule before it ends the day before. Or withdraws a rule that
 * has not begun, or began today. Decisions already proposed keep the instance that was competent for them.
 * @throws NotFound, Forbidden (H33), Conflict, Invalid
 */
export function changeCompetence(context: Context, actor: Actor, form: CompetenceForm): Promise<void> {
  return changeShape(context, actor, 'editCompetence', async tx => {
    const rules = await rulesOf(tx, actor.consortiumId)
    checkVersion(rulesVersion(rules), form.version)
    const { ruleId, ...detail } =
      form.act === 'changer' ? await change(tx, actor, rules, form) : await withdraw(tx, actor, rules, form)
    const verb = form.act === 'changer' ? 'competence.change' : 'competence.withdraw'
    return { verb, subjectKind: 'competenceRule', subjectId: ruleId, detail, result: undefined }
  })
}

/** The rule that was changed, and what the journal keeps of it. */
type Changed = { ruleId: string } & JournalDetail

type Change = Extract<CompetenceForm, { act: 'changer' }>

async function change(tx: Transaction, actor: Actor, rules: readonly CompetenceRow[], form: Change): Promise<Changed> {
  const { nature, startsOn } = form
  const own = rules.filter(rule => rule.nature === nature)
  if (startsOn < actor.today && own.length > 0) {
    throw new Invalid('Une règle ne change pas le passé.', {
      startsOn: ['Choisissez aujourd’hui ou un jour à venir : ce qui fut décidé le fut selon la règle de son jour.'],
    })
  }
  const instanceId = form.instanceId === 'elle-meme' ? null : form.instanceId
  await checkInstance(tx, actor, instanceId, startsOn)
  const before = own.findLast(rule => rule.startsOn < startsOn)
  const same = own.find(rule => rule.startsOn === startsOn)
  const after = own.find(rule => rule.startsOn > startsOn)
  const replaced = same ?? (before && lasts(before, startsOn) ? before : undefined)
  if (replaced?.instanceId === instanceId) {
    throw new Invalid('Cette règle vaut déjà ce jour-là.', {
      instanceId: ['Cette instance est déjà compétente ce jour-là : choisissez-en une autre, ou un autre jour.'],
    })
  }
  const kept = {
    nature,
    startsOn,
    instanceId: replaced ? { before: replaced.instanceId, after: instanceId } : instanceId,
  }
  if (same) {
    await tx.update(competenceRules).set({ instanceId }).where(eq(competenceRules.id, same.id))
    return { ruleId: same.id, ...kept }
  }
  if (before && lasts(before, startsOn)) await endOn(tx, before, addDays(startsOn, -1))
  const endsOn = after ? addDays(after.startsOn, -1) : null
  const [row] = await tx
    .insert(competenceRules)
    .values({ consortiumId: actor.consortiumId, nature, instanceId, startsOn, endsOn })
    .returning({ id: competenceRules.id })
  if (!row) throw new Error('an inserted rule has an id')
  return { ruleId: row.id, ...kept }
}

const lasts = (rule: CompetenceRow, day: string) => rule.endsOn === null || rule.endsOn >= day

async function withdraw(
  tx: Transaction,
  actor: Actor,
  rules: readonly CompetenceRow[],
  { ruleId }: { ruleId: string },
): Promise<Changed> {
  const rule = rules.find(({ id }) => id === ruleId)
  if (!rule) throw new NotFound()
  if (rule.startsOn < actor.today) {
    throw new Conflict('Cette règle a déjà servi : donnez plutôt une nouvelle règle à partir d’un jour à venir.')
  }
  const before = rules.filter(({ nature }) => nature === rule.nature).findLast(each => each.startsOn < rule.startsOn)
  if (!before) throw new Conflict('Chaque nature de décision a une règle : changez celle-ci plutôt.')
  // The instance of the rule before may have been dissolved in between.
  await checkInstance(tx, actor, before.instanceId, rule.endsOn ?? rule.startsOn)
  await tx.delete(competenceRules).where(eq(competenceRules.id, rule.id))
  await endOn(tx, before, rule.endsOn)
  const { nature, startsOn } = rule
  return { ruleId: rule.id, nature, startsOn, instanceId: { before: rule.instanceId, after: before.instanceId } }
}

async function endOn(tx: Transaction, { id }: CompetenceRow, endsOn: string | null): Promise<void> {
  await tx.update(competenceRules).set({ endsOn }).where(eq(competenceRules.id, id))
}

/** An instance of the consortium that lasts: a nature is never left without anybody to decide. @throws Invalid */
async function checkInstance(tx: Transaction, actor: Actor, instanceId: string | null, day: string): Promise<void> {
  if (instanceId === null) return
  const [row] = await tx
    .select({ name: instances.name, endsOn: instances.endsOn })
    .from(instances)
    .where(and(eq(instances.id, instanceId), eq(instances.consortiumId, actor.consortiumId)))
  if (!row) {
    throw new Invalid('Choisissez une instance de la liste.', { instanceId: ['Choisissez une instance de la liste.'] })
  }
  if (row.endsOn === null) return
  const message =
    row.endsOn < day
      ? `« ${row.name} » est dissoute le ${mediumDate(row.endsOn)}.`
      : `« ${row.name} » est dissoute le ${mediumDate(row.endsOn)} : choisissez une instance qui dure.`
  throw new Invalid(message, { instanceId: [message] })
}
