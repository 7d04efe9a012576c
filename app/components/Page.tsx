import type { ReactNode } from 'react'
import type { Level } from '#server/vocabulary/governance.ts'
import { Breadcrumb, type Crumb } from './Breadcrumb.tsx'
import { Icon } from './Icon.tsx'
import { LevelTag } from './LevelTag.tsx'
import { Menu } from './Menu.tsx'
import { VisibleBy } from './VisibleBy.tsx'

export interface PageProps {
  /** The only `h1`. */
  title: ReactNode
  breadcrumb?: Crumb[]
  /** State badges, beside the title. */
  badges?: ReactNode
  /** Level of the instance the page belongs to: its tag above the title, its hue on the edge of the sheet. */
  level?: Level
  /** One sentence under the title. */
  lead?: ReactNode
  /** « les membres de l’instance »: completes « Visible par : ». */
  visibleBy?: ReactNode
  /** The page that answers « Qui peut voir ceci ? » about it: see `accessPath`. */
  access?: string
  /** The same answer for a page that is about no thing in particular. */
  whoCanSee?: ReactNode
  /** The one thing to do here: a `Button`, a `ButtonLink` or a `Form` around a `SubmitButton`. */
  primaryAction?: ReactNode
  /** The rest, behind « Autres actions »: quiet buttons, links and small forms. */
  otherActions?: ReactNode
  /** What just happened, or what one must know first: `Notice`s. */
  notice?: ReactNode
  /** `sheet`: on paper (default). `bare`: on the desk, for pages that lay out their own sheets. */
  layout?: 'sheet' | 'bare'
  /** `narrow` for a form or a text, `full` for a page that uses the whole width. */
  width?: 'normal' | 'narrow' | 'full'
  children: ReactNode
}

/** A page: where it stands, what it is, its state, who sees it, one main action; then its content. */
export function Page(props: PageProps) {
  const { title, breadcrumb, badges, level, lead, notice, layout = 'sheet', width = 'normal', children } = props
  return (
    <div className="page" data-layout={layout} data-width={width} data-level={level}>
      {breadcrumb && <Breadcrumb crumbs={breadcrumb} />}
      <div className="page-head">
        <div>
          {level && <LevelTag level={level} />}
          <div className="page-title">
            <h1>{title}</h1>
            {badges && <span className="page-badges">{badges}</span>}
          </div>
          {lead && <p className="page-lead">{lead}</p>}
          <VisibleBy {...props} />
        </div>
        <Actions {...props} />
      </div>
      {notice && <div className="page-notice stack">{notice}</div>}
      <div className="page-body">{children}</div>
    </div>
  )
}

function Actions({ primaryAction, otherActions }: Pick<PageProps, 'primaryAction' | 'otherActions'>) {
  if (!primaryAction && !otherActions) return null
  return (
    <div className="page-actions">
      {primaryAction}
      {otherActions && (
        <Menu
          summary={
            <>
              Autres actions
              <Icon name="chevron" />
            </>
          }
        >
          {otherActions}
        </Menu>
      )}
    </div>
  )
}
