import type { ReactNode } from 'react'
import type { Level } from '#server/vocabulary/governance.ts'
import { BrandMark } from './BrandMark.tsx'
import { type Description, DescriptionList } from './DescriptionList.tsx'
import { LevelTag } from './LevelTag.tsx'

export interface LetterheadProps {
  consortiumName: string
  territory: string
  instanceName: string
  level: Level
  /** « Compte rendu de la réunion du vendredi 5 mars 2027 ». */
  title: ReactNode
  /** Date, place, who presided. */
  facts?: Description[]
  /** Stamped « Projet » until it is sealed. */
  draft?: boolean
}

/** The head of a document: whose it is, what it is. The page's `h1` stands above the sheet, this is its image. */
export function Letterhead({ consortiumName, territory, instanceName, level, title, facts, draft }: LetterheadProps) {
  return (
    <header className="letterhead" data-level={level}>
      <div className="letterhead-top">
        <BrandMark />
        <p>
          <strong>{consortiumName}</strong>
          <br />
          {territory}
        </p>
        {draft && <span className="stamp">Projet</span>}
      </div>
      <p className="letterhead-instance">
        {instanceName} <LevelTag level={level} />
      </p>
      <p className="letterhead-title">{title}</p>
      {facts && facts.length > 0 && <DescriptionList items={facts} />}
    </header>
  )
}
