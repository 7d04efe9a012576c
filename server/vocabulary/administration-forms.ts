import * as z from 'zod'
import { emailProblem, longestEmail } from './emails.ts'
import { codeSchema, line, paragraph, requiredLine } from './fields.ts'
import { civiliteLabels } from './governance.ts'
import { longestSiteText } from './site-texts.ts'

/** An electronic address, as kept: lower case, without spaces around it. */
const email = line(longestEmail)
  .transform(text => text.toLowerCase())
  .refine(text => text !== '', { error: 'Indiquez une adresse électronique.', abort: true })
  .refine(text => emailProblem(text) === null, { error: 'Écrivez cette adresse ainsi : prenom.nom@exemple.fr.' })

/** The chef de projet of a consortium that has none left. */
export const chefForm = z.object({
  civilite: codeSchema(civiliteLabels, 'Choisissez la civilité.'),
  givenName: requiredLine(100, 'Indiquez le prénom.'),
  familyName: requiredLine(100, 'Indiquez le nom.'),
  email,
  qualite: requiredLine(200, 'Indiquez la qualité, par exemple « cheffe de projet SPIE ».'),
})

export type ChefForm = z.output<typeof chefForm>

/** Another address for an account whose own is lost. */
export const replacedEmailForm = z.object({ email })

/** Erasing a person: the address is typed again, so that nobody else is erased. */
export const erasureForm = z.object({ confirmation: line(longestEmail).transform(text => text.toLowerCase()) })

/** A legal page, and which of its buttons was pressed. */
export const siteTextForm = z.object({
  body: paragraph(longestSiteText),
  acte: z.enum(['enregistrer', 'apercu', 'retablir'], { error: 'Ce bouton n’existe pas. Rechargez la page.' }),
})
