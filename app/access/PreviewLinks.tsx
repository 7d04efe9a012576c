import { capitalised } from '#app/formats.ts'
import { previewPath } from '#app/preview-address.ts'
import type { PreviewChoice } from '#server/domain/access/preview-profiles.ts'

type PreviewLinksProps = {
  /** The page that is looked at. */
  path: string
  choices: readonly PreviewChoice[]
  /** True when it may also be shown as once published. */
  later: boolean
}

/** As whom a page may be looked at. A preview is a document of its own: it opens as one. */
export function PreviewLinks({ path, choices, later }: PreviewLinksProps) {
  return (
    <ul className="list preview-links">
      {choices.map(({ code, label }) => (
        <li key={code}>
          <a href={previewPath(path, code)}>{capitalised(label)}</a>
          {later && (
            <>
              {' – '}
              <a href={previewPath(path, code, true)}>
                une fois diffusé<span className="visually-hidden"> : {label}</span>
              </a>
            </>
          )}
        </li>
      ))}
    </ul>
  )
}
