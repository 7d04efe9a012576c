import type { AddressInfo } from 'node:net'
import { createServer, type Server } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { transportTo } from './outbox.ts'
import { TestSmtp } from './smtp-server.ts'

const message = {
  messageId: '<1@spie.test>',
  to: { name: 'Anne', address: 'anne@exemple.test' },
  subject: 'Sujet',
  text: 'Texte',
  html: '<p>Texte</p>',
}

describe('what mail leaves through', () => {
  const opened: (() => unknown)[] = []
  afterEach(async () => {
    for (const close of opened.splice(0).reverse()) await close()
  })

  function sending(url: string) {
    const transport = transportTo(url)
    opened.push(() => transport.close())
    return transport
  }

  it('refuses a certificate that nobody vouches for', async () => {
    const smtp = new TestSmtp({ secure: true })
    await smtp.start()
    opened.push(() => smtp.stop())
    expect(await sending(smtp.url).send(message)).toMatchObject({ sent: false, failure: 'chiffrement' })
    expect(smtp.received).toEqual([])
  })

  it('refuses a server that does not encrypt, when it is not this machine', async () => {
    const smtp = new TestSmtp()
    await smtp.start()
    opened.push(() => smtp.stop())
    // Another name of this machine, that the settings do not know as such.
    const url = `smtp://127.0.0.2:${smtp.port}?from=espace@spie.test`
    const outcome = await sending(url).send(message)
    expect(outcome).toMatchObject({ sent: false })
    expect(smtp.received).toEqual([])
  })

  it('shares its connections between mails', async () => {
    const smtp = new TestSmtp()
    await smtp.start()
    opened.push(() => smtp.stop())
    const transport = sending(smtp.url)
    await Promise.all(Array.from({ length: 8 }, () => transport.send(message)))
    expect(smtp.received).toHaveLength(8)
    expect(smtp.connections).toBeLessThanOrEqual(2)
  })

  it('says that a server is away when nobody listens, or when what listens hangs up', async () => {
    const server: Server = createServer(socket => socket.destroy()).listen(0, '127.0.0.1')
    await new Promise(resolve => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    const url = `smtp://127.0.0.1:${port}?from=espace@spie.test`
    expect(await sending(url).send(message)).toMatchObject({ failure: 'injoignable', forGood: false })
    await new Promise(resolve => server.close(resolve))
    expect(await sending(url).send(message)).toMatchObject({ failure: 'injoignable', forGood: false })
  })
})
