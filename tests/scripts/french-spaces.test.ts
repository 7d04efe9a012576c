import { describe, expect, it } from 'vitest'
import { withFrenchSpaces } from '../../scripts/french-spaces.ts'

/** `~` stands for the non-breaking space, `^` for the narrow one. */
const shown = (code: string) => withFrenchSpaces(code, 'page.tsx').replaceAll('\u00A0', '~').replaceAll('\u202F', '^')

describe('the spaces of French typography, given by the build', () => {
  it.each([
    ["const a = 'Qui peut voir ceci ?'", "const a = 'Qui peut voir ceci^?'"],
    [
      '<Notice title="Entré par erreur ?">Trois cas : un, deux ; trois !</Notice>',
      '<Notice title="Entré par erreur^?">Trois cas~: un, deux^; trois^!</Notice>',
    ],
    ['<p>\n  Le départ de « {name} » ; le 3\n</p>', '<p>\n  Le départ de «~{name}~»^; le 3\n</p>'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the code that is read
    ['const b = `${says} : ${count} % du total`', 'const b = `${says}~: ${count}~% du total`'],
  ])('stand before the marks and inside guillemets: %s', (code, expected) => {
    expect(shown(code)).toBe(expected)
  })

  it.each([
    'const a = asked ? { b : 1 } : null // pourquoi ? parce que : oui',
    "document.querySelector('main :focus, form ::before')",
    "const parts = written.split(' : ')",
    'if (a !== b) c = <T,>(d: T) => !d',
  ])('leave code as it is: %s', code => {
    expect(shown(code)).toBe(code)
  })
})
