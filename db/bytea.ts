/** Bytes as PostgreSQL reads and writes them in text. PGlite's own conversion, a byte at a time, takes a second for a long text. */
export const bytea = {
  serialize: (value: Uint8Array) =>
    `\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}`,
  parse: (text: string) => new Uint8Array(Buffer.from(text.slice(2), 'hex')),
}

/** Its number in PostgreSQL's catalogue of types. */
export const BYTEA = 17
