import { describe, expect, it } from 'vitest'
import { readSmtpUrl } from '#server/mail/smtp-url.ts'

describe('SMTP_URL', () => {
  it('asks for encryption, on port 587, or from the first byte on port 465', () => {
    expect(readSmtpUrl('smtp://relais.exemple.fr')).toEqual({
      host: 'relais.exemple.fr',
      port: 587,
      secure: false,
      requireTls: true,
      auth: null,
      from: null,
    })
    expect(readSmtpUrl('smtps://relais.exemple.fr')).toMatchObject({ port: 465, secure: true })
  })

  it('does without encryption towards this machine, or when it is told so', () => {
    expect(readSmtpUrl('smtp://127.0.0.1:25')).toMatchObject({ port: 25, requireTls: false })
    expect(readSmtpUrl('smtp://relais:25?tls=facultatif')).toMatchObject({ requireTls: false })
  })

  it('reads user, password and sender, special characters included', () => {
    expect(readSmtpUrl('smtp://espace%40exemple.fr:s%40%2Fx@relais?from=spie@tarn.test')).toMatchObject({
      auth: { user: 'espace@exemple.fr', pass: 's@/x' },
      from: 'spie@tarn.test',
    })
    expect(readSmtpUrl('smtp://espace%40exemple.fr:x@relais')).toMatchObject({ from: 'espace@exemple.fr' })
  })

  it.each([
    'relais',
    'http://relais',
    'smtp://',
    'smtp://relais?from=pas-une-adresse',
    'smtp://relais?from=a@b%0d%0aBcc:c@d',
    'smtp://relais?tls=non',
    'smtp://relais?rejectUnauthorized=false',
    'smtp://a%ZZ:b@relais',
  ])('refuses « %s »', value => {
    expect(readSmtpUrl(value)).toBeNull()
  })
})
