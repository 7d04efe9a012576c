import * as z from 'zod'
import { actionStateLabels } from './actions.ts'
import { codeSchema } from './fields.ts'

/** Where an action stands. */
export const progressForm = z.object({ state: codeSchema(actionStateLabels, 'Choisissez l’avancement.') })
