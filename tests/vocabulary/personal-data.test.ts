import { describe, expect, it } from 'vitest'
import { findPersonalData, personalDataWarning } from '#server/vocabulary/personal-data.ts'

const kinds = (text: string) => findPersonalData(text).map(finding => finding.kind)
const excerpts = (text: string) => findPersonalData(text).map(({ start, end }) => text.slice(start, end))

describe('numbers that designate a beneficiary are pointed out', () => {
  it('finds a NIR with a right key, written with or without spaces', () => {
    expect(excerpts('Madame X, 2 84 05 81 004 123 30, a été reçue')).toEqual(['2 84 05 81 004 123 30'])
    expect(kinds('284058100412330')).toEqual(['nir'])
    expect(kinds('2 84 05 81 004 123 30')).toEqual(['nir'])
  })

  it('knows Corsica', () => {
    // 1 85 06 2A 004 003: the key is computed as with 19 in the place of 2A.
    const key = 97 - Number(1850619004003n % 97n)
    expect(kinds(`1 85 06 2A 004 003 ${String(key).padStart(2, '0')}`)).toEqual(['nir'])
  })

  it('leaves aside a wrong key, a SIRET, a bar code, a telephone number', () => {
    expect(kinds('284058100412331')).toEqual([])
    expect(kinds('SIRET 22810001400016')).toEqual([])
    expect(kinds('code-barres 2840581004123')).toEqual([])
    expect(kinds('05 63 45 64 64')).toEqual([])
  })

  it('accepts thirteen figures when they are spaced like a NIR or named as one', () => {
    expect(kinds('2 84 05 81 004 123')).toEqual(['nir'])
    expect(kinds('numéro de sécurité sociale : 2840581004123')).toEqual(['nir'])
  })

  it('finds an IBAN that verifies, without the words after it', () => {
    expect(excerpts('À verser sur FR76 3000 6000 0112 3456 7890 189 CAF DU TARN')).toEqual([
      'FR76 3000 6000 0112 3456 7890 189',
    ])
    expect(kinds('FR7630006000011234567890189')).toEqual(['iban'])
    expect(kinds('FR76 3000 6000 0112 3456 7890 188')).toEqual([])
  })

  it('takes seven figures only beside the words that say whose number it is', () => {
    expect(kinds('allocataire n° 1234567')).toEqual(['allocataire'])
    expect(kinds('le dossier CAF 1234567 A')).toEqual(['allocataire'])
    expect(kinds('demandeur d’emploi, identifiant 1234567A')).toEqual(['demandeur_emploi'])
    expect(kinds('La référence 1234567 du marché')).toEqual([])
    expect(kinds('1234567 € pour les allocataires')).toEqual([])
    expect(kinds('12345678 allocataire')).toEqual([])
  })

  it('finds several, in order, and says so in one sentence', () => {
    const text = 'Allocataire 1234567, NIR 2 84 05 81 004 123 30'
    expect(kinds(text)).toEqual(['allocataire', 'nir'])
    expect(personalDataWarning(findPersonalData(text))).toBe(
      'Ce texte ressemble à un numéro d’allocataire et à un numéro de sécurité sociale. N’écrivez ici aucune donnée sur une personne accompagnée.',
    )
    expect(personalDataWarning([])).toBeNull()
  })
})
