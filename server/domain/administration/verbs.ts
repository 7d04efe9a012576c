import { type Person, requireAdministrateur } from '../accounts/administering.ts'
import type { Context } from '../context.ts'
import { deploymentJournalFile, deploymentJournalPage } from '../journal/deployment-journal.ts'
import { accountList } from './account-list.ts'
import { accountPage } from './account-page.ts'
import {
  endAccountSessions,
  nameAdministrateur,
  resendAccountInvitation,
  withdrawAdministrateur,
} from './administer-account.ts'
import { deployedConsortia, deployedConsortium } from './consortia.ts'
import { createConsortiumOfText, previewConsortium } from './consortium-of-text.ts'
import { designateChef } from './designate-chef.ts'
import { eraseAccount } from './erase-account.ts'
import { invitationToCopy, markInvitationHandedOver } from './hand-over-invitation.ts'
import { securityLogFile, securityLogPage } from './security-log.ts'
import { restoreSiteText, rewriteSiteText, siteTextList, siteTextToRewrite } from './site-text.ts'

/** What an administrateur may ask of the deployment; for anybody else none of it exists. */
export const administrationVerbs = {
  deployedConsortia,
  deployedConsortium,
  previewConsortium,
  createConsortiumOfText,
  designateChef,
  accountList,
  accountPage,
  endAccountSessions,
  resendAccountInvitation,
  invitationToCopy,
  markInvitationHandedOver,
  nameAdministrateur,
  withdrawAdministrateur,
  eraseAccount,
  securityLogPage,
  securityLogFile,
  deploymentJournalPage,
  deploymentJournalFile,
  siteTextList,
  siteTextToRewrite,
  rewriteSiteText,
  restoreSiteText,
  /** Lets a page be shown that leads to an act of an administrateur. @throws NotFound, VerificationNeeded */
  checkAdministering: async (context: Context, person: Person) => requireAdministrateur(context, person),
}
