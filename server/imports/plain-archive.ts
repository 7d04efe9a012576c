import { crc32, inflateRawSync } from 'node:zlib'

/** A part of a ZIP archive, unpacked. */
export type ArchivePart = { name: string; content: Buffer }

/** The archive is broken, uses what no spreadsheet needs, or unpacks to more than it may. */
export class UnsafeArchive extends Error {
  override readonly name = 'UnsafeArchive'
}

const ENTRY = 0x02014b50
const LOCAL = 0x04034b50
const END_BYTES = 22

/**
 * Unpacks every part of a ZIP archive, up to a limit: what it declares may be false. ZIP64, encryption and whatever stands
 * after the directory are refused: readers understand them differently.
 * @throws UnsafeArchive
 */
export function unpackedParts(bytes: Uint8Array, most: { parts: number; bytes: number }): ArchivePart[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    const entries = entriesOf(buffer)
    if (entries.length === 0 || entries.length > most.parts) throw new UnsafeArchive('number of parts')
    let left = most.bytes
    return entries.map(({ name, method, packed }) => {
      const content = method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(left, 1) })
      left -= content.length
      if (left < 0) throw new UnsafeArchive('size')
      return { name, content }
    })
  } catch (error) {
    throw error instanceof UnsafeArchive ? error : new UnsafeArchive('not an archive')
  }
}

/** An archive of these parts as they are, that every reader understands in one way. */
export function plainArchive(parts: readonly ArchivePart[]): Uint8Array {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, content } of parts) {
    const written = Buffer.from(name)
    // What a part and its line in the directory both say, in the same order.
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt32LE(crc32(content), 10)
    common.writeUInt32LE(content.length, 14)
    common.writeUInt32LE(content.length, 18)
    common.writeUInt16LE(written.length, 22)
    const local = Buffer.concat([signature(LOCAL), common, written, content])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([signature(ENTRY), common.subarray(0, 2), common, tail, written]))
    bodies.push(local)
    offset += local.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(END_BYTES)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(offset, 16)
  return new Uint8Array(Buffer.concat([...bodies, listed, end]))
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

/** The parts that the directory lists, still packed. @throws UnsafeArchive; RangeError beyond the end */
function entriesOf(buffer: Buffer): { name: string; method: number; packed: Buffer }[] {
  const end = buffer.length - END_BYTES
  if (buffer.readUInt32LE(end) !== 0x06054b50) throw new UnsafeArchive('nothing may follow the directory')
  const count = short(buffer, end + 10)
  long(buffer, end + 12)
  let at = long(buffer, end + 16)
  return Array.from({ length: count }, () => {
    if (buffer.readUInt32LE(at) !== ENTRY) throw new UnsafeArchive('not an entry')
    if (buffer.readUInt16LE(at + 8) & 1) throw new UnsafeArchive('encrypted')
    const size = long(buffer, at + 20)
    long(buffer, at + 24)
    const nameLength = buffer.readUInt16LE(at + 28)
    const local = long(buffer, at + 42)
    const from = local + 30 + buffer.readUInt16LE(local + 26) + buffer.readUInt16LE(local + 28)
    if (from + size > end) throw new UnsafeArchive('a part beyond the end')
    const entry = {
      name: buffer.toString('utf8', at + 46, at + 46 + nameLength),
      method: buffer.readUInt16LE(at + 10),
      packed: buffer.subarray(from, from + size),
    }
    at += 46 + nameLength + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32)
    return entry
  })
}

/** A number of two or four bytes; one that sends to a ZIP64 field is refused. @throws UnsafeArchive */
function short(buffer: Buffer, at: number): number {
  const value = buffer.readUInt16LE(at)
  if (value === 0xffff) throw new UnsafeArchive('ZIP64')
  return value
}

function long(buffer: Buffer, at: number): number {
  const value = buffer.readUInt32LE(at)
  if (value === 0xffffffff) throw new UnsafeArchive('ZIP64')
  return value
}
