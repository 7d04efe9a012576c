// `npm run screenshots`: starts the built server on a demonstration of its own and takes the pictures of docs/images.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { buildIfNeeded } from './launcher/build.mjs'
import { findChromium } from './launcher/chromium.mjs'
import { Failure } from './launcher/processes.mjs'

const ROOT = join(import.meta.dirname, '..')
const IMAGES = join(ROOT, 'docs/images')
const PASSWORD = 'une démonstration à photographier'
/** A Tuesday morning, during the meeting that the demonstration holds on its day. */
const NOW = new Date('2026-11-24T09:40:00Z')

const desktop: BrowserContextOptions = { viewport: { width: 1280, height: 860 } }
const phone: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
}

try {
  await main()
} catch (error) {
  if (!(error instanceof Failure)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = error.code
}

async function main(): Promise<void> {
  await buildIfNeeded(process.execPath)
  const executablePath = await findChromium(process.execPath)
  mkdirSync(IMAGES, { recursive: true })
  await withServer(async address => {
    // The browser's own words, such as those of a date field, follow the language of the system.
    const env = { ...process.env, LANGUAGE: 'fr', LANG: 'fr_FR.UTF-8' }
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--lang=fr-FR'], env })
    try {
      await writeInTodaysMinutes(signingIn(browser, address, desktop))
      await photograph(signingIn(browser, address, desktop), '')
      await photograph(signingIn(browser, address, phone), '-telephone')
    } finally {
      await browser.close()
    }
  })
}

async function photograph(signIn: SignIn, suffix: string): Promise<void> {
  const copilote = await signIn('copilote-2.parcours@tarn.test')
  await save(copilote, `accueil${suffix}`)
  await copilote.goto('/tarn')
  if (suffix) await bringUp(copilote, 'Toutes les instances', 80)
  await save(copilote, `gouvernance${suffix}`, { fullPage: suffix === '' })
  await openTodaysMinutes(copilote)
  await copilote.getByText('Enregistré à').first().waitFor()
  await copilote.getByText('Hélène Castagné', { exact: true }).first().waitFor()
  await bringUp(copilote, 'Premiers entretiens avec la trame commune', 130)
  await save(copilote, `compte-rendu${suffix}`)

  const president = await signIn('president.strategique@tarn.test')
  await president.goto('/tarn/decisions')
  await president.getByRole('link', { name: /Essayer pendant trois mois la trame commune/ }).click()
  await president.getByRole('heading', { name: 'Résultat' }).waitFor()
  await save(president, `decision${suffix}`)
}

/** Somebody writes in the minutes of the meeting that is being held, and stays: their caret is on the pictures. */
async function writeInTodaysMinutes(signIn: SignIn): Promise<void> {
  const writer = await signIn('copilote-1.parcours@tarn.test')
  await openTodaysMinutes(writer)
  await writer.getByText('est le plus apprécié').click()
  await writer.keyboard.press('End')
  await writer.keyboard.type(' Elle propose de le garder en début d’entretien.')
}

async function openTodaysMinutes(page: Page): Promise<void> {
  await page.goto('/tarn/accueil')
  await page.locator('section', { hasText: 'À rédiger' }).getByRole('link').first().click()
  await page.locator('.ProseMirror[contenteditable="true"]').waitFor()
}

/** Scrolls until a heading stands this many pixels under the top of the screen. */
async function bringUp(page: Page, heading: string, top: number): Promise<void> {
  await page.getByRole('heading', { name: heading }).evaluate((element, margin) => {
    window.scrollBy(0, element.getBoundingClientRect().top - margin)
  }, top)
}

async function save(page: Page, name: string, options: { fullPage?: boolean } = {}): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  // Past the calm delay of what says that everything is stored.
  await page.waitForTimeout(1500)
  await page.screenshot({ path: join(IMAGES, `${name}.png`), animations: 'disabled', ...options })
  process.stdout.write(`docs/images/${name}.png\n`)
}

/** Signs somebody in, in a browser of their own with the wanted screen. */
type SignIn = (email: string) => Promise<Page>

function signingIn(browser: Browser, address: string, screen: BrowserContextOptions): SignIn {
  const french = { baseURL: address, locale: 'fr-FR', timezoneId: 'Europe/Paris', reducedMotion: 'reduce' } as const
  return async email => {
    const page = await (await browser.newContext({ ...screen, ...french })).newPage()
    await page.clock.setFixedTime(NOW)
    await page.goto('/connexion')
    await page.getByLabel('Adresse électronique').fill(email)
    await page.getByLabel('Mot de passe').fill(PASSWORD)
    await page.getByRole('button', { name: 'Se connecter' }).click()
    await page.getByRole('heading', { name: 'Ce qui vous attend' }).waitFor()
    return page
  }
}

async function withServer(work: (address: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'espace-spie-images-'))
  const server = spawn(
    process.execPath,
    ['--import', join(ROOT, 'scripts/screenshots/clock.mjs'), join(ROOT, 'server/index.ts')],
    {
      env: {
        PATH: process.env.PATH,
        NODE_ENV: 'production',
        PORT: '0',
        DATA_DIR: folder,
        DEMO_PASSWORD: PASSWORD,
        LOG_LEVEL: 'warn',
        CLOCK_STARTS_AT: NOW.toISOString(),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const ended = once(server, 'exit')
  try {
    await work(await Promise.race([addressOf(server.stdout), ended.then(() => Promise.reject(stoppedEarly()))]))
  } finally {
    server.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
}

function addressOf(output: NodeJS.ReadableStream): Promise<string> {
  return new Promise(resolve => {
    let text = ''
    output.on('data', chunk => {
      text += chunk
      const address = /Adresse\s*:\s*(\S+?)\/\n/.exec(text)?.[1]
      if (address) resolve(address)
    })
  })
}

function stoppedEarly(): Failure {
  return new Failure('Le serveur s’est arrêté avant de dire son adresse.')
}
