import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import express, { type RequestHandler, Router } from 'express'
import { HttpRefusal } from './errors.ts'

/** Files of the build carry a hash in their name and never change; the others (the icon) may be kept an hour. */
export function serveAssets(folder: string): RequestHandler {
  const common = { index: false, redirect: false, dotfiles: 'ignore' } as const
  const router = Router()
  router.use(
    '/assets',
    express.static(join(folder, 'assets'), {
      ...common,
      setHeaders: res => void res.setHeader('Cache-Control', 'public, max-age=31536000, immutable'),
    }),
    (_req, _res, next) =>
      next(new HttpRefusal(404, 'Fichier introuvable', 'Ce fichier n’existe plus : rechargez la page.')),
  )
  const entries = readdirSync(folder, { withFileTypes: true })
  const atRoot = new Set(entries.flatMap(entry => (entry.isFile() ? [`/${entry.name}`] : [])))
  const serveRoot = express.static(folder, {
    ...common,
    setHeaders: res => void res.setHeader('Cache-Control', 'public, max-age=3600'),
  })
  // The disk is not asked whether each page is a file.
  router.use(function serveAtRoot(req, res, next) {
    return atRoot.has(req.path) ? serveRoot(req, res, next) : next()
  })
  return router
}
