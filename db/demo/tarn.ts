import { type ConsortiumData, demoConsortium } from './data.ts'
import { tarnPeople } from './tarn-people.ts'

/** The consortium of the Tarn. Its institutions and bodies are those of a public method note; its people are invented. */
export const tarn: ConsortiumData = demoConsortium('tarn', tarnPeople)
