import type { ReactElement } from 'react'

/**
 * Our own small set, drawn on 24 × 24 with the colour of the text. Always beside a word: hidden from screen readers.
 */
export function Icon({ name, className }: { name: IconName; className?: string }) {
  return <Drawing className={`icon icon-${name}${className ? ` ${className}` : ''}`}>{drawn(name)}</Drawing>
}

/** The paper of every icon; the pen is in the styles, rather than in each of a page's dozens of icons. */
export function Drawing({ className, children }: { className: string; children: ReactElement }) {
  return (
    <svg className={className} viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
      {children}
    </svg>
  )
}

export type IconName = LineIconName | keyof typeof drawings

/** An icon of one line. */
export type LineIconName = keyof typeof lines

function drawn(name: IconName): ReactElement {
  return name in lines ? <path d={lines[name as LineIconName]} /> : drawings[name as keyof typeof drawings]
}

/** The line of each icon that is made of one. */
export const lines = {
  home: 'M3.5 11.2 12 4l8.5 7.2M6 9.5V20h12V9.5M10 20v-5.5h4V20',
  instances: 'M9 3.5h6v4.5H9zM3 16h6v4.5H3zM15 16h6v4.5h-6zM12 8v4M6 16v-4h12v4',
  meeting: 'M4 6h16v14H4zM4 10.5h16M8.5 3.5V7M15.5 3.5V7M8 14.5h3M13 14.5h3',
  decision: 'M6 3.5h8.5L19 8v12.5H6zM14 3.5V8.5h5M9 14.3l2.2 2.2 4.3-4.4',
  minutes: 'M6 3.5h8.5L19 8v12.5H6zM14 3.5V8.5h5M9 12h6.5M9 15h6.5M9 18h4',
  action: 'M4 5.5h5v5H4zM4 14.5h5v5H4zM12.5 8H20M12.5 17H20',
  vigilance: 'M12 3.8 21.2 20H2.8zM12 10v4.5M12 17.4v.1',
  essential: 'M5 6h14M5 11h14M5 16h8',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5c.8-3.8 3.7-5.7 7.5-5.7s6.7 1.9 7.5 5.7',
  people:
    'M9 11.500a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 19.500c.6-3.3 3.1-5 6.5-5s5.9 1.7 6.5 5M15.5 4.900a3.5 3.5 0 0 1 0 6.200M18 14.900c2 .7 3.1 2.3 3.5 4.6',
  chevron: 'm5.5 9 6.5 6.500L18.5 9',
  forward: 'm9 5.5 6.5 6.500L9 18.5',
  back: 'M15 5.5 8.5 12l6.5 6.5',
  rises: 'M12 20V4.500M5.5 11 12 4.5 18.5 11',
  descends: 'M12 4v15.500M5.5 13 12 19.5 18.5 13',
  check: 'm4.5 12.8 5 5L19.5 7',
  'circle-check': 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM7.8 12.400l3 3 5.4-6',
  cross: 'M6 6l12 12M18 6 6 18',
  'circle-cross': 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM9 9l6 6M15 9l-6 6',
  circle: 'M12 20.500a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17Z',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5.300l3.3 2',
  pause: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM9.7 8.800v6.400M14.3 8.800v6.4',
  pencil: 'M4 20l1-4.500L16.2 4.300l3.5 3.500L8.5 19zM13.5 7l3.5 3.5',
  proofread: 'M2.5 12S6 5.8 12 5.8 21.5 12 21.5 12 18 18.2 12 18.2 2.5 12 2.5 12ZM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z',
  eye: 'M2.5 12S6 5.8 12 5.8 21.5 12 21.5 12 18 18.2 12 18.2 2.5 12 2.5 12ZM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z',
  lock: 'M5 10.500h14v10H5zM8 10.500V7.500a4 4 0 0 1 8 0v3M12 14.500v2.5',
  sent: 'M21 3.5 10.5 14M21 3.5 14.5 20.5 10.5 14 3.5 10z',
  agenda: 'M9 6h11M9 12h11M9 18h11M4 6h.1M4 12h.1M4 18h.1',
  proposal: 'M4 5h16v11.500h-8.500L7 20.500v-4H4zM8.5 9h7M8.5 12.500h4.5',
  noted: 'M6.5 3.500h11v17L12 16.500l-5.5 4z',
  withdrawn: 'M4 10.500h11a5 5 0 0 1 0 10h-4M4 10.500l5-5M4 10.500l5 5',
  postponed: 'M4 6h16v14H4zM4 10.500h16M8.5 3.500V7M15.5 3.500V7M9 15.300h6M12.8 13l2.3 2.3-2.3 2.3',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 11v5.500M12 7.700v.1',
  error: 'M8.3 3h7.400L21 8.300v7.400L15.7 21H8.300L3 15.700V8.300zM12 7.500v5.500M12 16.300v.1',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.3 15.3 20.5 20.5',
  plus: 'M12 5v14M5 12h14',
  download: 'M12 4v11.500M6.5 10.5 12 16l5.5-5.500M4.5 20h15',
  print: 'M7 8V3.500h10V8M7 17H3.500V8h17v9H17M7 14h10v6.500H7z',
  projection: 'M3 4.500h18v11.500H3zM12 16v3.500M8 19.500h8',
  external: 'M14 4h6v6M20 4l-9 9M17.5 14v6H4V6.500h6',
  copy: 'M8.5 8.500h11v12h-11zM15.5 8.500v-5h-11v12h4',
  manage:
    'M4 7h9M17 7h3M4 17h3M11 17h9M15 9.500a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM9 19.500a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z',
  more: 'M5.500 12h.1M12 12h.1M18.500 12h.1',
  link: 'M10 14a4 4 0 0 0 5.7 0l3.6-3.600a4 4 0 0 0-5.7-5.700L12 6.300M14 10a4 4 0 0 0-5.7 0l-3.6 3.600a4 4 0 0 0 5.7 5.700L12 17.7',
  place: 'M12 21s7-6 7-11.300A7 7 0 0 0 5 9.700C5 15 12 21 12 21ZM12 12.300a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.200Z',
  comment: 'M4 5h16v11.500h-8.500L7 20.500v-4H4z',
  offline: 'M4 4l16 16M8.5 15.500a5 5 0 0 1 6 -.6M5 12a10 10 0 0 1 5-2.700M13.5 9.200A10 10 0 0 1 19 12M12 19.300v.1',
  'sign-out': 'M14 4H5v16h9M10 12h10.500M17 8.500l3.5 3.5-3.5 3.5',
  trash: 'M4.5 7h15M9.5 7V4h5v3M6.5 7l1 13.500h9l1-13.500M10 11v6M14 11v6',
} satisfies Record<string, string>

