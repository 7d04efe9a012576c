import { crc32, deflateRawSync } from 'node:zlib'

/** A part of a ZIP archive; `claims` is the size it says it unpacks to, where that is not the truth. */
export type Part = { name: string; content: string | Buffer; claims?: number }

/** Parts packed one after the other, and the directory that lists them, for a place in a file. */
export function packed(parts: readonly Part[], at = 0): { body: Buffer; directory: Buffer } {
  const bodies: Buffer[] = []
  const entries: Buffer[] = []
  let offset = at
  for (const { name, content, claims } of parts) {
    const plain = Buffer.from(content)
    const deflated = deflateRawSync(plain)
    const sizes = Buffer.alloc(12)
    sizes.writeUInt32LE(crc32(plain), 0)
    sizes.writeUInt32LE(deflated.length, 4)
    sizes.writeUInt32LE(claims ?? plain.length, 8)
    const local = Buffer.concat([Buffer.alloc(14), sizes, Buffer.alloc(4), Buffer.from(name), deflated])
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(8, 8)
    local.writeUInt16LE(name.length, 26)
    const entry = Buffer.concat([Buffer.alloc(16), sizes, Buffer.alloc(18), Buffer.from(name)])
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(offset, 42)
    bodies.push(local)
    entries.push(entry)
    offset += local.length
  }
  return { body: Buffer.concat(bodies), directory: Buffer.concat(entries) }
}

/** The record at the end of an archive, that says where its directory is. */
export function endRecord(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return end
}

export function archive(parts: readonly Part[]): Uint8Array {
  const { body, directory } = packed(parts)
  return new Uint8Array(Buffer.concat([body, directory, endRecord(parts.length, directory.length, body.length)]))
}

/** An archive that shows one directory to who reads its end, and another to who follows the ZIP64 locator. */
export function twoDirectories(shown: readonly Part[], hidden: readonly Part[]): Uint8Array {
  const one = packed(shown)
  const other = packed(hidden, one.body.length)
  const bodies = Buffer.concat([one.body, other.body])
  const record = Buffer.alloc(56)
  const recordAt = bodies.length + one.directory.length + other.directory.length
  record.writeUInt32LE(0x06064b50, 0)
  record.writeBigUInt64LE(44n, 4)
  record.writeBigUInt64LE(BigInt(hidden.length), 24)
  record.writeBigUInt64LE(BigInt(hidden.length), 32)
  record.writeBigUInt64LE(BigInt(other.directory.length), 40)
  record.writeBigUInt64LE(BigInt(bodies.length + one.directory.length), 48)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x07064b50, 0)
  locator.writeBigUInt64LE(BigInt(recordAt), 8)
  locator.writeUInt32LE(1, 16)
  const end = endRecord(shown.length, 0xffffffff, bodies.length)
  return new Uint8Array(Buffer.concat([bodies, one.directory, other.directory, record, locator, end]))
}

/** The parts of a workbook whose one sheet holds these rows of XML. */
export function workbook(rows: string, sharedStrings = ''): Part[] {
  const sheetNs = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const packages = 'http://schemas.openxmlformats.org/package/2006/relationships'
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${relations}/${type}" Target="${target}"/>`
  return [
    {
      name: '[Content_Types].xml',
      content: '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    },
    {
      name: '_rels/.rels',
      content: `<Relationships xmlns="${packages}">${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      content: `<workbook xmlns="${sheetNs}" xmlns:r="${relations}"><sheets><sheet name="x" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `<Relationships xmlns="${packages}">${relation('rId1', 'worksheet', 'worksheets/sheet1.xml')}${relation('rId2', 'sharedStrings', 'sharedStrings.xml')}</Relationships>`,
    },
    { name: 'xl/sharedStrings.xml', content: `<sst xmlns="${sheetNs}">${sharedStrings}</sst>` },
    {
      name: 'xl/worksheets/sheet1.xml',
      content: `<worksheet xmlns="${sheetNs}"><sheetData>${rows}</sheetData></worksheet>`,
    },
  ]
}
