import { describe, expect, it } from 'vitest'
import type { MinutesDocument } from '#server/exports/minutes-document.ts'
import { minutesPdf, type PdfLog } from '#server/exports/minutes-pdf.ts'
import { UnprintableMinutesError } from '#server/exports/minutes-text.ts'
import { type ReadPdf, readPdf } from './read-pdf.ts'
import { doc, draft, heading, link, nestedBullets, paragraph, sampleMinutes, text } from './sample-minutes.ts'

describe('minutes as PDF', () => {
  it('is a tagged PDF/UA-1 in French with a title', async () => {
    const pdf = await written(sampleMinutes())
    expect(pdf).toMatchObject({ tagged: true, conformsToPdfUa: true, language: 'fr-FR' })
    expect(pdf.title).toBe('Compte rendu du 9\u00A0octobre 2026 – Groupe opérationnel Parcours')
  })

  it('has one H1, then a section for each part in the order people are used to', async () => {
    const { structure } = await written(sampleMinutes())
    expect(structure.filter(({ role }) => role === 'H1').map(({ text }) => text)).toEqual(['Compte rendu'])
    expect(structure.filter(({ role }) => role === 'H2').map(({ text }) => text)).toEqual([
      'Présences',
      'Ordre du jour',
      'L’essentiel',
      'Échanges',
      'Relevé de décisions',
      'Relevé d’actions',
      'Points de vigilance',
      'Prochaine réunion',
      'Diffusion',
      'Validation',
    ])
    expect(structure.filter(({ role }) => role === 'H3').map(({ text }) => text)).toEqual([
      'Approbation du compte rendu précédent',
      'Premiers retours des équipes',
      'Preuve d’intégrité',
    ])
  })

  it('has tables with header cells, lists as lists, links as links', async () => {
    const { structure, links } = await written(sampleMinutes())
    const headers = structure.filter(({ role }) => role === 'TH').map(({ text }) => text)
    expect(headers).toEqual([
      ...['Structure', 'Personne', 'Qualité et fonction'],
      ...['Présents (2, dont 1 à distance)', 'Représentés (1)', 'Excusés (1)', 'Absents (1)'],
      ...['N°', 'Décision et motifs', 'Nature', 'Instance compétente et suite'],
      ...['N°', 'Qui', 'Quoi', 'Quand', 'État'],
    ])
    expect(structure.filter(({ role }) => role === 'LI').length).toBeGreaterThanOrEqual(6)
    expect(new Set(links)).toEqual(new Set(['https://exemple.fr/notice']))
  })

  it('says on every page which one it is', async () => {
    const { pages } = await written(sampleMinutes({ content: doc(...Array.from({ length: 60 }, longParagraph)) }))
    expect(pages.length).toBeGreaterThan(4)
    pages.forEach((page, index) => {
      expect(page).toContain(`Page ${index + 1} sur ${pages.length}`)
    })
  })

  it('is marked « Projet » on every page of a draft, for the eye and for the ear', async () => {
    const content = doc(...Array.from({ length: 40 }, longParagraph))
    const { pages, title, structure } = await written(sampleMinutes({ content, status: draft }))
    for (const page of pages) {
      expect(page).toContain('PROJET')
      expect(page).toContain('Projet')
    }
    expect(title).toMatch(/^Projet de compte rendu/)
    const read = structure.map(({ text }) => text)
    expect(read).toContain('Projet de compte rendu')
    expect(read.some(text => text.startsWith('Ce compte rendu n’est pas validé.'))).toBe(true)
    expect(pages.join()).not.toContain('Preuve d’intégrité')
  })

  it('says at the end of sealed minutes who validated, in whose absence, and the seal', async () => {
    const { text, structure } = await written(sampleMinutes())
    const read = structure.map(entry => entry.text)
    expect(read).toContain('Mme Claire Vidal, copilote')
    expect(read).toContain('En l’absence de M. Hugo Bousquet.')
    expect(read).toContain('9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08')
    expect(text).not.toContain('PROJET')
  })

  it('is written when nothing is known yet', async () => {
    const { text, conformsToPdfUa } = await written(emptyMinutes)
    expect(conformsToPdfUa).toBe(true)
    expect(text).toContain('Aucune présence n’est enregistrée.')
    expect(text).toContain('Aucun texte n’est écrit.')
    expect(text).toContain('Aucune décision n’est prise ni proposée.')
  })

  it('gives the same bytes for the same document', async () => {
    for (const document of [sampleMinutes(), sampleMinutes({ status: draft })]) {
      const first = await minutesPdf(document, silentLog())
      await minutesPdf(emptyMinutes, silentLog())
      expect(Buffer.from(await minutesPdf(document, silentLog())).equals(first)).toBe(true)
    }
  })

  it('refuses a text with an unknown node, and goes on with the next one', async () => {
    const unknown = sampleMinutes({ content: doc({ type: 'iframe', attrs: { src: 'https://exemple.fr' } }) })
    await expect(minutesPdf(unknown, silentLog())).rejects.toBeInstanceOf(UnprintableMinutesError)
    expect((await written(sampleMinutes())).tagged).toBe(true)
  })
})

