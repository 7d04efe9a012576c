import { isDay } from '#server/vocabulary/french.ts'

/**
 * What this device keeps that the server has not stored: a list in `localStorage`, readable at once and without the
 * editor, of the databases where the texts themselves stand. One entry is one text of one account.
 */
export interface UnsentText {
  accountId: string
  minutesId: string
  epoch: number
  /** When the oldest of these edits was made. */
  since: Date
}

type UnsentTextKey = Pick<UnsentText, 'accountId' | 'minutesId' | 'epoch'>

const LIST_KEY = 'espace-spie.modifications-en-attente'
const ACCOUNT_KEY = 'espace-spie.compte'
const DATABASE_PREFIX = 'espace-spie.'

/** Name of the database that keeps a text: the account is in it, so that one account never opens another's. */
export function databaseName({ accountId, minutesId, epoch }: UnsentTextKey): string {
  return `${DATABASE_PREFIX}${accountId}.${minutesId}.${epoch}`
}

/** The texts of an account that the server has not stored, oldest first. */
export function unsentTexts(accountId: string): UnsentText[] {
  return readList().filter(text => text.accountId === accountId)
}

/** Adds a text to the list; an older date that is already there stays. */
export function noteUnsentText(text: UnsentText): void {
  const list = readList()
  if (!list.some(other => databaseName(other) === databaseName(text))) writeList([...list, text])
}

/** Removes a text from the list. */
export function dropUnsentText(key: UnsentTextKey): void {
  writeList(readList().filter(other => databaseName(other) !== databaseName(key)))
}

/** Deletes what is kept of a text, and its entry in the list. */
export async function forgetUnsentText(key: UnsentTextKey): Promise<void> {
  dropUnsentText(key)
  await deleteDatabase(databaseName(key))
}

/** Deletes everything this device keeps of an account: it signs out knowing what it loses. */
export async function forgetUnsentTextsOf(accountId: string): Promise<void> {
  await Promise.all(unsentTexts(accountId).map(forgetUnsentText))
}

/**
 * To be called when a page of an account opens: what other accounts left on this device is deleted. What a tab of theirs
 * would still write is not kept either (`isCurrentAccount`).
 */
export async function forgetOtherAccounts(accountId: string): Promise<void> {
  write(ACCOUNT_KEY, accountId)
  const others = readList().filter(text => text.accountId !== accountId)
  writeList(unsentTexts(accountId))
  const names = new Set([...others.map(databaseName), ...(await leftDatabases(accountId))])
  await Promise.all([...names].map(deleteDatabase))
}

/** Whether this device last opened a page as this account. */
export function isCurrentAccount(accountId: string): boolean {
  return (store()?.getItem(ACCOUNT_KEY) ?? accountId) === accountId
}

/** Databases of other accounts that are on no list, where the browser can tell. */
async function leftDatabases(accountId: string): Promise<string[]> {
  const databases = (await globalThis.indexedDB?.databases?.().catch(() => [])) ?? []
  return databases
    .map(({ name }) => name ?? '')
    .filter(name => name.startsWith(DATABASE_PREFIX) && !name.startsWith(`${DATABASE_PREFIX}${accountId}.`))
}

/** Resolves when the database is gone, or at once where it cannot be deleted now (a tab holds it: then it goes with it). */
function deleteDatabase(name: string): Promise<void> {
  if (!globalThis.indexedDB) return Promise.resolve()
  return new Promise(resolve => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = request.onerror = request.onblocked = () => resolve()
  })
}

function readList(): UnsentText[] {
  try {
    const list: unknown = JSON.parse(store()?.getItem(LIST_KEY) ?? '[]')
    return Array.isArray(list) ? list.flatMap(readEntry) : []
  } catch {
    return []
  }
}

function readEntry(value: unknown): UnsentText[] {
  if (typeof value !== 'object' || value === null) return []
  const { accountId, minutesId, epoch, since } = value as Record<string, unknown>
  if (typeof accountId !== 'string' || typeof minutesId !== 'string') return []
  if (typeof epoch !== 'number' || typeof since !== 'string' || !isDay(since.slice(0, 10))) return []
  return [{ accountId, minutesId, epoch, since: new Date(since) }]
}

function writeList(list: UnsentText[]): void {
  if (list.length === 0) store()?.removeItem(LIST_KEY)
  else write(LIST_KEY, JSON.stringify(list))
}

function write(key: string, value: string): void {
  try {
    store()?.setItem(key, value)
  } catch {
    // No room left on the device: the page warns before it is left, as it does for anything that is not stored.
  }
}

/** A browser may refuse storage altogether; then nothing is kept, and nothing fails. */
function store(): Storage | null {
  try {
    return globalThis.localStorage ?? null
  } catch {
    return null
  }
}
