import type { Context } from '../context.ts'
import * as authenticator from './authenticator.ts'
import { changePassword, passwordPage } from './change-password.ts'
import { editProfile } from './edit-profile.ts'
import * as emailChange from './email-change.ts'
import { passwordLinkPage, requestPassword, resetPassword } from './forgotten-password.ts'
import { acceptInvitation, invitationPage } from './invitation.ts'
import { endOtherSessions, endOwnSession, ownSessions } from './own-sessions.ts'
import { profilePage } from './profile-page.ts'
import { restoreAccount, suspendAccount } from './suspend-account.ts'
import { sendMailCode, verificationPage, verify } from './verification.ts'

/** Everything that routes may ask about accounts and their safety. */
export const accountVerbs = {
  sendsMail: (context: Context) => context.settings.sendsMail,
  invitationPage,
  acceptInvitation,
  requestPassword: (context: Context, input: { email: string; address: string }) => requestPassword(context, input),
  passwordLinkPage,
  resetPassword,
  passwordPage,
  changePassword,
  verificationPage,
  sendMailCode,
  verify,
  authenticatorPage: authenticator.authenticatorPage,
  startEnrolment: authenticator.startEnrolment,
  confirmEnrolment: authenticator.confirmEnrolment,
  replaceRecoveryCodes: authenticator.replaceRecoveryCodes,
  removeAuthenticator: authenticator.removeAuthenticator,
  removeAuthenticatorFor: authenticator.removeAuthenticatorFor,
  profilePage,
  editProfile,
  emailPage: emailChange.emailPage,
  requestEmailChange: emailChange.requestEmailChange,
  cancelEmailChange: emailChange.cancelEmailChange,
  emailChangeLinkPage: emailChange.emailChangeLinkPage,
  confirmEmailChange: emailChange.confirmEmailChange,
  refuseEmailChange: emailChange.refuseEmailChange,
  changeEmailFor: emailChange.changeEmailFor,
  ownSessions,
  endOwnSession,
  endOtherSessions,
  suspendAccount,
  restoreAccount,
}
