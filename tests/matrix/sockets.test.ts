import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { readLiveText } from '#server/collaboration/stored-text.ts'
import { liveTextClose, liveTextName } from '#server/vocabulary/live-texts.ts'
import { knock, type Welcome } from './knock.ts'
import { everyone, isVisitor, type Person } from './people.ts'
import { openSite, type Site } from './site.ts'
import { servicesOf } from './tables/services.ts'
import { namesOfNothing, type TextKey, textRows } from './tables/texts.ts'

const keys = Object.keys(textRows) as TextKey[]
const notThere: Welcome = { code: liveTextClose.notAvailable, reason: '' }
const notSignedIn: Welcome = { code: liveTextClose.notSignedIn, reason: '' }

describe('everyone × every live text', { timeout: 120_000 }, () => {
  let site: Site
  let count = 0
  beforeAll(async () => {
    site = await openSite('pglite', { live: true })
  })
  afterAll(async () => {
    process.stdout.write(
      `Matrice, textes en direct : ${count} ouvertures vérifiées pour ${everyone.length} personnes.\n`,
    )
    await site.close()
  })

  it('[H15] [H16] opens to write for some, to follow for others, and for all others is not there', async () => {
    const before = await contents()
    const failures: string[] = []
    for (const who of everyone) {
      for (const key of keys) {
        const name = liveTextName({ minutesId: site.ids.minutes[key], epoch: 1 })
        const welcome = await knock(site.address, name, site.cookies[who])
        count += 1
        const expected = expectedFor(who, key)
        if (say(welcome) !== say(expected))
          failures.push(`${who} on ${key}: expected ${say(expected)}, got ${say(welcome)}`)
      }
    }
    expect(failures).toEqual([])
    expect(await contents()).toEqual(before)
    expect(site.errors).toEqual([])
  })

  it('[H0] closes alike on what is unknown, of another epoch, or not a name', async () => {
    const failures: string[] = []
    for (const who of everyone) {
      for (const [what, nameOf] of Object.entries(namesOfNothing)) {
        const welcome = await knock(site.address, nameOf(site.ids.minutes.parcoursRunning), site.cookies[who])
        count += 1
        const expected = isVisitor(who) ? notSignedIn : notThere
        if (say(welcome) !== say(expected)) failures.push(`${who} on a name ${what}: got ${say(welcome)}`)
      }
    }
    expect(failures).toEqual([])
    expect(site.errors).toEqual([])
  })

  it('opens no other address than /collab', async () => {
    const paths = [
      '/',
      '/collaboration',
      '/collabo/x',
      '/tarn/collab/x',
      '/collab%2Fx',
      '/socket',
      '/.data',
      '//collab/x',
    ]
    const answers = await Promise.all(paths.map(path => handshake(site.address, path, site.cookies.chef)))
    expect(answers).toEqual(paths.map(() => 404))
    count += paths.length
  })

  it('has asked every service that the inventory says it asks', () => {
    expect([...site.called]).toEqual(expect.arrayContaining(servicesOf('texts')))
  })

  /** Everything there is; of live texts, what they say: opening one may merge its journal into its snapshot. */
  async function contents() {
    const { live_texts: _texts, live_text_updates: _updates, ...tables } = await site.checksum()
    const texts = await Promise.all(
      keys.map(async key => {
        const text = await readLiveText(site.handle.db, { minutesId: site.ids.minutes[key], epoch: 1 })
        return [key, text.deleteSetHash, Buffer.from(text.stateVector).toString('hex')]
      }),
    )
    return { tables, texts }
  }

  function expectedFor(who: Person, key: TextKey): Welcome {
    if (isVisitor(who)) return notSignedIn
    const { write, read } = textRows[key]
    if (write.some(person => person === who)) return 'write'
    return read.some(person => person === who) ? 'read' : notThere
  }
})

const say = (welcome: Welcome) => (typeof welcome === 'string' ? welcome : JSON.stringify(welcome))

function handshake(address: string, path: string, cookie: string): Promise<number> {
  return new Promise(resolve => {
    const ws = new WebSocket(address.replace('http', 'ws') + path, { headers: { origin: address, cookie } })
    ws.on('unexpected-response', (_req, res) => resolve(res.statusCode ?? 0))
    ws.on('open', () => {
      ws.terminate()
      resolve(101)
    })
    ws.on('error', () => {})
  })
}
