import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { type DatabaseHandle, type DatabaseKind, openDatabase } from '#db/client.ts'
import { type Fault, installStoreSwitch } from '../chaos/store-switch.ts'
import { startProcess } from '../server/process.ts'
import { createPostgresDatabase } from '../setup/database.ts'
import { demonstrationFolder, demoPassword } from './demonstration.ts'
import { unexpectedOf, watch } from './watch.ts'

/** The real server with the demonstration, and a real browser. */
export type Site = {
  /** `http://127.0.0.1:1234`, without a final slash. */
  address: string
  /** Makes each write of the journal fail, or not; only where the site was opened with it. */
  store(fault: Fault): Promise<void>
  /** A browser window of somebody's own, already signed in when an address is given. */
  window(email?: string | null, options?: BrowserContextOptions): Promise<Page>
  /** Stops everything; fails when a page wrote an error to its console that no test expected. */
  close(): Promise<void>
}

/** Starts the server on a database of its own, with the demonstration; close it in `afterAll`. */
export async function openSite(
  kind: DatabaseKind = 'pglite',
  {
    faultyStore = false,
    env = {},
    prepare,
  }: {
    faultyStore?: boolean
    env?: Record<string, string>
    /** Changes the demonstration before the server starts, in the embedded database alone. */
    prepare?: (database: DatabaseHandle) => Promise<void>
  } = {},
): Promise<Site> {
  const folder = kind === 'pglite' ? await demonstrationFolder() : mkdtempSync(join(tmpdir(), 'espace-journey-'))
  const database: Record<string, string> =
    kind === 'postgres' ? { DATABASE_URL: await createPostgresDatabase('empty') } : {}
  if (prepare) {
    const handle = await openDatabase({ dataDir: folder })
    await prepare(handle)
    await handle.close()
  }
  const store = faultyStore ? await installStoreSwitch({ DATA_DIR: folder, ...database }) : null
  const server = startProcess({ DATA_DIR: folder, DEMO: '1', DEMO_PASSWORD: demoPassword, ...database, ...env })
  const address = await server.ready()
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-sync',
      '--lang=fr-FR',
    ],
  })
  const contexts: BrowserContext[] = []
  const cookies = new Map<string, Awaited<ReturnType<BrowserContext['cookies']>>>()
  return {
    address,
    async store(fault) {
      if (!store) throw new Error('openSite(…, { faultyStore: true }) first')
      await store(fault)
    },
    async window(email, options = {}) {
      const context = await browser.newContext({
        baseURL: address,
        locale: 'fr-FR',
        timezoneId: 'Europe/Paris',
        viewport: { width: 1280, height: 900 },
        reducedMotion: 'reduce',
        ...options,
      })
      contexts.push(context)
      context.setDefaultTimeout(15_000)
      watch(context, address)
      const page = await context.newPage()
      if (!email) return page
      const known = cookies.get(email)
      if (known) {
        await context.addCookies(known)
      } else {
        await signIn(page, email)
        cookies.set(email, await context.cookies())
      }
      return page
    },
    async close() {
      const unexpected = contexts.flatMap(unexpectedOf)
      if (process.env.JOURNEY_SHOTS) await keepShots(contexts, process.env.JOURNEY_SHOTS)
      await browser.close()
      server.process.kill('SIGTERM')
      await server.ended()
      rmSync(folder, { recursive: true, force: true })
      expect(unexpected, 'what pages wrote to their console').toEqual([])
    },
  }
}

/** To understand a failure: each window as it stood at the end, in the folder that `JOURNEY_SHOTS` names. */
async function keepShots(contexts: readonly BrowserContext[], folder: string): Promise<void> {
  for (const [index, context] of contexts.entries()) {
    await context.pages()[0]?.screenshot({ path: join(folder, `${index}.png`), fullPage: true })
  }
}

/** Signs in as a person does, from the page one was led to or from `/connexion`. */
export async function signIn(page: Page, email: string, password = demoPassword): Promise<void> {
  if (!page.url().includes('/connexion')) await page.goto('/connexion')
  await fillSignIn(page, email, password)
  await page.waitForURL(url => url.pathname !== '/connexion')
}

/** Fills the form of `/connexion` and sends it. */
export async function fillSignIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('Adresse électronique').fill(email)
  await page.getByLabel('Mot de passe').fill(password)
  await page.getByRole('button', { name: 'Se connecter' }).click()
}
