/**
 * HTML from a word processor, made plain enough for the editor's parser: real lists where Word writes paragraphs that
 * look like lists, its titles as headings; its styles, comments and Office elements dropped. Runs in a browser.
 */
export function plainHtml(html: string): string {
  // Style sheets go first: the page's security policy would report each of them.
  const page = new DOMParser().parseFromString(html.replace(/<style\b[\s\S]*?<\/style>/gi, ''), 'text/html')
  for (const unwanted of page.querySelectorAll('script, meta, link, title, xml')) unwanted.remove()
  for (const element of [...page.body.querySelectorAll<HTMLElement>('p, h1, h2, h3, h4, h5, h6')])
    readWordParagraph(element)
  return page.body.innerHTML
}

function readWordParagraph(element: HTMLElement): void {
  if (/^MsoTitle$/i.test(element.className)) rename(element, 'h1')
  else if (/^MsoSubtitle$/i.test(element.className)) rename(element, 'h2')
  else {
    const level = wordListLevel(element)
    if (level !== null) moveIntoList(element, level)
  }
}

/** Level of a Word list paragraph, from 1; null when it is not one. */
function wordListLevel(element: HTMLElement): number | null {
  const style = element.getAttribute('style') ?? ''
  const match = /mso-list:\s*l\d+\s+level(\d+)/i.exec(style)
  return match ? Number(match[1]) : null
}

/** Puts the text of a Word list paragraph at the end of the list before it, at its level. */
function moveIntoList(paragraph: HTMLElement, level: number): void {
  const ordered = takeMarker(paragraph)
  const page = paragraph.ownerDocument
  let list: Element | null = listBefore(paragraph, ordered, level)
  if (!list) {
    list = page.createElement(ordered ? 'ol' : 'ul')
    list.setAttribute(WORD_LIST, '')
    paragraph.before(list)
  }
  for (let depth = 1; depth < level; depth++) list = nestedList(list, ordered, depth + 1 === level)
  const item = page.createElement('li')
  const text = page.createElement('p')
  text.append(...paragraph.childNodes)
  item.append(text)
  list.append(item)
  paragraph.remove()
}

const WORD_LIST = 'data-word-list'

/** The list that ends just before, if this paragraph goes on with it. */
function listBefore(paragraph: HTMLElement, ordered: boolean, level: number): Element | null {
  const previous = paragraph.previousElementSibling
  if (!previous?.hasAttribute(WORD_LIST)) return null
  return level > 1 || (previous.tagName === 'OL') === ordered ? previous : null
}

function nestedList(list: Element, ordered: boolean, isLast: boolean): Element {
  const page = list.ownerDocument
  if (!list.lastElementChild) list.append(page.createElement('li'))
  const item = list.lastElementChild ?? list
  const nested = item.lastElementChild
  if (nested && /^(OL|UL)$/.test(nested.tagName) && (!isLast || (nested.tagName === 'OL') === ordered)) return nested
  const made = page.createElement(ordered ? 'ol' : 'ul')
  item.append(made)
  return made
}

/** Takes the typed bullet or number out of a Word list paragraph; true when it was a number or a letter. */
function takeMarker(paragraph: HTMLElement): boolean {
  const marker = [...paragraph.querySelectorAll<HTMLElement>('span[style*="mso-list"]')].find(span =>
    /mso-list:\s*ignore/i.test(span.getAttribute('style') ?? ''),
  )
  const text = marker?.textContent?.trim() ?? ''
  marker?.remove()
  return /^\(?[\da-z]{1,4}[.)]/i.test(text) && !/^o$/i.test(text)
}

function rename(element: HTMLElement, tag: string): void {
  const renamed = element.ownerDocument.createElement(tag)
  renamed.append(...element.childNodes)
  element.replaceWith(renamed)
}
