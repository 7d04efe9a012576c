import { unbreakableSpaces } from '#server/vocabulary/french.ts'

/** What a person recognizes a session by, from what the browser says of itself: « Firefox sur Windows ». */
export function describeDevice(userAgent: string | null | undefined): string {
  const said = (userAgent ?? '').slice(0, 500)
  const browser = browsers.find(([mark]) => mark.test(said))?.[1]
  const system = systems.find(([mark]) => mark.test(said))?.[1]
  if (!browser && !system) return 'Appareil inconnu'
  return unbreakableSpaces(`${browser ?? 'Navigateur inconnu'}${system ? ` sur ${system}` : ''}`)
}

/** The first that matches: most browsers also claim to be Chrome and Safari. */
const browsers: readonly (readonly [mark: RegExp, name: string])[] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\b(OPR|Opera)\//, 'Opera'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]

const systems: readonly (readonly [mark: RegExp, name: string])[] = [
  [/iPhone|iPod/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/CrOS/, 'ChromeOS'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/Linux/, 'Linux'],
]