const drawings = {
  progress: (
    <>
      <path d="M12 20.500a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17Z" />
      <path d="M12 7v10a5 5 0 0 0 0-10Z" fill="currentColor" stroke="none" />
    </>
  ),
  live: (
    <>
      <circle cx="12" cy="12" r="3.2" fill="currentColor" stroke="none" />
      <path d="M7 17a7 7 0 0 1 0-10M17 7a7 7 0 0 1 0 10M4.3 19.700a10.9 10.9 0 0 1 0-15.400M19.7 4.300a10.9 10.9 0 0 1 0 15.4" />
    </>
  ),
  'tier-institutionnel': <Tiers filled={0} />,
  'tier-strategique': <Tiers filled={1} />,
  'tier-operationnel': <Tiers filled={2} />,
} satisfies Record<string, ReactElement>

/** Three storeys, the one in question filled: a shape beside the hue and the word. */
function Tiers({ filled }: { filled: 0 | 1 | 2 }) {
  const storeys = [
    { x: 9, y: 3.5, width: 6 },
    { x: 6, y: 9.75, width: 12 },
    { x: 3, y: 16, width: 18 },
  ]
  return (
    <>
      {storeys.map((storey, rank) => (
        <rect
          key={storey.y}
          {...storey}
          height="4.5"
          rx="1"
          strokeWidth="1.5"
          fill={rank === filled ? 'currentColor' : 'none'}
        />
      ))}
    </>
  )
}
