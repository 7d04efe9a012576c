import * as z from 'zod'
import { codesOf } from './closed-list.ts'
import { decisionNatureLabels } from './decisions.ts'
import { codeSchema, day, identifier, line, requiredLine } from './fields.ts'
import { type InstanceKind, instanceKindLabels, technicalGroupKinds, visibilityLabels } from './governance.ts'
import { optionalDay, versionField } from './organisation-forms.ts'

/** A change of competence from a day on, or the withdrawal of one that is to come. */
export const competenceForm = z.discriminatedUnion(
  'act',
  [
    z.object({
      act: z.literal('changer'),
      nature: codeSchema(decisionNatureLabels, 'Choisissez une nature de décision.'),
      /** `elle-meme`: the instance that proposes. */
      instanceId: z.union([z.literal('elle-meme'), identifier()], { error: 'Choisissez une instance de la liste.' }),
      startsOn: day('Indiquez le premier jour.'),
      version: versionField,
    }),
    z.object({ act: z.literal('retirer'), ruleId: identifier(), version: versionField }),
  ],
  { error: 'Rechargez la page, puis recommencez.' },
)
export type CompetenceForm = z.output<typeof competenceForm>

const visibility = codeSchema(visibilityLabels, 'Choisissez une visibilité de la liste.')

/** The visibility that minutes of a new instance of each kind begin with. */
export const visibilitiesForm = z
  .object({
    ...(Object.fromEntries(codesOf(instanceKindLabels).map(kind => [kind, visibility])) as Record<
      InstanceKind,
      typeof visibility
    >),
    version: versionField,
  })
  .superRefine((form, context) => {
    for (const kind of technicalGroupKinds) {
      if (form[kind] !== 'instance') continue
      context.addIssue({
        code: 'custom',
        path: [kind],
        message: 'Les comptes rendus d’un groupe technique vont au moins à son niveau.',
      })
    }
  })
export type VisibilitiesForm = z.output<typeof visibilitiesForm>

const externalBody = {
  name: requiredLine(200, 'Indiquez le nom de l’organe.'),
  organisationId: z
    .union([z.literal(''), identifier()], { error: 'Choisissez une structure de la liste.' })
    .default('')
    .transform(id => id || null),
  purpose: line(500),
}

/** A deliberative body of an institution: its commission permanente, its assembly. */
export const newExternalBodyForm = z.object(externalBody)
export type NewExternalBodyForm = z.output<typeof newExternalBodyForm>

/** What is changed of one, and its last day. */
export const externalBodyForm = z.object({ ...externalBody, endsOn: optionalDay(), version: versionField })
export type ExternalBodyForm = z.output<typeof externalBodyForm>
