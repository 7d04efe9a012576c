import type { ActionOn } from '#server/habilitations/rules.ts'
import type { ConsortiumPage } from '#server/vocabulary/access.ts'

type Act = ActionOn<'consortium'>

/** The rule on the consortium that opens each page about no thing in particular, and those of what is done from it. */
export const opensPage: Record<ConsortiumPage, { reading: Act; acts?: readonly Act[] }> = {
  instances: { reading: 'read', acts: ['editInstances'] },
  reunions: { reading: 'enter' },
  decisions: { reading: 'read' },
  annuaire: { reading: 'read' },
  organigramme: { reading: 'read' },
  representation: { reading: 'read' },
  structures: { reading: 'read', acts: ['editOrganisations'] },
  competences: { reading: 'read', acts: ['editCompetence'] },
  visibilites: { reading: 'editCompetence' },
  'organes-externes': { reading: 'editCompetence' },
  gestion: { reading: 'editInstances' },
  consortium: { reading: 'edit' },
  personnes: { reading: 'editMandates' },
  journal: { reading: 'readJournal' },
  courriels: { reading: 'readMails' },
  apercu: { reading: 'previewAs' },
}
