import { afterAll, beforeAll, describe, it } from 'vitest'
import { databaseKinds } from '../setup/database.ts'
import { type BadInput, expectRefused } from './bad-input.ts'
import { openSite, type Site } from './site.ts'

describe.each(databaseKinds())('what no page about an account sends, on %s', { timeout: 60_000 }, kind => {
  let site: Site
  beforeAll(async () => {
    site = await openSite(kind)
  })
  afterAll(() => site.close())

  const long = 'a'.repeat(20_000)

  it('is refused with a sentence that says how to mend it', async () => {
    const sent = (path: string, form: Record<string, string>, says: string, status = 422): BadInput => ({
      what: `${path} ${Object.keys(form)}`,
      who: 'membre',
      asked: { path, form },
      status,
      says,
    })
    await expectRefused(site, [
      sent('/profil', { givenName: '', familyName: 'X' }, 'Indiquez votre prénom.'),
      sent('/profil', { givenName: long, familyName: 'X' }, 'trop long'),
      sent('/profil', { givenName: 'A\u0007', familyName: 'X' }, 'caractères invisibles'),
      sent('/profil', { givenName: 'A', familyName: 'X', phone: 'appelez-moi' }, 'Écrivez le numéro en chiffres'),
      sent('/profil/adresse', { email: 'sans-arobase', current: 'x' }, 'n’est pas une adresse'),
      sent('/profil/adresse', { email: `${long}@tarn.test`, current: 'x' }, 'trop long'),
      sent('/profil/adresse', { email: 'a@b.fr\r\nBcc: c@d.fr', current: 'x' }, 'n’est pas une adresse'),
      sent('/profil/mot-de-passe', { current: long, password: 'x' }, 'trop long'),
      sent('/profil/sessions', { session: '' }, 'Choisissez une session.'),
      sent('/profil/sessions', { session: '../../etc/passwd' }, 'Cette page n’existe pas', 404),
      sent('/profil/second-facteur', { geste: 'confirmer', secret: long, code: '1' }, 'trop long'),
      sent('/verification', { means: '__proto__', code: '123456' }, 'Choisissez comment'),
      sent('/verification', { means: 'courriel', code: '' }, 'Indiquez le code.'),
      sent('/mot-de-passe-oublie', { email: '' }, 'Indiquez votre adresse électronique.'),
      sent('/mot-de-passe-oublie', { email: long }, 'trop long'),
      sent('/invitation/x', { password: '' }, 'Ce lien ne sert plus'),
      sent('/mot-de-passe/x', { password: long }, 'Ce lien ne sert plus'),
    ])
  })
})
