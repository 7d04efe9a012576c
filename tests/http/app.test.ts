import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type IncomingMessage, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createHttpApp, type HttpAppOptions } from '#server/http/app.ts'
import type { Health } from '#server/http/health.ts'
import { createLog } from '#server/log.ts'
import { probeBuild } from './probe-build.ts'

const NOW = new Date('2027-03-12T13:00:00Z')
const HEALTHY: Health = {
  database: true,
  stopping: false,
  unsavedLiveTexts: 0,
  failingLiveTexts: 0,
  failingJobs: [],
  lateMails: 0,
  version: '1.2.3',
}

let server: Server
let base: string
let assets: string

beforeEach(() => {
  assets = mkdtempSync(join(tmpdir(), 'espace-assets-'))
  mkdirSync(join(assets, 'assets'))
  writeFileSync(join(assets, 'assets/page-a1b2.js'), 'export {}')
  writeFileSync(join(assets, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
})

afterEach(async () => {
  server.closeAllConnections()
  await new Promise(resolve => server.close(resolve))
  rmSync(assets, { recursive: true, force: true })
})

describe('security headers', () => {
  it('give each page a nonce of its own, and allow nothing inline without it', async () => {
    await start()
    const [one, two] = await Promise.all([fetch(base), fetch(base)])
    const csp = one.headers.get('content-security-policy') ?? ''
    const { nonce } = (await one.json()) as { nonce: string }

    expect(nonce).toMatch(/^[\w+/]{22}==$/)
    expect(csp).toContain(`script-src 'self' 'nonce-${nonce}';`)
    expect(csp).toContain(`style-src 'self' 'nonce-${nonce}';`)
    expect(csp).toContain("style-src-attr 'unsafe-inline'")
    expect(csp.match(/unsafe/g)).toHaveLength(1)
    expect(csp).toContain("frame-ancestors 'none'")
    expect(csp).toContain("base-uri 'none'")
    expect(((await two.json()) as { nonce: string }).nonce).not.toBe(nonce)
    expect(one.headers.get('x-content-type-options')).toBe('nosniff')
    expect(one.headers.get('referrer-policy')).toBe('same-origin')
    expect(one.headers.get('x-powered-by')).toBeNull()
  })

  it('announce HTTPS for ever only when the site is served over HTTPS', async () => {
    await start({ origin: 'https://spie.exemple.fr' })
    expect((await fetch(base)).headers.get('strict-transport-security')).toContain('max-age=')
    await stop()
    await start({ origin: 'http://spie.exemple.fr' })
    const plain = await fetch(base)
    expect(plain.headers.get('strict-transport-security')).toBeNull()
    expect(plain.headers.get('content-security-policy')).not.toContain('upgrade-insecure-requests')
  })

  it('forbid keeping a page, and let hashed files be kept for ever', async () => {
    await start()
    expect((await fetch(base)).headers.get('cache-control')).toBe('no-store')
    const hashed = await fetch(`${base}/assets/page-a1b2.js`)
    expect(hashed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect((await fetch(`${base}/icon.svg`)).headers.get('cache-control')).toBe('public, max-age=3600')
    const missing = await fetch(`${base}/assets/page-old.js`)
    expect(missing.status).toBe(404)
    expect(missing.headers.get('cache-control')).toBe('no-store')
  })
})

describe('compression', () => {
  it('makes pages and scripts smaller for who accepts it, whole for who does not', async () => {
    writeFileSync(join(assets, 'assets/large-c3d4.js'), `export const list = '${'liste '.repeat(1_000)}'`)
    await start()
    const script = `${base}/assets/large-c3d4.js`
    const small = await fetch(script, { headers: { 'accept-encoding': 'gzip' } })
    expect(small.headers.get('content-encoding')).toBe('gzip')
    expect(small.headers.get('vary')).toContain('Accept-Encoding')
    const whole = await fetch(script, { headers: { 'accept-encoding': 'identity' } })
    expect(whole.headers.get('content-encoding')).toBeNull()
    expect(await small.text()).toBe(await whole.text())
  })
})

describe('the request context', () => {
  it('carries the reference of the answer and the injected instant', async () => {
    await start()
    const answer = await fetch(base)
    const context = (await answer.json()) as { reference: string; now: string }
    expect(context.reference).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/)
    expect(context.reference).toBe(answer.headers.get('x-reference'))
    expect(context.now).toBe(NOW.toISOString())
  })

  it('believes the headers of a proxy only when one is configured', async () => {
    await start()
    const direct = await fetch(`${base}/x`, {
      headers: { 'x-forwarded-proto': 'javascript', 'x-forwarded-host': 'evil' },
    })
    expect(await direct.json()).toMatchObject({ path: '/x' })
  })
})

describe('an unsafe request', () => {
  it.each([
    ['from another origin', { Origin: 'https://ailleurs.exemple' }],
    ['from the same host in another scheme or port', { Origin: 'http://localhost:1' }],
    ['from an opaque origin', { Origin: 'null' }],
    ['from another site by Sec-Fetch-Site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['from a sibling site', { 'Sec-Fetch-Site': 'same-site' }],
    ['that does not say where it comes from', {}],
  ])('%s is refused in French', async (_case, headers) => {
    await start()
    const answer = await post('/x', headers)
    expect(answer.status).toBe(403)
    expect(await answer.text()).toContain('ne vient pas d’une page de ce site')
  })

  it('from this site is served, by either header', async () => {
    await start()
    const headersOfThisSite: Record<string, string>[] = [{ Origin: base }, { 'Sec-Fetch-Site': 'same-origin' }]
    for (const headers of headersOfThisSite) {
      const answer = await post('/x', headers)
      expect(answer.status).toBe(200)
      expect(await answer.json()).toEqual({ title: 'Point d’étape' })
    }
  })

  it('must come from the configured origin, whatever the Host says', async () => {
    await start({ origin: 'https://spie.exemple.fr' })
    expect((await post('/x', { Origin: base })).status).toBe(403)
    expect((await post('/x', { Origin: 'https://spie.exemple.fr' })).status).toBe(200)
  })
})

describe('a body', () => {
  it('over 1 MB is refused with 413, announced or not', async () => {
    await start()
    const large = `title=${'a'.repeat(1024 * 1024)}`
    const announced = await post('/x', { Origin: base }, large)
    expect(announced.status).toBe(413)
    expect(await announced.text()).toContain('dépasse 1')
    const chunked = await fetch(`${base}/x`, {
      method: 'POST',
      headers: { Origin: base, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new Blob([large]).stream(),
      duplex: 'half',
    } as RequestInit)
    expect(chunked.status).toBe(413)
  })

  it('with NUL is refused with 400', async () => {
    await start()
    expect((await post('/x', { Origin: base }, 'title=a%00b')).status).toBe(400)
  })

  it.each([
    ['application/json', '{"title":"x"}'],
    ['text/plain', 'title=x'],
    ['multipart/form-data', 'no boundary'],
    ['multipart/form-data; boundary=b', '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n--b--\r\n'],
  ])('of type %s is refused with 415', async (type, body) => {
    await start()
    expect((await post('/x', { Origin: base, 'Content-Type': type }, body)).status).toBe(415)
  })

  it.each([
    ['a lone surrogate', 'title=%ED%A0%80'],
    ['half a character', 'title=%C3'],
    ['a broken escape', 'title=%ZZ'],
    ['bytes of another encoding', 'title=\u00e9'],
  ])('with %s is refused with 400 and not read as another text', async (_what, body) => {
    await start()
    const bytes = Buffer.from(body, 'latin1')
    const answer = await fetch(`${base}/x`, {
      method: 'POST',
      headers: { Origin: base, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: bytes,
    })
    expect(answer.status).toBe(400)
  })

  it('that is empty is an empty form, whatever it says it is', async () => {
    await start()
    const answer = await fetch(`${base}/x`, { method: 'POST', headers: { Origin: base } })
    expect(answer.status).toBe(200)
  })

  it('cut in the middle reaches nothing', async () => {
    const build = probeBuild()
    const action = vi.fn()
    Object.assign(build.routes.probe?.module ?? {}, { action })
    await start({ build })
    await new Promise<void>(resolve => {
      const cut = request(`${base}/x`, { method: 'POST', headers: { Origin: base, 'Content-Length': 100 } })
      cut.on('error', () => resolve())
      cut.write('title=half', () => setTimeout(() => cut.destroy(), 50))
    })
    await new Promise(resolve => setTimeout(resolve, 100))
    expect(action).not.toHaveBeenCalled()
    expect((await fetch(base)).status).toBe(200)
  })
})

describe('a malformed request', () => {
  it.each([
    ['/%', 400],
    ['/%E0%A4%A', 400],
    ['/a%00b', 400],
    ['/%ED%A0%80', 400],
    ['/x?q=%00', 400],
    ['/x?q=a?%00', 400],
    ['http://ailleurs.exemple/', 400],
    ['//ailleurs.exemple/x', 200],
    ['/x?q=%', 200],
    ['/assets/%2e%2e/%2e%2e/package.json', 404],
    ['/..%2f..%2fpackage.json', 200],
  ])('%s answers %i and the server lives on', async (path, status) => {
    await start()
    const answer = await raw({ path })
    expect(answer.statusCode).toBe(status)
    expect((await fetch(base)).status).toBe(200)
  })

  it.each(['TRACE', 'OPTIONS', 'PROPFIND'])('%s is refused with 405', async method => {
    await start()
    expect((await raw({ path: '/', method })).statusCode).toBe(405)
  })

  it.each(['a b', 'exemple.fr/x', '<script>', 'x:y'])('Host « %s » is refused with 400', async host => {
    await start()
    expect((await raw({ path: '/', headers: { Host: host } })).statusCode).toBe(400)
  })
})

describe('/healthz', () => {
  it('tells the version and what is unsaved', async () => {
    await start({ health: async () => ({ ...HEALTHY, unsavedLiveTexts: 2 }) })
    const answer = await fetch(`${base}/healthz`)
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({ status: 'ok', ...HEALTHY, unsavedLiveTexts: 2 })
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  it('says that edits cannot be written, and still serves', async () => {
    await start({ health: async () => ({ ...HEALTHY, failingLiveTexts: 1 }) })
    const answer = await fetch(`${base}/healthz`)
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({ status: 'degraded', ...HEALTHY, failingLiveTexts: 1 })
  })

  it.each([{ database: false }, { stopping: true }])('answers 503 with %o', async trouble => {
    await start({ health: async () => ({ ...HEALTHY, ...trouble }) })
    const answer = await fetch(`${base}/healthz`)
    expect(answer.status).toBe(503)
    expect(await answer.json()).toMatchObject({ status: 'unavailable', ...trouble })
  })
})

it('an unexpected error before Remix gets a French page with the reference, and nothing of the error', async () => {
  await start({ health: () => Promise.reject(new Error('secret of the database')) })
  const answer = await fetch(`${base}/healthz`)
  const page = await answer.text()
  expect(answer.status).toBe(500)
  expect(page).toContain('Une erreur est survenue')
  expect(page).toContain(answer.headers.get('x-reference'))
  expect(page).not.toContain('secret')
})

async function start(options: Partial<HttpAppOptions> = {}): Promise<void> {
  const app = createHttpApp({
    build: probeBuild(),
    services: { administration: { isEmpty: async () => false } } as HttpAppOptions['services'],
    origin: undefined,
    trustedProxies: 0,
    log: createLog({ level: 'silent', readable: false }),
    health: async () => HEALTHY,
    clock: { now: () => NOW },
    assets,
    mode: 'production',
    ...options,
  })
  server = app.listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function stop(): Promise<void> {
  server.closeAllConnections()
  await new Promise(resolve => server.close(resolve))
}

function post(path: string, headers: Record<string, string>, body = 'title=Point d’étape'): Promise<Response> {
  return fetch(base + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
    body,
  })
}

/** `fetch` would mend the address: this sends it as it is. */
function raw(options: { path: string; method?: string; headers?: Record<string, string> }): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo
    request({ host: '127.0.0.1', port, ...options }, answer => resolve(answer.resume()))
      .on('error', reject)
      .end()
  })
}
