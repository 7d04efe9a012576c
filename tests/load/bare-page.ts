/**
 * What pages are measured against: Remix as it comes, behind Express, on the same database: one page, one query, a table
 * of 25 rows, nothing else. The build is written by hand, as Remix's Vite plugin would write it.
 */
import type { AddressInfo } from 'node:net'
import { PassThrough } from 'node:stream'
import { createRequestHandler } from '@remix-run/express'
import { createReadableStreamFromReadable, type EntryContext } from '@remix-run/node'
import { Link, Links, Meta, Outlet, RemixServer, Scripts, ScrollRestoration, useLoaderData } from '@remix-run/react'
import express from 'express'
import { createElement as h } from 'react'
import { renderToPipeableStream } from 'react-dom/server'
import { openDatabase } from '#db/client.ts'
import { instances } from '#db/schema/index.ts'
import { serverBuild } from '../http/server-build.ts'

const handle = await openDatabase({ dataDir: process.env.DATA_DIR, databaseUrl: process.env.DATABASE_URL })

function loader() {
  return handle.db
    .select({
      id: instances.id,
      slug: instances.slug,
      name: instances.name,
      level: instances.level,
      code: instances.code,
    })
    .from(instances)
    .orderBy(instances.position)
    .limit(25)
}

function Page() {
  const rows = useLoaderData<typeof loader>()
  const cells = rows.map(({ id, slug, name, level, code }) =>
    h(
      'tr',
      { key: id },
      h('td', null, h(Link, { to: `/lignes/${slug}` }, name)),
      h('td', null, level),
      h('td', null, code),
    ),
  )
  return h('main', null, h('h1', null, 'Lignes'), h('table', null, h('tbody', null, cells)))
}

function Layout() {
  const head = h('head', null, h('meta', { charSet: 'utf-8' }), h(Meta), h(Links))
  return h('html', { lang: 'fr' }, head, h('body', null, h(Outlet), h(ScrollRestoration), h(Scripts)))
}

function handleRequest(request: Request, status: number, headers: Headers, context: EntryContext): Promise<Response> {
  return new Promise((resolve, reject) => {
    const { pipe } = renderToPipeableStream(h(RemixServer, { context, url: request.url }), {
      onShellReady() {
        const body = new PassThrough()
        headers.set('Content-Type', 'text/html')
        resolve(new Response(createReadableStreamFromReadable(body), { headers, status }))
        pipe(body)
      },
      onShellError: reject,
    })
  })
}

const asset = (id: string, parentId?: string, path?: string, index?: boolean) => ({
  id,
  parentId,
  path,
  index,
  module: `/assets/${id}.js`,
  imports: ['/assets/shared.js'],
  hasAction: false,
  hasLoader: id === 'page',
  hasClientAction: false,
  hasClientLoader: false,
  hasErrorBoundary: false,
})

const build = serverBuild({
  entry: { module: { default: handleRequest } },
  routes: {
    root: { id: 'root', path: '', module: { default: Layout } },
    page: { id: 'page', parentId: 'root', index: true, module: { default: Page, loader } },
  },
  assets: {
    entry: { imports: ['/assets/shared.js'], module: '/assets/entry.js' },
    routes: { root: asset('root', undefined, ''), page: asset('page', 'root', undefined, true) },
    url: '/assets/manifest.js',
    version: '1',
  },
})

const app = express()
app.use(createRequestHandler({ build, mode: 'production' }))
const server = app.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  process.stdout.write(`${JSON.stringify({ port })}\n`)
})
process.on('SIGTERM', () => void handle.close().finally(() => process.exit(0)))
