/** Elements of the page made by hand: what a long text holds by the hundred is no component. */
import { type LineIconName, lines } from '#app/components/Icon.tsx'

type Attributes = Readonly<Record<string, string>>

export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  return filled(document.createElement(tag), attributes, children)
}

/** The same drawing as `Icon`. */
export function icon(name: LineIconName): SVGSVGElement {
  const paper = { class: `icon icon-${name}`, viewBox: '0 0 24 24', width: '20', height: '20', 'aria-hidden': 'true' }
  const line = filled(document.createElementNS(SVG, 'path'), { d: lines[name] })
  return filled(document.createElementNS(SVG, 'svg'), paper, [line])
}

const SVG = 'http://www.w3.org/2000/svg'

let fields = 0

/** A control under its label. */
export function field(label: string, control: HTMLSelectElement | HTMLInputElement): HTMLDivElement {
  control.id = `champ-de-bloc-${++fields}`
  control.className = 'input'
  return element('div', { class: 'field' }, element('label', { class: 'field-label', for: control.id }, label), control)
}

export function option(value: string, label: string): HTMLOptionElement {
  return element('option', { value }, label)
}

/** Shows an element at the end of another, or takes it away. */
export function present(child: Element, shown: boolean, parent: Element): void {
  if (!shown) child.remove()
  else if (child.parentNode !== parent) parent.append(child)
}

/** Writes only what differs: what is said aloud must not be touched for nothing. */
export function write(place: Node, words: string): void {
  if (place.textContent !== words) place.textContent = words
}

function filled<Made extends Element>(made: Made, attributes: Attributes, children: (Node | string)[] = []): Made {
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...children)
  return made
}
