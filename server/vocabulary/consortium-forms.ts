import * as z from 'zod'
import { paragraph, requiredLine } from './fields.ts'
import { versionField } from './organisation-forms.ts'

/** What is said of the consortium itself, within the bounds of the file that describes one. */
export const consortiumForm = z.object({
  name: requiredLine(200, 'Indiquez le nom du consortium.'),
  territory: requiredLine(100, 'Indiquez le territoire du consortium.'),
  purpose: paragraph(2000),
  version: versionField,
})
export type ConsortiumForm = z.output<typeof consortiumForm>
