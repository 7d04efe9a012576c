import { type Level, levelLabels } from '#server/vocabulary/governance.ts'
import { Icon } from './Icon.tsx'

/** The level of an instance: its hue, its storey, and always its word. */
export function LevelTag({ level }: { level: Level }) {
  return (
    <span className="level-tag" data-level={level}>
      <Icon name={`tier-${level}`} />
      <span>
        <span className="visually-hidden">Niveau </span>
        {levelLabels[level].toLocaleLowerCase('fr')}
      </span>
    </span>
  )
}
