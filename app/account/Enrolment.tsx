import { Form } from '@remix-run/react'
import { ButtonLink, ButtonRow, SubmitButton } from '#app/components/Button.tsx'
import { ErrorSummary } from '#app/components/ErrorSummary.tsx'
import { FormFields } from '#app/components/Form.tsx'
import { Notice } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { PlainList } from '#app/components/PlainList.tsx'
import type { Enrolment } from '#server/domain/accounts/authenticator.ts'
import { CodeField } from './CodeField.tsx'

const wrongCode = 'Ce code n’est pas le bon. Attendez que l’application en affiche un autre, puis recommencez.'

/** What the application reads, and the first code that proves that it has. */
export function ConfirmEnrolment({ enrolment, wrong }: { enrolment: Enrolment; wrong: boolean }) {
  const { secret, uri, qrCode } = enrolment
  return (
    <Page
      title="Ajouter une application"
      width="narrow"
      breadcrumb={[
        { label: 'Profil', to: '/profil' },
        { label: 'Second facteur', to: '/profil/second-facteur' },
      ]}
      notice={
        <ErrorSummary errors={wrong ? [{ name: 'code', message: wrongCode }] : noErrors} submission={enrolment} />
      }
    >
      <ol className="enrolment">
        <li>
          <p>Dans votre application d’authentification, ajoutez un compte, puis photographiez ce dessin.</p>
          <img
            className="qr-code"
            alt="Code à photographier ; le même secret est écrit dessous"
            src={asImage(qrCode)}
          />
          <p>
            Sur le même appareil ? <a href={uri}>Ouvrez l’application</a>, ou recopiez ce secret :
          </p>
          <p>
            <code className="secret">{inGroups(secret)}</code>
          </p>
        </li>
        <li>
          <p>Écrivez ici le code qu’elle affiche.</p>
          <Form method="post" noValidate>
            <FormFields>
              <input type="hidden" name="geste" value="confirmer" />
              <input type="hidden" name="secret" value={secret} />
              <CodeField label="Code que l’application affiche" error={wrong ? wrongCode : null} />
              <div>
                <SubmitButton pendingLabel="Vérification…">Confirmer l’application</SubmitButton>
              </div>
            </FormFields>
          </Form>
        </li>
      </ol>
    </Page>
  )
}

const noErrors: [] = []

/** Recovery codes, the one time that they are shown. */
export function FreshRecoveryCodes({ codes, back }: { codes: string[]; back: string | null }) {
  const file = `Espace SPIE : codes de secours. Chacun sert une fois.\r\n\r\n${codes.join('\r\n')}\r\n`
  return (
    <Page
      title="Vos codes de secours"
      width="narrow"
      breadcrumb={[
        { label: 'Profil', to: '/profil' },
        { label: 'Second facteur', to: '/profil/second-facteur' },
      ]}
      notice={
        <Notice tone="success" title="L’application est enregistrée" announce>
          Gardez ces codes avant de quitter la page : ils ne seront plus affichés.
        </Notice>
      }
    >
      <p>Sans votre téléphone, un de ces codes remplace celui de l’application. Chacun sert une fois.</p>
      <PlainList className="recovery-codes">
        {codes.map(code => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </PlainList>
      <p className="field-hint">
        Imprimez cette page, recopiez-les, ou enregistrez le fichier ailleurs que sur votre téléphone.
      </p>
      <ButtonRow>
        <ButtonLink to={back ?? '/profil/second-facteur'} variant="primary">
          {back === null ? 'J’ai gardé mes codes' : 'J’ai gardé mes codes, continuer'}
        </ButtonLink>
        <a
          className="button"
          data-variant="secondary"
          download="codes-de-secours-espace-spie.txt"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(file)}`}
        >
          Enregistrer les codes
        </a>
      </ButtonRow>
    </Page>
  )
}

function asImage(svg: string): string {
  return `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`
}

/** Four by four, as one reads it aloud. */
function inGroups(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, '$1 ')
}
