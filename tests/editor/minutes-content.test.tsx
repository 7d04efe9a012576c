import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { MinutesContent, type MinutesContentProps } from '#app/editor/MinutesContent.tsx'
import { outlineOf } from '#app/editor/reading/outline.ts'
import { action, bullets, decision, doc, heading, paragraph, text, vigilance } from './text.ts'

const html = (props: MinutesContentProps) => renderToStaticMarkup(<MinutesContent {...props} />)

describe('the text of minutes, read without the editor', () => {
  it('shows headings with anchors, paragraphs, lists, quotes and marks', () => {
    const shown = html({
      content: doc(
        heading('Point 1', { agendaItemId: 'a1' }),
        paragraph(
          'Les ',
          text('copilotes', { type: 'bold' }),
          { type: 'hardBreak' },
          text('disent', { type: 'italic' }),
        ),
        heading('Détail', { level: 3 }),
        bullets('un', 'deux'),
        { type: 'orderedList', attrs: { start: 3 }, content: [{ type: 'listItem', content: [paragraph('trois')] }] },
        { type: 'blockquote', content: [paragraph('dit')] },
      ),
    })
    expect(shown).toContain('<h2 id="point-a1">Point 1</h2>')
    expect(shown).toContain('<p>Les <strong>copilotes</strong><br/><em>disent</em></p>')
    expect(shown).toContain('<h3 id="titre-2">Détail</h3>')
    expect(shown).toContain('<ul><li><p>un</p></li><li><p>deux</p></li></ul>')
    expect(shown).toContain('<ol start="3"><li><p>trois</p></li></ol>')
    expect(shown).toContain('<blockquote><p>dit</p></blockquote>')
  })

  it('shows typed blocks with their word, their details and their note', () => {
    const shown = html({
      content: doc(
        { type: 'essential', content: [paragraph('Trois lignes.')] },
        decision({ id: 'd1', nature: 'budget' }, 'Acheter', '', 'Parce que.'),
        action({ id: 'x1', ownerLabel: 'CAF du Tarn', dueOn: '2027-03-12' }, 'Écrire'),
        action({ id: 'x2' }, 'Relire'),
        vigilance('v1', 'Le délai'),
      ),
      competences: [
        { nature: 'budget', competent: 'other', instanceName: 'Instance institutionnelle', sentence: 'Relève de …' },
      ],
      blockNotes: { d1: 'N° 2027-INST-001' },
    })
    expect(shown).toContain('Proposition à\u00A0: Instance institutionnelle')
    expect(shown).toContain('Nature\u00A0: Budget de la convention')
    expect(shown).toContain('id="bloc-d1"')
    expect(shown).toContain('<div class="block-text"><p>Acheter</p>')
    expect(shown).toContain('<p class="block-reasons-label">Motifs</p><p>Parce que.</p>')
    expect(shown).toContain('<div class="block-note">N° 2027-INST-001</div>')
    expect(shown).toContain('Qui\u00A0: CAF du Tarn – Pour le 12\u00A0mars 2027')
    expect(shown).toContain('Qui\u00A0: à désigner – Sans date')
    expect(shown).toContain('L’essentiel')
    expect(shown).toContain('Point de vigilance')
  })

  it('keeps safe links only', () => {
    const link = (href: string) => text('ici', { type: 'link', attrs: { href } })
    const shown = html({ content: doc(paragraph(link('https://exemple.test/a'), link('javascript:alert(1)'))) })
    expect(shown).toContain('<p><a href="https://exemple.test/a" rel="noopener noreferrer nofollow">ici</a>ici</p>')
    expect(shown).not.toContain('javascript')
  })

  it('escapes what people write', () => {
    expect(html({ content: doc(paragraph('<script>alert(1)</script>')) })).toContain('&lt;script&gt;')
  })

  it('refuses what it does not know rather than hide it', () => {
    expect(() => html({ content: doc({ type: 'image' }) })).toThrow('unknown node: image')
    expect(() => html({ content: doc(paragraph(text('a', { type: 'strike' }))) })).toThrow('unknown mark: strike')
    expect(() => html({ content: paragraph('a') })).toThrow('not a document')
  })
})

describe('the outline of a text', () => {
  it('has the anchors of the page, and leaves out what is empty', () => {
    const content = doc(heading('Un', { agendaItemId: 'a1' }), heading(''), heading(' Trois ', { level: 3 }))
    expect(outlineOf(content)).toEqual([
      { id: 'point-a1', level: 2, title: 'Un' },
      { id: 'titre-3', level: 3, title: 'Trois' },
    ])
    const shown = html({ content })
    for (const { id } of outlineOf(content)) expect(shown).toContain(`id="${id}"`)
  })
})
