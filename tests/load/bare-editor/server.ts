/** A bare Tiptap page over a bare Hocuspocus, both as they come, that hold the long text: `PAGE` is the built page. */
import { readFileSync } from 'node:fs'
import { Server } from '@hocuspocus/server'
import * as Y from 'yjs'
import { liveTextName } from '#server/vocabulary/live-texts.ts'
import { longText } from '../long-text.ts'

const text = { minutesId: '00000000-0000-4000-8000-000000000001', epoch: 1 }
const state = Y.encodeStateAsUpdate(longText(Number(process.env.OPERATIONS ?? 100_000)))
const script = readFileSync(process.env.PAGE ?? '')
const html = `<!doctype html><meta charset="utf-8"><title>Bare</title>
<style>body { max-width: 48rem; margin: 2rem auto; font: 18px/1.6 sans-serif } .ProseMirror { white-space: break-spaces }</style>
<body data-name="${liveTextName(text)}"><div id="text"></div><script type="module" src="/page.js"></script>`

const server = new Server({
  port: Number(process.env.PORT ?? 0),
  address: '127.0.0.1',
  quiet: true,
  stopOnSignals: false,
  async onLoadDocument() {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, state)
    return doc
  },
  async onRequest({ request, response }) {
    const isScript = request.url === '/page.js'
    response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' })
    response.end(isScript ? script : html)
    // What Hocuspocus takes for « answered ».
    throw null
  },
})
await server.listen()
process.stdout.write(`${JSON.stringify({ port: server.address.port, text, cookies: [''] })}\n`)
process.on('SIGTERM', () => process.exit(0))
