import { monitorEventLoopDelay } from 'node:perf_hooks'
import { describe, expect, it } from 'vitest'
import { readTableFile } from '#server/imports/table-file.ts'
import { refused } from '../domain/acts.ts'
import { archive, endRecord, packed, twoDirectories, workbook } from './zip.ts'

const inlineRow = (words: string) => `<row r="1"><c r="A1" t="inlineStr"><is><t>${words}</t></is></c></row>`

/** The longest that the process answered nobody, in milliseconds, while the work was done. */
async function longestSilence(work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  await work()
  await new Promise(resolve => setTimeout(resolve, 20))
  delay.disable()
  return delay.max / 1e6
}

describe('a workbook made to harm', () => {
  it('is read when it is only a workbook', async () => {
    expect(await readTableFile(archive(workbook(inlineRow('Courriel'))), 10)).toEqual([['Courriel']])
  })

  it('does not show one directory to the check and another to the reader', async () => {
    const file = twoDirectories(workbook(inlineRow('montré')), workbook(inlineRow('caché')))
    await refused(readTableFile(file, 10), 422, /ne peut pas être lu/)
  })

  it('does not keep the sizes of its parts for a ZIP64 field', async () => {
    const parts = workbook(inlineRow('x')).map(part => ({ ...part, claims: 0xffffffff }))
    await refused(readTableFile(archive(parts), 10), 422, /ne peut pas être lu/)
  })

  it('ends with its directory, and with nothing after it', async () => {
    const { body, directory } = packed(workbook(inlineRow('montré')))
    const end = endRecord(6, directory.length, body.length)
    const after = new Uint8Array(Buffer.concat([body, directory, end, Buffer.alloc(30)]))
    await refused(readTableFile(after, 10), 422, /ne peut pas être lu/)
  })

  it('does not stall the process with one endless cell that every cell repeats', async () => {
    const shared = `<si><t xml:space="preserve">${' '.repeat(4_000_000)}x</t></si>`
    const cells = '<c t="s"><v>0</v></c>'.repeat(400)
    const rows = Array.from({ length: 300 }, () => `<row>${cells}</row>`).join('')
    const file = archive(workbook(rows, shared))
    const silence = await longestSilence(() =>
      refused(readTableFile(file, 300), 422, /La cellule A1 dépasse 1 000 caractères/),
    )
    expect(silence).toBeLessThan(500)
  })

  it('does not stall the process with millions of empty elements', async () => {
    const file = archive(workbook('<row/>'.repeat(3_000_000)))
    const silence = await longestSilence(() => readTableFile(file, 300).catch(() => null))
    expect(silence).toBeLessThan(500)
  })

  it('is given up when it takes too long', async () => {
    const file = archive(workbook('<row/>'.repeat(3_000_000)))
    await refused(readTableFile(file, 300, 1), 422, /trop long à lire/)
  })

  it('is given up when it takes too much memory, and the process goes on', { timeout: 90_000 }, async () => {
    const runs = '<r><rPr><b/></rPr><t>a</t></r>'.repeat(650_000)
    const file = archive(workbook('<row><c t="s"><v>0</v></c></row>', `<si>${runs}</si>`))
    await refused(readTableFile(file, 300, 80_000), 422, /trop long à lire/)
    expect(await readTableFile(archive(workbook(inlineRow('Courriel'))), 10)).toEqual([['Courriel']])
  })
})
