import { type KeyboardEvent, useRef, useState } from 'react'

/**
 * One stop of the Tab key for a whole toolbar: arrows, Home and End go from one control to the next (ARIA practices,
 * toolbar). Spread `toolbarProps` on its element and give each control `tabIndex(name)` and `data-roving={name}`.
 */
export function useRovingFocus(first: string) {
  const [current, setCurrent] = useState(first)
  const toolbar = useRef<HTMLDivElement>(null)

  const controls = () =>
    [...(toolbar.current?.querySelectorAll<HTMLElement>('[data-roving]') ?? [])].filter(
      // What a narrow screen folds away is no stop.
      control => control.offsetParent !== null,
    )

  function onKeyDown(event: KeyboardEvent) {
    const all = controls()
    const index = all.indexOf(document.activeElement as HTMLElement)
    const target = index < 0 ? undefined : destination(event.key, index, all)
    if (!target) return
    event.preventDefault()
    target.focus()
  }

  return {
    toolbar,
    tabIndex: (name: string) => (name === current ? 0 : -1),
    toolbarProps: {
      ref: toolbar,
      onKeyDown,
      onFocus: (event: { target: EventTarget }) => {
        const name = (event.target as HTMLElement).dataset.roving
        if (name) setCurrent(name)
      },
    },
    /** Puts the focus on the control that had it last. */
    focus: () => {
      const all = controls()
      const last = all.find(control => control.dataset.roving === current) ?? all[0]
      last?.focus()
    },
  }
}

function destination(key: string, index: number, all: readonly HTMLElement[]): HTMLElement | undefined {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return all[(index + 1) % all.length]
    case 'ArrowLeft':
    case 'ArrowUp':
      return all.at(index - 1)
    case 'Home':
      return all[0]
    case 'End':
      return all.at(-1)
    default:
      return undefined
  }
}
