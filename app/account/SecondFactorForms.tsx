import { Form } from '@remix-run/react'
import { ButtonLink, SubmitButton } from '#app/components/Button.tsx'
import { Disclosure } from '#app/components/Disclosure.tsx'
import { FormFields } from '#app/components/Form.tsx'
import { Notice } from '#app/components/Notice.tsx'
import { TextField } from '#app/components/TextField.tsx'
import { problemOf } from '#app/form-answers.ts'
import { counted, mediumDate } from '#app/formats.ts'
import { errorsOf } from '#app/forms.ts'
import type { AuthenticatorPage } from '#server/domain/accounts/authenticator.ts'
import type { Answer } from './OwnPage.tsx'
import { CurrentPasswordField } from './PasswordField.tsx'

/** Nothing is enrolled yet: what it is for, and the first step. */
export function EnrolmentStart({
  page,
  answer,
  back,
}: {
  page: AuthenticatorPage
  answer: Answer
  back: string | null
}) {
  const here = `/profil/second-facteur${back === null ? '' : `?retour=${encodeURIComponent(back)}`}`
  return (
    <>
      <p>
        Une application d’authentification affiche sur votre téléphone un code qui change toutes les trente secondes. Il
        est demandé avant d’adopter une décision ou d’administrer ; jamais pour vous connecter ni pour lire.
      </p>
      <p>
        Toute application de ce type convient : FreeOTP, Aegis, Google Authenticator, Microsoft Authenticator, ou votre
        gestionnaire de mots de passe.
      </p>
      {page.asksMailCode ? (
        <>
          <p>Pour que personne ne l’ajoute à votre place, un code par courriel est demandé d’abord.</p>
          <div>
            <ButtonLink to={`/verification?retour=${encodeURIComponent(here)}&niveau=courriel`} variant="primary">
              Recevoir un code par courriel
            </ButtonLink>
          </div>
        </>
      ) : (
        <Form method="post" noValidate>
          <FormFields>
            <CurrentPasswordField error={errorsOf(problemOf(answer), 'current')} />
            <div>
              <SubmitButton name="geste" value="commencer" pendingLabel="Un instant…">
                Ajouter une application
              </SubmitButton>
            </div>
          </FormFields>
        </Form>
      )}
    </>
  )
}

interface EnrolledFormsProps {
  page: AuthenticatorPage
  answer: Answer
  intent: string
}

/** An application is enrolled: what is left of its recovery codes, and how to do without it. */
export function EnrolledForms({ page, answer, intent }: EnrolledFormsProps) {
  const { since, recoveryCodesLeft } = page
  return (
    <>
      <Notice tone="success">
        Une application est enregistrée{since ? ` depuis le ${mediumDate(new Date(since))}` : ''}.
      </Notice>
      <p>
        Il vous reste {counted(recoveryCodesLeft, 'code')} de secours sur dix.
        {recoveryCodesLeft < 3 && ' Fabriquez-en d’autres avant d’en manquer.'}
      </p>
      <Disclosure summary="Fabriquer d’autres codes de secours" open={intent === 'codes'}>
        <p>Les codes que vous aviez ne serviront plus.</p>
        <StrongForm intent="codes" answer={intent === 'codes' ? answer : undefined}>
          Fabriquer dix codes de secours
        </StrongForm>
      </Disclosure>
      <Disclosure summary="Retirer l’application" open={intent === 'retirer'}>
        <p>
          Pour changer de téléphone, retirez l’application, puis ajoutez celle du nouveau. Sans elle, vous ne pourrez ni
          adopter une décision ni administrer.
        </p>
        <StrongForm intent="retirer" danger answer={intent === 'retirer' ? answer : undefined}>
          Retirer l’application
        </StrongForm>
      </Disclosure>
    </>
  )
}

interface StrongFormProps {
  intent: 'codes' | 'retirer'
  danger?: boolean
  answer: Answer
  children: string
}

/** The password again, and a code. */
function StrongForm({ intent, danger, answer, children }: StrongFormProps) {
  const problem = problemOf(answer)
  return (
    <Form method="post" noValidate>
      <FormFields>
        <input type="hidden" name="geste" value={intent} />
        <CurrentPasswordField id={`champ-${intent}-current`} error={errorsOf(problem, 'current')} />
        <TextField
          id={`champ-${intent}-code`}
          name="code"
          label="Code de l’application, ou code de secours"
          error={errorsOf(problem, 'code')}
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={40}
          width="medium"
          required
        />
        <div>
          <SubmitButton variant={danger ? 'danger' : 'secondary'} pendingLabel="Un instant…">
            {children}
          </SubmitButton>
        </div>
      </FormFields>
    </Form>
  )
}
