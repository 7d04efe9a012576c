import { varQuestionnaire, varStrategic } from './meetings/var.ts'
import type { Stage } from './stage.ts'

const chef = 'chef-de-projet'
const copilote1 = 'copilote-1'
const copilote2 = 'jerome.peyron'

/** What the Var has lived: one proposal of its experts, which its strategic team will answer. */
export async function playVar(stage: Stage): Promise<void> {
  stage.goTo(-50, '10:00')
  const experts = await stage.createMeeting(copilote1, 'departementale', -30, varQuestionnaire)
  stage.goTo(-45, '10:00')
  await stage.announce(copilote1, experts)
  stage.goToMeeting(experts, '09:30')
  await stage.open(copilote1, experts)
  await stage.close(copilote1, experts)
  stage.goTo(-27, '14:00')
  await stage.write(copilote1, experts)
  await stage.startProofreading(copilote1, experts)
  await stage.approve(copilote1, experts)
  stage.goTo(-25, '09:00')
  await stage.validate(copilote2, experts)
  stage.goTo(-20, '10:00')
  const strategic = await stage.createMeeting(chef, 'strategique', 15, varStrategic)
  stage.goTo(-14, '10:00')
  await stage.announce(chef, strategic)
}
