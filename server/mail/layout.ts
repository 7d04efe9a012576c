import { unbreakableSpaces } from '#server/vocabulary/french.ts'
import type { MailContent } from './content.ts'

/** The words of a mail, dressed. */
export type Letter = { subject: string; text: string; html: string }

type Setting = {
  /** Its recipient. */
  name: string
  consortium: { name: string; territory: string } | null
  /** Where links lead, without a final slash. */
  origin: string
}

const FOOT = 'Ce message est envoyé automatiquement : une réponse ne serait lue par personne.'

/** A letter as text and as HTML: the same sentences, one link, no image, nothing fetched from elsewhere. */
export function dress(content: MailContent, { name, consortium, origin }: Setting): Letter {
  const typed = (text: string) => unbreakableSpaces(oneLine(text))
  const parts = {
    greeting: `Bonjour ${oneLine(name)},`,
    paragraphs: content.paragraphs.map(typed),
    link: content.link && { label: typed(content.link.label), url: absolute(origin, content.link.path) },
    note: content.note === undefined ? null : typed(content.note),
    sender: consortium ? `Espace SPIE – ${oneLine(consortium.name)}` : 'Espace SPIE',
    foot: unbreakableSpaces(FOOT),
  }
  return { subject: `${prefixOf(consortium)} ${typed(content.subject)}`, text: asText(parts), html: asHtml(parts) }
}

/** What every subject begins with: people sort their mail by it. */
function prefixOf(consortium: { territory: string } | null): string {
  return consortium ? `[Espace SPIE – ${oneLine(consortium.territory)}]` : '[Espace SPIE]'
}

type Parts = {
  greeting: string
  paragraphs: string[]
  link: { label: string; url: string } | null
  note: string | null
  sender: string
  foot: string
}

function asText({ greeting, paragraphs, link, note, sender, foot }: Parts): string {
  const blocks = [
    greeting,
    ...paragraphs,
    ...(link ? [`${link.label}\u00A0:\n${link.url}`] : []),
    ...(note ? [note] : []),
    `-- \n${sender}\n${foot}`,
  ]
  return `${blocks.join('\n\n')}\n`
}

const PAGE = 'margin:0;padding:24px;background:#ffffff;color:#1d1d1b;font:17px/1.5 Arial,Helvetica,sans-serif'
const LINK =
  'display:inline-block;padding:12px 20px;border-radius:4px;background:#1f4e5f;color:#ffffff;font-weight:bold;text-decoration:none'
const SMALL = 'margin:0 0 16px;font-size:15px;color:#4a4a47'

function asHtml({ greeting, paragraphs, link, note, sender, foot }: Parts): string {
  const block = (text: string) => `<p style="margin:0 0 16px">${escaped(text)}</p>`
  const small = (html: string) => `<p style="${SMALL}">${html}</p>`
  const lines = [
    block(greeting),
    ...paragraphs.map(block),
    ...(link
      ? [
          `<p style="margin:24px 0"><a href="${escaped(link.url)}" style="${LINK}">${escaped(link.label)}</a></p>`,
          small(`Si le bouton ne s’ouvre pas, copiez cette adresse\u00A0: <br>${escaped(link.url)}`),
        ]
      : []),
    ...(note ? [small(escaped(note))] : []),
    '<hr style="margin:24px 0;border:0;border-top:1px solid #d9d6cf">',
    small(`${escaped(sender)}<br>${escaped(foot)}`),
  ]
  return `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(sender)}</title></head>
<body style="${PAGE}"><div style="max-width:600px">
${lines.join('\n')}
</div></body></html>
`
}

/** @throws Error on a path that would lead elsewhere */
function absolute(origin: string, path: string): string {
  if (!path.startsWith('/') || path.startsWith('//')) throw new Error('a link in mail leads to a page of the product')
  return `${origin}${path}`
}

function oneLine(text: string): string {
  return text.replace(/\s*[\r\n\t]+\s*/g, ' ').trim()
}

function escaped(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
  return text.replace(/[&<>"']/g, character => entities[character] ?? '')
}
