import { describe, expect, it } from 'vitest'
import { holdsSecret, withoutSecret } from '#server/http/secret-paths.ts'

describe('the secret of a link', () => {
  it.each([
    ['/invitation/abc', '/invitation/…'],
    ['/mot-de-passe/abc.data', '/mot-de-passe/…'],
    ['/Changement-Adresse/abc/', '/Changement-Adresse/…/'],
  ])('of %s is never logged', (path, logged) => {
    expect(withoutSecret(path)).toBe(logged)
    expect(holdsSecret(path)).toBe(true)
  })

  it('is in no other address', () => {
    for (const path of ['/', '/tarn/invitation/abc', '/mot-de-passe-oublie', '/profil/mot-de-passe', '/invitation']) {
      expect([holdsSecret(path), withoutSecret(path)]).toEqual([false, path])
    }
  })
})
