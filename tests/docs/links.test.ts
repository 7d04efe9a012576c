import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const FOLDERS = ['app', 'db', 'docs', 'scripts', 'server', 'tests', '.ci']
const FENCE = /^```[\s\S]*?^```/gm
const files = [...readdirSync(ROOT), ...FOLDERS.flatMap(filesUnder)]
const names = new Set(files.map(file => file.split('/').at(-1)))
const pages = ['README.md', ...files.filter(file => /^docs\/.*\.md$/.test(file))]
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> }

describe.each(pages)('%s', page => {
  const text = read(page)
  const prose = withoutFences(text)

  it('links only to what exists, down to the heading', () => {
    const broken = linksOf(prose).filter(link => !leadsSomewhere(page, link))
    expect(broken).toEqual([])
  })

  it('names only files and folders that exist', () => {
    const missing = codeSpans(prose).filter(looksLikePath).filter(isMissing)
    expect(missing).toEqual([])
  })

  it('names only commands of package.json', () => {
    const code = [...codeSpans(prose), ...fencesOf(text)].join('\n')
    const commands = [...code.matchAll(/\bnpm (?:run )?(?:--\S+ )*([\w:-]+)/g)].map(match => match[1] ?? '')
    const ofNpm = ['install', 'ci', 'audit']
    expect(commands.filter(command => !(command in manifest.scripts) && !ofNpm.includes(command))).toEqual([])
  })
})

it('leaves no page that the README does not lead to', () => {
  const reached = new Set(['README.md'])
  for (const page of reached) {
    for (const link of linksOf(read(page))) {
      const target = targetOf(page, link).split('#')[0] ?? ''
      if (target.endsWith('.md') && existsSync(join(ROOT, target))) reached.add(target)
    }
  }
  expect(pages.filter(page => !reached.has(page))).toEqual([])
})

it('keeps no picture that no page shows', () => {
  const shown = new Set(pages.flatMap(page => linksOf(read(page)).map(link => targetOf(page, link))))
  expect(filesUnder('docs/images').filter(image => !shown.has(image))).toEqual([])
})

it('explains every variable of .env.example in docs/operations.md', () => {
  const variables = [...read('.env.example').matchAll(/^([A-Z][A-Z0-9_]*)=/gm)].map(match => match[1] ?? '')
  const operations = read('docs/operations.md')
  expect(variables.length).toBeGreaterThan(5)
  expect(variables.filter(variable => !operations.includes(`\`${variable}\``))).toEqual([])
})

/** Addresses of the links and images of a page that stay in the project. */
function linksOf(text: string): string[] {
  const all = [...text.matchAll(/\]\(([^)\s]+)\)/g), ...text.matchAll(/\bsrc="([^"]+)"/g)]
  return all.map(match => match[1] ?? '').filter(link => !/^(https?|mailto):/.test(link))
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path = '', heading] = targetOf(page, link).split('#')
  if (!existsSync(join(ROOT, path))) return false
  return heading === undefined || headingsOf(read(path)).includes(decodeURIComponent(heading))
}

function targetOf(page: string, link: string): string {
  return link.startsWith('#') ? page + link : relative(ROOT, join(ROOT, dirname(page), link))
}

/** The anchors that a forge gives to headings. */
function headingsOf(text: string): string[] {
  return [...withoutFences(text).matchAll(/^#+ (.+)$/gm)].map(match =>
    (match[1] ?? '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/gu, '-'),
  )
}

function codeSpans(text: string): string[] {
  return [...text.matchAll(/`([^`\n]+)`/g)].map(match => match[1] ?? '')
}

/** A path under one of the project's folders, or the bare name of a source file. */
function looksLikePath(span: string): boolean {
  if (/[\s<>*…{}$]/.test(span)) return false
  return (
    FOLDERS.some(folder => span.startsWith(`${folder}/`)) || /^[\w.-]+\.(tsx?|mjs|js|css|typ|sql|md|json)$/.test(span)
  )
}

function isMissing(span: string): boolean {
  return span.includes('/') ? !existsSync(join(ROOT, span)) : !names.has(span)
}

function withoutFences(text: string): string {
  return text.replace(FENCE, '')
}

function fencesOf(text: string): string[] {
  return text.match(FENCE) ?? []
}

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

function filesUnder(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap(entry => {
    const path = `${folder}/${entry.name}`
    return entry.isDirectory() ? [path, ...filesUnder(path)] : [path]
  })
}