describe('hostile texts as PDF', () => {
  it('reads nothing a person wrote as Typst: what looks like code is printed as it is', async () => {
    const code =
      '#import "/etc/passwd": * #read("minutes.typ") $x^2$ *gras* _it_ <a> @b \\ // /* `c` = titre - point [d] {e}'
    const { text, structure } = await written(everywhere(code))
    expect(text.split(code).length).toBeGreaterThanOrEqual(4)
    expect(structure.map(({ text }) => text)).toContain(code)
    expect(text).not.toContain('root:')
  })

  it.each([
    ['emoji', '🙂 👍 🇫🇷 👩‍👩‍👧 ✅ ❤️'],
    ['Arabic and Hebrew', 'مرحبا بالعالم שלום'],
    ['Greek, Cyrillic and symbols', 'Ω Ж ≥ → ☐ ½ № ‰'],
    ['zero-width characters', 'a\u200Bb\u200Cc\u200Dd\u2060e\uFEFFf'],
    ['bidirectional overrides', 'a\u202Eb\u2066c'],
    ['NUL, controls, lone surrogates', 'a\u0000b\u0007\u001B[31mc\uD83Dd\uFFFEe'],
    ['line and paragraph separators', 'a\u2028b\u2029c\r\nd\u0085e\u000Bf'],
    ['combining marks', `a${'\u0301'.repeat(200)}`],
    ['a private character', 'a\uE000b'],
  ])('stays PDF/UA-1 with %s', async (_, hostile) => {
    expect((await written(everywhere(hostile))).conformsToPdfUa).toBe(true)
  })

  it('prints a character that no font draws, without the standard, and logs it without the text', async () => {
    const log = silentLog()
    // Cuneiform: Typst may borrow the machine's fonts, and few machines have one for it.
    const document = sampleMinutes({ content: doc(paragraph('Un mot secret : 𒀀𒀁')) })
    const pdf = await readPdf(await minutesPdf(document, log))
    expect(pdf).toMatchObject({ tagged: true, conformsToPdfUa: false, language: 'fr-FR' })
    expect(log.warnings).toHaveLength(1)
    expect(JSON.stringify(log.warnings)).toContain('could not be displayed')
    expect(JSON.stringify(log.warnings)).not.toMatch(/secret|𒀀/u)
  })

  it('prints 300 lists inside one another', async () => {
    const { text, conformsToPdfUa } = await written(sampleMinutes({ content: doc(nestedBullets(300)) }))
    expect(conformsToPdfUa).toBe(true)
    expect(text).toContain('niveau 300')
  })

  it('prints a paragraph of 1 MB, with spaces and without, while the main thread goes on', async () => {
    const content = doc(paragraph('mot '.repeat(262_144)), paragraph('x'.repeat(200_000)))
    let beats = 0
    const heart = setInterval(() => {
      beats += 1
    }, 5)
    const pdf = await minutesPdf(sampleMinutes({ content }), silentLog())
    clearInterval(heart)
    expect(pdf.byteLength).toBeGreaterThan(500_000)
    expect(beats).toBeGreaterThan(50)
  }, 60_000)

  it('stays inside the page with words without end', async () => {
    const { conformsToPdfUa, text } = await written(everywhere(`https://exemple.fr/${'a-b_c/'.repeat(60)}`))
    expect(conformsToPdfUa).toBe(true)
    expect(text.replaceAll(' ', '')).toContain('a-b_c/'.repeat(60))
  })

  it('never makes a link of javascript:', async () => {
    const content = doc({ type: 'paragraph', content: [link('cliquez', 'javascript:alert(1)'), text(' ici')] })
    const { links, text: words } = await written(sampleMinutes({ content }))
    expect(links).toEqual([])
    expect(words).toContain('cliquez')
  })
})

const emptyMinutes: MinutesDocument = {
  ...sampleMinutes({ attendance: [], agenda: [], content: doc({ type: 'paragraph' }), decisions: [], actions: [] }),
  meeting: { title: null, startsAt: new Date('2026-10-09T07:30:00Z'), endsAt: null, place: null },
  pointsOfAttention: [],
  nextMeeting: null,
  distribution: null,
  status: { kind: 'projet' },
}

/** The same text wherever a person may have written. */
function everywhere(hostile: string): MinutesDocument {
  const sample = sampleMinutes()
  return sampleMinutes({
    consortium: { name: hostile, territory: hostile },
    instance: { name: hostile, levelLabel: hostile },
    meeting: { ...sample.meeting, title: hostile, place: hostile },
    attendance: sample.attendance.map(({ people }) => ({
      organisation: hostile,
      people: people.map(person => ({ ...person, name: hostile, qualite: hostile, representedBy: hostile })),
    })),
    agenda: [{ id: 'i1', position: 1, title: hostile, reporter: hostile }],
    content: doc(
      heading(2, hostile, 'i1'),
      paragraph(hostile),
      { type: 'essential', content: [paragraph(hostile)] },
      { type: 'decision', attrs: { id: 'd' }, content: [paragraph(hostile), paragraph(hostile)] },
      { type: 'action', attrs: { id: 'a', ownerLabel: hostile, dueOn: hostile }, content: [text(hostile)] },
      { type: 'vigilance', content: [text(hostile, { type: 'bold' }, { type: 'italic' })] },
    ),
    decisions: sample.decisions.map(each => ({ ...each, wording: hostile, reasons: hostile, outcome: hostile })),
    actions: [{ what: hostile, who: hostile, due: hostile, stateLabel: 'À faire' }],
    pointsOfAttention: [hostile],
    nextMeeting: { startsAt: new Date('2026-11-27T13:00:00Z') },
    distribution: [hostile],
  })
}

function longParagraph(): object {
  return paragraph('La réunion a permis de confronter les pratiques des institutions. '.repeat(8))
}

async function written(document: MinutesDocument): Promise<ReadPdf> {
  return readPdf(await minutesPdf(document, silentLog()))
}

function silentLog(): PdfLog & { warnings: unknown[] } {
  const warnings: unknown[] = []
  return { info: () => {}, warn: (...line) => warnings.push(line), warnings }
}
