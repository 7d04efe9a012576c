import type { MinutesPage } from '#server/domain/minutes/minutes-page.ts'

/** The text that the person has before their eyes: an act on another one is refused. */
export function SeenFields({ seen }: { seen: NonNullable<MinutesPage['live']>['seen'] }) {
  return (
    <>
      <input type="hidden" name="stateVector" value={seen.stateVector} />
      <input type="hidden" name="deleteSetHash" value={seen.deleteSetHash} />
    </>
  )
}
