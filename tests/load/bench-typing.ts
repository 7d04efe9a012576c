/**
 * Typing in the long text in a real browser, alone then beside somebody who types with a caret: our minutes page against
 * a bare Tiptap page of the same text, interleaved, each run in fresh processes: `npm run bench:typing -- --runs 3`.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { launchTool, type Target } from '../chaos/target.ts'
import { Typist } from '../chaos/typist.ts'
import { productWithLongText } from './product-with-long-text.ts'
import { againstGoal, median, percentile } from './statistics.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    keys: { type: 'string', default: '50' },
    only: { type: 'string', default: 'bare,ours' },
    profile: { type: 'string' },
  },
})
const KEY_INTERVAL_MS = 120
const kinds = ['bare', 'ours'] as const
type Kind = (typeof kinds)[number]
const chosen = kinds.filter(kind => values.only.split(',').includes(kind))

/** Milliseconds. `busy`: what one key takes of the page's main thread. */
type Typing = { delays: number[]; busy: number }
type Run = { kind: Kind; open: number; alone: Typing; beside: Typing; trouble: string | null }

const folder = mkdtempSync(join(tmpdir(), 'typing-'))
const product = chosen.includes('ours') ? await productWithLongText('pglite') : null
const runs: Run[] = []
try {
  if (chosen.includes('bare')) await buildBarePage()
  for (let n = 0; n < Number(values.runs); n++) {
    for (const kind of chosen) {
      const run = await measure(kind)
      runs.push(run)
      console.log(`run ${n + 1}  ${describe(run)}`)
    }
  }
} finally {
  await product?.remove()
  rmSync(folder, { recursive: true, force: true })
}
if (chosen.length === 2) {
  console.log('\nours / bare, medians of the runs')
  console.log(`open until editable    ${against(run => run.open)}`)
  for (const phase of ['alone', 'beside'] as const) {
    console.log(`key to frame, ${phase}  p50 ${against(run => percentile(run[phase].delays, 50))}`)
    console.log(`key to frame, ${phase}  p95 ${against(run => percentile(run[phase].delays, 95))}`)
    console.log(`main thread,  ${phase}      ${against(run => run[phase].busy)}`)
  }
}
if (runs.some(run => run.trouble)) process.exitCode = 1

async function measure(kind: Kind): Promise<Run> {
  const target = product && kind === 'ours' ? await product.start() : await startBare()
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    // A frame as soon as there is something to show: the wait for the screen's next one would hide the work.
    args: ['--no-sandbox', '--disable-gpu', '--disable-frame-rate-limit', '--disable-gpu-vsync'],
  })
  try {
    return { kind, ...(await typeIn(browser, target, kind)) }
  } finally {
    await browser.close()
    await target.kill()
  }
}

async function typeIn(browser: Browser, target: Omit<Target, 'ended'>, kind: Kind): Promise<Omit<Run, 'kind'>> {
  const site = `http://127.0.0.1:${target.port}`
  const [cookie = ''] = target.cookies
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  if (cookie) await context.addCookies([cookieOf(cookie, site)])
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  const session = await page.context().newCDPSession(page)
  if (values.profile) {
    await session.send('Profiler.enable')
    await session.send('Profiler.start')
  }
  const started = performance.now()
  await page.goto(kind === 'ours' ? `${site}/tarn/comptes-rendus/${target.text.minutesId}` : site)
  await page.locator('.ProseMirror[contenteditable="true"] h2').first().waitFor()
  await page.evaluate(() => new Promise(painted => requestAnimationFrame(() => setTimeout(painted))))
  const open = performance.now() - started
  if (values.profile) await keepProfile(session, 'open')

  await watchKeys(page)
  // What opens the text still goes on for a while beside it.
  await sleep(2_000)
  await caretInTheMiddle(page)
  const alone = await type(page, 'alone')
  const other = new Typist({ ...target, cookie: target.cookies[1] ?? '' })
  while (!other.synced) await sleep(50)
  let tokens = 0
  const timer = setInterval(() => {
    other.type(`[${tokens++}]`, 'shared')
    other.moveCaret()
  }, 200)
  await sleep(1_000)
  const beside = await type(page, 'beside')
  clearInterval(timer)
  await sleep(1_000)
  const trouble = lost(other.words) ?? (await unseen(page, tokens))
  other.leave()
  return { open, alone, beside, trouble }
}

