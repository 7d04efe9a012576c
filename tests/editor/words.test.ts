import { describe, expect, it, vi } from 'vitest'
import { ownerAttributes, ownerChoice } from '#app/editor/blocks/owner-choice.ts'
import { competenceFor, decisionWord } from '#app/editor/competence.ts'
import { accessIsGone } from '#app/editor/connection/access.ts'
import { peopleOf } from '#app/editor/connection/people.ts'
import { refusedText } from '#app/editor/device/refused-text.ts'
import { noteUnsentText, unsentTexts } from '#app/editor/device/registry.ts'
import { confirmSignOut } from '#app/editor/device/sign-out.ts'
import { caretColor, inkOn } from '#app/editor/extensions/carets.ts'
import { initials } from '#app/editor/PresenceList.tsx'
import { differencesBetween } from '#app/editor/reading/differences.ts'
import { reassurance, spokenStatus, statusWords } from '#app/editor/status-sentences.ts'
import { editorEntries, menuEntries } from '#app/editor/toolbar/entries.ts'
import { readHref } from '#app/editor/toolbar/read-href.ts'
import { leavesPage } from '#app/editor/useLeaveGuard.ts'
import { decision, doc, heading, paragraph } from './text.ts'

const now = new Date('2027-03-12T13:32:30Z')
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000)

describe('what is said of the text', () => {
  it('gives the time of the acknowledgement, and since when something waits', () => {
    expect(statusWords({ state: 'saved', at: ago(30) }, now).sentence).toBe('Enregistré à 14\u00A0h\u00A032')
    expect(statusWords({ state: 'unsaved', since: ago(2), changes: 3 }, now).sentence).toBe('Enregistrement…')
    expect(statusWords({ state: 'unsaved', since: ago(60), changes: 3 }, now).sentence).toBe(
      'Non enregistré depuis 14\u00A0h\u00A031',
    )
    expect(statusWords({ state: 'offline', since: ago(60), changes: 2 }, now).sentence).toContain(
      'gardées sur cet appareil',
    )
    expect(statusWords({ state: 'offline', since: ago(60), changes: 0 }, now).sentence).not.toContain('gardées')
  })

  it('answers Ctrl+S with the truth', () => {
    expect(reassurance({ state: 'saved', at: now }, now)).toBe('Tout est enregistré.')
    expect(reassurance({ state: 'unsaved', since: ago(60), changes: 1 }, now)).toContain('Non enregistré')
  })

  it('is said aloud when it changes, never at each key', () => {
    const saved = { state: 'saved', at: now } as const
    const offline = { state: 'offline', since: ago(9), changes: 1 } as const
    expect(spokenStatus(null, saved, now)).toBeNull()
    expect(spokenStatus({ state: 'connecting' }, saved, now)).toBeNull()
    expect(spokenStatus(saved, { ...saved, at: now }, now)).toBeNull()
    expect(spokenStatus(saved, { state: 'unsaved', since: ago(60), changes: 1 }, now)).toContain('Non enregistré')
    expect(spokenStatus(saved, offline, now)).toContain('Hors ligne')
    expect(spokenStatus(offline, saved, now)).toBe('De nouveau enregistré.')
    expect(spokenStatus(saved, { state: 'closed' }, now)).toContain('ne peut plus être modifié')
  })
})

describe('the `/` menu', () => {
  const names = (query: string) => menuEntries(query, () => true).map(entry => entry.name)

  it('finds without accents or case, by the beginning of a word, the label first', () => {
    expect(names('déc')).toEqual(['decision'])
    expect(names('DEC')).toEqual(['decision'])
    expect(names('vigi')).toEqual(['vigilance'])
    expect(names('t')).toEqual(['heading', 'paragraph', 'action', 'subheading'])
    expect(names('puces')).toEqual(['bullets'])
    expect(names('zzz')).toEqual([])
  })

  it('offers blocks first, and only what is possible where the caret is', () => {
    expect(names('').slice(0, 3)).toEqual(['decision', 'action', 'vigilance'])
    expect(menuEntries('', entry => entry.group === 'blocks')).toHaveLength(3)
  })

  it('has no shortcut with Ctrl+Alt, which is AltGr on a French keyboard', () => {
    for (const { keys } of editorEntries) expect(keys ?? '').not.toMatch(/Ctrl.*Alt|Alt.*Ctrl/)
  })
})

describe('the address of a link', () => {
  it('is read as people write it', () => {
    expect(readHref(' www.tarn.fr/aide ')).toEqual({ href: 'https://www.tarn.fr/aide' })
    expect(readHref('contact@tarn.fr')).toEqual({ href: 'mailto:contact@tarn.fr' })
    expect(readHref('http://intranet/page')).toEqual({ href: 'http://intranet/page' })
  })

  it('is refused with an example when it is none, or is unsafe', () => {
    for (const wrong of ['bonjour', 'javascript:alert(1)', 'data:text/html,x', 'https://', 'ftp://a.test'])
      expect(readHref(wrong), wrong).toHaveProperty('error')
    expect(readHref('  ')).toEqual({ error: 'Écrivez l’adresse du lien.' })
  })
})

