import { describe, expect, it } from 'vitest'
import { dress } from '#server/mail/layout.ts'

const setting = {
  name: 'Anne Lefort',
  consortium: { name: 'SPIE du Tarn', territory: 'Tarn' },
  origin: 'https://spie.test',
}
const content = {
  subject: 'Votre désignation : groupe « parcours »',
  paragraphs: ['Vous êtes désignée.', 'Depuis le 1er mars.'],
  link: { label: 'Ouvrir votre espace', path: '/tarn/accueil' },
  note: 'Ce lien sert une fois.',
}

describe('the words of a mail, dressed', () => {
  it('begins its subject by the consortium, or by the product alone', () => {
    expect(dress(content, setting).subject).toMatch(/^\[Espace SPIE – Tarn\] Votre désignation\u00A0: groupe/)
    expect(dress(content, { ...setting, consortium: null }).subject).toMatch(/^\[Espace SPIE\] Votre/)
  })

  it('says the same in text and in HTML, with one link', () => {
    const { text, html } = dress(content, setting)
    for (const said of ['Bonjour Anne Lefort,', 'Vous êtes désignée.', 'Ce lien sert une fois.', 'SPIE du Tarn']) {
      expect(text).toContain(said)
      expect(html).toContain(said)
    }
    expect(text.match(/https:\/\/\S+/g)).toEqual(['https://spie.test/tarn/accueil'])
    expect(html.match(/href="[^"]*"/g)).toEqual(['href="https://spie.test/tarn/accueil"'])
  })

  it('lets no typed text become HTML, a second header or a link elsewhere', () => {
    const hostile = {
      subject: 'Bonjour\r\nBcc: tous@exemple.fr',
      paragraphs: ['<img src="https://ailleurs.test/x.png"> & « rien »'],
      link: null,
    }
    const { subject, html } = dress(hostile, { ...setting, name: '<b>Anne</b>' })
    expect(subject).not.toMatch(/[\r\n]/)
    expect(html).not.toMatch(/<img|<b>/)
    expect(html).toContain('&lt;img')
    for (const path of ['https://ailleurs.test/', '//ailleurs.test/', 'accueil']) {
      expect(() => dress({ ...content, link: { label: 'Ouvrir', path } }, setting)).toThrow('leads to a page')
    }
  })

  it('has no link when its content has none', () => {
    const { text, html } = dress({ ...content, link: null }, setting)
    expect(`${text}${html}`).not.toMatch(/https?:|href/)
  })
})