/** From the key as the browser received it to the end of the frame that shows it. */
async function watchKeys(page: Page): Promise<void> {
  await page.evaluate(() => {
    const delays: number[] = []
    Object.assign(window, { delays })
    document.addEventListener(
      'keydown',
      event =>
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => delays.push(performance.now() - event.timeStamp)
          port2.postMessage(null)
        }),
      { capture: true },
    )
  })
}

async function caretInTheMiddle(page: Page): Promise<void> {
  const paragraphs = page.locator('.ProseMirror > p')
  const middle = paragraphs.nth(Math.floor((await paragraphs.count()) / 2))
  await middle.scrollIntoViewIfNeeded()
  await middle.click()
  await page.keyboard.press('End')
}

async function type(page: Page, word: string): Promise<Typing> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const busyNow = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN)
  }
  if (values.profile) {
    await session.send('Profiler.enable')
    await session.send('Profiler.start')
  }
  await page.keyboard.type(` ${word}`)
  await page.evaluate(() => (window as unknown as { delays: number[] }).delays.splice(0))
  const before = await busyNow()
  for (let key = 0; key < Number(values.keys); key++) {
    await page.keyboard.press('x')
    await sleep(KEY_INTERVAL_MS)
  }
  const busy = ((await busyNow()) - before) / Number(values.keys)
  if (values.profile) {
    await keepProfile(session, word)
  }
  await session.detach()
  return { delays: await page.evaluate(() => (window as unknown as { delays: number[] }).delays.splice(0)), busy }
}

/** For Chromium's tools: `--profile name`. */
async function keepProfile(session: CDPSession, phase: string): Promise<void> {
  const { profile } = await session.send('Profiler.stop')
  writeFileSync(`${values.profile}-${phase}.cpuprofile`, JSON.stringify(profile))
}

/** What was typed here must have come to the other one, and the other way round: a lost key is a quick one. */
function lost(words: string): string | null {
  const typed = 'x'.repeat(Number(values.keys))
  return words.includes(`alone${typed}`) && words.includes(`beside${typed}`) ? null : 'LOST: keys did not arrive'
}

async function unseen(page: Page, tokens: number): Promise<string | null> {
  const words = await page.locator('.ProseMirror').textContent()
  return words?.includes(`[${tokens - 1}]`) ? null : 'LOST: the other’s keys did not arrive'
}

async function buildBarePage(): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: folder,
      target: 'es2022',
      lib: { entry: join(import.meta.dirname, 'bare-editor/page.ts'), formats: ['es'], fileName: () => 'page.js' },
    },
    define: { 'process.env.NODE_ENV': '"production"' },
  })
}

function startBare(): Promise<Target> {
  return launchTool('tests/load/bare-editor/server.ts', { PAGE: join(folder, 'page.js') })
}

function cookieOf(header: string, url: string) {
  const [name = '', value = ''] = header.split('=')
  return { name, value, url }
}

function against(figure: (run: Run) => number): string {
  const of = (kind: Kind) => median(runs.filter(run => run.kind === kind).map(figure))
  return `${of('ours').toFixed(1)} / ${of('bare').toFixed(1)} ms = ${againstGoal(of('ours'), of('bare'), 1.2)}`
}

function describe({ kind, open, alone, beside, trouble }: Run): string {
  const of = ({ delays, busy }: Typing) =>
    `p50 ${percentile(delays, 50).toFixed(1)} p95 ${percentile(delays, 95).toFixed(1)} busy ${busy.toFixed(1)} ms/key`
  return `${kind.padEnd(5)} open ${open.toFixed(0)} ms  alone ${of(alone)}  beside ${of(beside)}  ${trouble ?? ''}`
}
