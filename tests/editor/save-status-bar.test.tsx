import { renderToStaticMarkup } from 'react-dom/server'
import { StaticRouter } from 'react-router-dom/server'
import { describe, expect, it } from 'vitest'
import { LateEdits } from '#app/editor/LateEdits.tsx'
import type { LiveStatus } from '#app/editor/live-status.ts'
import { SaveStatusBar } from '#app/editor/SaveStatusBar.tsx'

const shown = (status: LiveStatus) =>
  renderToStaticMarkup(
    <StaticRouter location="/tarn/comptes-rendus/1?volet=texte">
      <SaveStatusBar status={status} />
    </StaticRouter>,
  )

describe('the line that says what is stored', () => {
  it('keeps the sentence out of the live region, which says only changes of state', () => {
    const bar = shown({ state: 'saved', at: new Date() })
    expect(bar).toContain('Enregistré à')
    expect(bar).toContain('<p class="visually-hidden" role="status"></p>')
  })

  it('leads back to this page after signing in again, and offers to reload an old page', () => {
    expect(shown({ state: 'refused', reason: 'Votre session a pris fin.', remedy: 'signIn' })).toContain(
      'href="/connexion?retour=%2Ftarn%2Fcomptes-rendus%2F1%3Fvolet%3Dtexte"',
    )
    expect(shown({ state: 'refused', reason: 'Page ancienne.', remedy: 'reload' })).toContain('Recharger la page')
    expect(shown({ state: 'refused', reason: 'Refusé.', remedy: 'startAgain' })).not.toContain('<button')
  })
})

describe('late edits', () => {
  it('are a matter of the browser: the server shows nothing', () => {
    expect(renderToStaticMarkup(<LateEdits accountId="a" minutesId="m" writableEpoch={null} sealed={null} />)).toBe('')
  })
})
