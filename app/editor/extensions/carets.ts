/** Someone else's caret: a bar of their colour with their name, drawn by the style sheet and read by nobody aloud. */
export function renderCaret(user: Record<string, unknown>): HTMLElement {
  const caret = document.createElement('span')
  caret.className = 'collaboration-carets__caret'
  caret.setAttribute('aria-hidden', 'true')
  const color = caretColor(user.color)
  caret.style.borderColor = color
  const label = document.createElement('span')
  label.className = 'collaboration-carets__label'
  label.style.backgroundColor = color
  label.style.color = inkOn(color)
  label.textContent = typeof user.name === 'string' ? user.name : ''
  caret.append(label)
  return caret
}

/** A colour that may be written in a style: `#rrggbb` and nothing else. */
export function caretColor(color: unknown): string {
  return typeof color === 'string' && /^#[\da-f]{6}$/i.test(color) ? color : '#574f45'
}

/** Black or white, whichever is read best on a colour (WCAG relative luminance). */
export function inkOn(color: string): '#000000' | '#ffffff' {
  const channel = (start: number) => {
    const value = Number.parseInt(color.slice(start, start + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  const luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
  return luminance > 0.179 ? '#000000' : '#ffffff'
}
