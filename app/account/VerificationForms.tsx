import { Form } from '@remix-run/react'
import { ButtonLink, SubmitButton } from '#app/components/Button.tsx'
import { Disclosure } from '#app/components/Disclosure.tsx'
import { FormFields } from '#app/components/Form.tsx'
import { Notice } from '#app/components/Notice.tsx'
import { TextField } from '#app/components/TextField.tsx'
import { problemOf } from '#app/form-answers.ts'
import { counted } from '#app/formats.ts'
import { errorsOf } from '#app/forms.ts'
import type { VerificationPage } from '#server/domain/accounts/verification.ts'
import type { VerificationMeans, VerificationStrength } from '#server/vocabulary/accounts.ts'
import { CodeField } from './CodeField.tsx'
import type { Answer } from './OwnPage.tsx'

interface VerificationFormsProps {
  page: VerificationPage
  strength: VerificationStrength
  /** Where the person goes next. */
  back: string
  answer: Answer
}

/** The strongest means first; the others behind it. */
export function VerificationForms(props: VerificationFormsProps) {
  const { page, strength } = props
  const byMail = strength === 'courriel' && page.sendsMail
  if (page.hasAuthenticator) {
    return (
      <>
        <WithApplication {...props} />
        <WithRecoveryCode {...props} />
        {byMail && (
          <Disclosure summary="Recevoir plutôt un code par courriel" open={page.awaitsMailCode}>
            <WithMailCode {...props} />
          </Disclosure>
        )}
      </>
    )
  }
  return byMail ? (
    <>
      <WithMailCode {...props} />
      <Disclosure summary="Une application serait plus sûre, et plus rapide">
        <Enrol {...props} />
      </Disclosure>
    </>
  ) : (
    <>
      <WhyApplication {...props} />
      <Enrol {...props} />
    </>
  )
}

function WithApplication({ answer }: VerificationFormsProps) {
  return (
    <Form method="post" noValidate>
      <FormFields>
        <input type="hidden" name="means" value="application" />
        <CodeField
          hint="Celui que votre application d’authentification affiche en ce moment."
          error={errorFor(answer, 'application')}
          autoFocus
        />
        <div>
          <SubmitButton pendingLabel="Vérification…">Vérifier le code</SubmitButton>
        </div>
      </FormFields>
    </Form>
  )
}

function WithRecoveryCode({ page, answer }: VerificationFormsProps) {
  const error = errorFor(answer, 'secours')
  return (
    <Disclosure summary="Je n’ai pas mon application : donner un code de secours" open={error !== undefined}>
      <Form method="post" noValidate>
        <FormFields>
          <input type="hidden" name="means" value="secours" />
          <TextField
            id="champ-secours"
            name="code"
            label="Code de secours"
            hint={`L’un de ceux que vous avez imprimés ou gardés. Il vous en reste ${counted(page.recoveryCodesLeft, 'code')}.`}
            error={error}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={40}
            width="medium"
            required
          />
          <div>
            <SubmitButton variant="secondary" pendingLabel="Vérification…">
              Vérifier le code de secours
            </SubmitButton>
          </div>
        </FormFields>
      </Form>
      <p>Ni application ni codes de secours ? Un administrateur peut retirer l’application de votre compte.</p>
    </Disclosure>
  )
}

function WithMailCode({ page, answer }: VerificationFormsProps) {
  return (
    <FormFields>
      {page.awaitsMailCode && (
        <Form method="post" noValidate>
          <FormFields>
            <input type="hidden" name="means" value="courriel" />
            <p>Un code part à l’adresse {page.email}. Il sert pendant dix minutes, dans cette session seulement.</p>
            <CodeField
              id="champ-courriel"
              label="Code reçu par courriel"
              error={errorFor(answer, 'courriel')}
              autoFocus={!page.hasAuthenticator}
            />
            <div>
              <SubmitButton pendingLabel="Vérification…">Vérifier le code reçu</SubmitButton>
            </div>
          </FormFields>
        </Form>
      )}
      <Form method="post">
        {!page.awaitsMailCode && <p>Un code de six chiffres sera envoyé à l’adresse {page.email}.</p>}
        <SubmitButton
          name="geste"
          value="envoyer"
          variant={page.awaitsMailCode ? 'quiet' : 'primary'}
          pendingLabel="Envoi…"
        >
          {page.awaitsMailCode ? 'Recevoir un autre code' : 'Recevoir un code par courriel'}
        </SubmitButton>
      </Form>
    </FormFields>
  )
}

function WhyApplication({ strength, page }: VerificationFormsProps) {
  return (
    <Notice tone="warning" title="Il vous faut une application d’authentification">
      {strength === 'forte' || page.sendsMail
        ? 'Adopter une décision et administrer demandent plus qu’un code par courriel.'
        : 'Cet espace n’envoie pas de courriel : un code ne peut pas vous parvenir autrement.'}{' '}
      L’ajouter prend deux minutes ; vous reviendrez ensuite à la page que vous vouliez.
    </Notice>
  )
}

function Enrol({ back }: VerificationFormsProps) {
  return (
    <div>
      <ButtonLink to={`/profil/second-facteur?retour=${encodeURIComponent(back)}`} variant="primary">
        Ajouter une application d’authentification
      </ButtonLink>
    </div>
  )
}

/** What is wrong with the code of one form, and not with that of another. */
function errorFor(answer: Answer, means: VerificationMeans): string[] | undefined {
  return answer?.typed?.means === means ? errorsOf(problemOf(answer), 'code') : undefined
}
