import type { ReactNode } from 'react'
import { Icon, type IconName } from './Icon.tsx'

export type NoticeTone = 'info' | 'success' | 'warning' | 'error'

export interface NoticeProps {
  tone?: NoticeTone
  title?: string
  /** Said at once by screen readers: for what an action has just done, not for what stood there already. */
  announce?: boolean
  children?: ReactNode
}

/** A message that stays on the page: what happened, or what one must know. Nothing that pops up and goes away. */
export function Notice({ tone = 'info', title, announce, children }: NoticeProps) {
  const { icon, word, hue } = looks[tone]
  return (
    <div className="notice" data-tone={hue} role={announce ? (tone === 'error' ? 'alert' : 'status') : undefined}>
      <Icon name={icon} />
      <div className="notice-body">
        <div className={title ? 'notice-title' : undefined}>
          <span className="visually-hidden">{word} : </span>
          {title ?? children}
        </div>
        {title && children && <div>{children}</div>}
      </div>
    </div>
  )
}

const looks: Record<NoticeTone, { icon: IconName; word: string; hue: string }> = {
  info: { icon: 'info', word: 'Information', hue: 'info' },
  success: { icon: 'circle-check', word: 'C’est fait', hue: 'success' },
  warning: { icon: 'vigilance', word: 'Attention', hue: 'warning' },
  error: { icon: 'error', word: 'Erreur', hue: 'danger' },
}

/** Nothing here yet: one sentence and, where the person can do something about it, one action. */
export function EmptyState({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <p>{children}</p>
      {action}
    </div>
  )
}
