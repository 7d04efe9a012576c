import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { defaultDemoPassword } from '#server/env.ts'
import type { LiveTextKey } from '#server/vocabulary/live-texts.ts'
import { buildIfNeeded } from '../../scripts/launcher/build.mjs'
import { launchProduct, type Target } from './target.ts'
import { Typist } from './typist.ts'

/** Both copilotes of the group whose meeting is today: its draft is open to them. */
const WRITERS = ['copilote-1.parcours@tarn.test', 'copilote-2.parcours@tarn.test']

/**
 * The whole product with its demonstration: people sign in, and write in the minutes of today's meeting.
 * @param pages how many of them are open, by two people.
 */
export async function productStarter(env: Record<string, string>, pages = 6): Promise<() => Promise<Target>> {
  await buildIfNeeded(process.execPath)
  // The same at each start, as pages that come back expect.
  const port = await freePort()
  let opened: Pick<Target, 'text' | 'cookies'> | null = null
  return async () => {
    const server = await launchProduct({ ...env, PORT: String(port), DEMO: '1' })
    opened ??= await openDraft(port, pages).catch(async error => {
      await server.kill()
      throw error
    })
    return { ...server, ...opened }
  }
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

async function openDraft(port: number, pages: number): Promise<Pick<Target, 'text' | 'cookies'>> {
  const site = `http://127.0.0.1:${port}`
  const signedIn = await Promise.all(WRITERS.map(email => signIn(site, email)))
  const text = await findDraft(site, signedIn)
  return { text, cookies: Array.from({ length: pages }, (_, n) => signedIn[n % signedIn.length] ?? '') }
}

async function signIn(site: string, email: string): Promise<string> {
  const answer = await fetch(`${site}/connexion`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: site, 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ email, password: process.env.DEMO_PASSWORD ?? defaultDemoPassword }),
  })
  const cookie = answer.headers.getSetCookie().map(each => each.split(';')[0])
  if (answer.status !== 302 || cookie.length === 0) throw new Error(`${email} cannot sign in: ${answer.status}`)
  return cookie.join('; ')
}

/** The minutes that both may write in, among those their pages speak of. */
async function findDraft(site: string, cookies: string[]): Promise<LiveTextKey> {
  const [cookie = ''] = cookies
  const pages = ['/tarn', '/tarn/instances/parcours']
  for (let page = pages.shift(); page; page = pages.shift()) {
    const html = await (await fetch(`${site}${page}`, { headers: { cookie } })).text()
    for (const [, minutesId = ''] of html.matchAll(/\/tarn\/comptes-rendus\/([0-9a-f-]{36})/g)) {
      const text = { minutesId, epoch: 1 }
      if ((await Promise.all(cookies.map(each => mayWrite(site, text, each)))).every(Boolean)) return text
    }
    if (page === '/tarn/instances/parcours') {
      pages.push(...new Set(html.match(/\/tarn\/reunions\/[0-9a-f-]{36}/g)))
    }
  }
  throw new Error('no draft is open to both copilotes')
}

async function mayWrite(site: string, text: LiveTextKey, cookie: string): Promise<boolean> {
  const typist = new Typist({ port: Number(new URL(site).port), text, cookie })
  const deadline = Date.now() + 1_500
  while (!typist.synced && Date.now() < deadline) await sleep(20)
  const may = typist.mayWrite
  typist.leave()
  return may
}