describe('who owns an action', () => {
  const owners = [{ kind: 'organisation', id: 'o1', label: 'CPAM' }] as const

  it('is someone of the list, another by name, or someone who left the list', () => {
    expect(ownerAttributes('organisation:o1', owners)).toEqual({
      ownerKind: 'organisation',
      ownerId: 'o1',
      ownerLabel: 'CPAM',
    })
    expect(ownerAttributes('', owners)).toEqual({ ownerKind: null, ownerId: null, ownerLabel: null })
    expect(ownerChoice({ ownerKind: 'organisation', ownerId: 'o1', ownerLabel: 'CPAM' }, owners)).toBe(
      'organisation:o1',
    )
    expect(ownerChoice({ ownerKind: 'personne', ownerId: 'p9', ownerLabel: 'Mme X' }, owners)).toBe('inconnu')
    expect(ownerChoice({ ownerLabel: 'Le prestataire' }, owners)).toBe('autre')
    expect(ownerChoice({}, owners)).toBe('')
  })
})

describe('a decision', () => {
  const competences = [
    { nature: 'budget', competent: 'other', instanceName: 'Instance institutionnelle', sentence: '' },
    { nature: 'organisation_interne', competent: 'self', instanceName: 'Groupe parcours', sentence: '' },
  ] as const

  it('is a proposal when another instance has to take it', () => {
    expect(decisionWord(competenceFor(competences, 'budget'))).toBe('Proposition à\u00A0: Instance institutionnelle')
    expect(decisionWord(competenceFor(competences, 'organisation_interne'))).toBe('Décision')
    expect(decisionWord(competenceFor(competences, null))).toBe('Décision')
  })
})

describe('who is here', () => {
  const user = (name: string) => ({ name, organisation: 'CAF', color: '#123456' })

  it('is each person once, without oneself, those who write first', () => {
    const states = new Map<number, unknown>([
      [1, { user: user('Moi'), cursor: {} }],
      [2, { user: user('Zoé'), cursor: null }],
      [3, { user: user('Zoé'), cursor: { anchor: 1 } }],
      [4, { user: user('Abel') }],
      [5, { cursor: {} }],
      [6, { user: { name: 'Pirate', color: 'url(x)' } }],
    ])
    expect(peopleOf(states, 1)).toEqual([
      { ...user('Zoé'), writing: true },
      { ...user('Abel'), writing: false },
      { name: 'Pirate', organisation: '', color: '#574f45', writing: false },
    ])
  })

  it('has readable initials and names on their colour', () => {
    expect(initials('Mme Claire Vidal')).toBe('CV')
    expect(initials('Marc')).toBe('M')
    expect([inkOn('#000000'), inkOn('#ffffff'), inkOn('#1f5f8b'), inkOn('#ffd23f')]).toEqual([
      '#ffffff',
      '#000000',
      '#ffffff',
      '#000000',
    ])
    expect(caretColor('#ABCDEF')).toBe('#ABCDEF')
  })
})

describe('leaving', () => {
  it('is going to another page, not to a panel or a title of this one', () => {
    expect(leavesPage('/tarn/comptes-rendus/1', '/tarn')).toBe(true)
    expect(leavesPage('/tarn/comptes-rendus/1', '/tarn/comptes-rendus/1')).toBe(false)
  })

  it('by signing out asks when something is not stored, and then erases it', () => {
    const values = new Map<string, string>()
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => values.get(key) ?? null,
      setItem: (key: string, value: string) => values.set(key, value),
      removeItem: (key: string) => values.delete(key),
    })
    const event = { preventDefault: vi.fn() }
    confirmSignOut('claire', () => false)(event)
    expect(event.preventDefault).not.toHaveBeenCalled()
    noteUnsentText({ accountId: 'claire', minutesId: 'm', epoch: 1, since: now })
    confirmSignOut('claire', () => false)(event)
    expect(event.preventDefault).toHaveBeenCalledOnce()
    expect(unsentTexts('claire')).toHaveLength(1)
    confirmSignOut('claire', question => question.includes('1\u00A0compte rendu'))(event)
    expect(event.preventDefault).toHaveBeenCalledOnce()
    expect(unsentTexts('claire')).toEqual([])
    vi.unstubAllGlobals()
  })

  it('because access is gone is known from the page, and never guessed', async () => {
    const answers = [404, 200, 302]
    vi.stubGlobal('fetch', async () => ({ status: answers.shift() ?? 0 }))
    expect([await accessIsGone('/x'), await accessIsGone('/x'), await accessIsGone('/x')]).toEqual([true, false, false])
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('offline')))
    expect(await accessIsGone('/x')).toBe(false)
    vi.unstubAllGlobals()
  })
})

describe('edits that were not taken', () => {
  it('are plain text to paste elsewhere, as they would have been', () => {
    const before = doc(heading('Un'), paragraph('un deux'), heading('Deux'), paragraph('à retirer'))
    const after = doc(heading('Un'), paragraph('un deux trois'), decision({ id: 'd' }, 'Acheter'), heading('Deux'))
    expect(refusedText(differencesBetween(before, after))).toBe(
      'Un :\nun deux trois\nDécision : Acheter (nature à préciser)\n\nDeux :\n[Supprimé : à retirer]',
    )
  })
})
