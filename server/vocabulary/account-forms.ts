import * as z from 'zod'
import { verificationMeansLabels } from './accounts.ts'
import { emailProblem, longestEmail } from './emails.ts'
import { codeSchema, line, requiredLine } from './fields.ts'

/** A password as it was typed: spaces count. Far longer than any that is accepted. */
function typedPassword(missing: string) {
  return z.string({ error: missing }).min(1, { error: missing }).max(1000, { error: 'Ce mot de passe est trop long.' })
}

const newPassword = typedPassword('Choisissez un mot de passe.')
const current = typedPassword('Indiquez votre mot de passe actuel.')
const code = requiredLine(100, 'Indiquez le code.')

/** An invitation that is accepted, a forgotten password that is replaced. */
export const choosePasswordForm = z.object({ password: newPassword })

/** Who has forgotten their password. */
export const forgottenPasswordForm = z.object({ email: emailAddress('Indiquez votre adresse électronique.') })

export const changePasswordForm = z.object({ current, password: newPassword })

export const changeEmailForm = z.object({ email: emailAddress('Indiquez la nouvelle adresse.'), current })

/** A second factor that is given. */
export const verificationForm = z.object({
  means: codeSchema(verificationMeansLabels, 'Choisissez comment vous donnez le code.'),
  code,
})

/** A button without a field. */
export const noForm = z.object({})

/** One's password alone, again. */
export const passwordAgainForm = z.object({ current })

/** The first code of an application. */
export const firstCodeForm = z.object({ secret: line(100), code })

/** One's password again, and a code. */
export const strongAgainForm = z.object({ current, code })

/** Another of one's sessions. */
export const endSessionForm = z.object({ session: requiredLine(100, 'Choisissez une session.') })

/** One's own name and telephone. */
export const profileForm = z.object({
  givenName: requiredLine(100, 'Indiquez votre prénom.'),
  familyName: requiredLine(100, 'Indiquez votre nom.'),
  phone: line(30).refine(text => text === '' || /^[+\d][\d ().-]{5,}$/.test(text), {
    error: 'Écrivez le numéro en chiffres : 05 63 00 00 00, ou +33 5 63 00 00 00.',
  }),
})

export type ProfileForm = z.output<typeof profileForm>

/** An address as accounts keep it: lower case. */
export function emailAddress(missing: string) {
  return requiredLine(longestEmail, missing)
    .transform(text => text.toLowerCase())
    .superRefine((text, context) => {
      const problem = text === '' ? null : emailProblem(text)
      if (problem) context.addIssue({ code: 'custom', message: problem })
    })
}
