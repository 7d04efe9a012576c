import { mediumDate } from '#app/formats.ts'
import type { TitleView } from '#server/domain/access/access-page.ts'

/** What a right comes from: « – copilote, Parcours, depuis le 12 mars 2026 ». */
export function Throughs({ through }: { through: readonly TitleView[] }) {
  return (
    <>
      {through.map(({ label, body, since }) => (
        <span key={`${label}${body}${since}`} className="soft">
          {' – '}
          {label}
          {body && `, ${body}`}, depuis le {mediumDate(since)}
        </span>
      ))}
    </>
  )
}
