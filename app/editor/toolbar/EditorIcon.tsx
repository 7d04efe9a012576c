import type { ReactElement } from 'react'
import { Drawing } from '#app/components/Icon.tsx'

/** Drawings of the writing tools, in the hand of `Icon`: only the editor's page loads them. */
export function EditorIcon({ name }: { name: EditorIconName }) {
  return <Drawing className="icon">{drawings[name]}</Drawing>
}

export type EditorIconName = keyof typeof drawings

const drawings = {
  undo: <path d="M4.5 9.500h9.500a5 5 0 0 1 0 10H8M4.500 9.500l4.500-4.500M4.500 9.500l4.500 4.500" />,
  redo: <path d="M19.500 9.500H10a5 5 0 0 0 0 10h6M19.500 9.500 15 5M19.500 9.500 15 14" />,
  heading: <path d="M5 5v14M13 5v14M5 12h8M17 12.500l2.500-1.500v8" />,
  subheading: (
    <path d="M5 7v11M11.500 7v11M5 12.500h6.500M16 13.500c.3-1.700 3.800-1.800 3.800.5 0 1.500-3.800 2.500-3.800 4.500h4" />
  ),
  paragraph: <path d="M5 6.500h14M5 11h14M5 15.500h9" />,
  bullets: <path d="M9.500 6.500H20M9.500 12H20M9.500 17.500H20M4.800 6.500h.1M4.800 12h.1M4.800 17.500h.1" />,
  numbers: (
    <path d="M10 6.500h10M10 12h10M10 17.500h10M4 5.200l1.300-.7v4M4 15.700c.4-1 2.400-.9 2.300.3 0 .8-2.200 1.500-2.300 2.700h2.400" />
  ),
  quote: (
    <path d="M5 17.500c2-.8 3-2.500 3-5H5v-6h5.500v6c0 3.200-1.500 5-4 6M13.500 17.500c2-.8 3-2.500 3-5h-3v-6H19v6c0 3.200-1.500 5-4 6" />
  ),
  bold: <path d="M7 4.500h6a3.600 3.600 0 0 1 0 7.200H7zM7 11.700h7a3.900 3.900 0 0 1 0 7.800H7z" strokeWidth="2.6" />,
  italic: <path d="M10 4.500h7M7 19.500h7M14 4.500l-4 15" />,
  mention: (
    <path d="M15.500 12a3.500 3.500 0 1 1-7 0 3.500 3.500 0 0 1 7 0ZM15.500 8.500V13c0 3.200 5 3 5-1a8.500 8.500 0 1 0-3.500 6.900" />
  ),
  format: <path d="M4 18.500 8.500 6.500h1L14 18.500M5.700 14.500h6.600M16 18.500h4.500M18.200 8v10.500" />,
} satisfies Record<string, ReactElement>
