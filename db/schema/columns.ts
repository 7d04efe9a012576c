import { customType, timestamp, uuid } from 'drizzle-orm/pg-core'

/** Primary key of most tables. */
export const id = () => uuid().primaryKey().defaultRandom()

/** An instant, kept in UTC and read as a Date. */
export const instant = () => timestamp({ withTimezone: true, mode: 'date' })

/** Bytes, the same on both drivers: in and out as Uint8Array. */
export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => 'bytea',
  toDriver: value => Buffer.from(value.buffer, value.byteOffset, value.byteLength),
  fromDriver: value => new Uint8Array(value.buffer, value.byteOffset, value.byteLength),
})
