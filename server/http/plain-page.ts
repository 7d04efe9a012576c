import { unbreakableSpaces } from '#server/vocabulary/french.ts'

export type PlainPage = {
  title: string
  message: string
  /** What to do, in order, with the command that does it; instead of the way back home. */
  steps?: readonly { says: string; command: string | null }[]
  reference: string
  cspNonce: string
}

/** A page that needs nothing but itself: for what is refused before the application is reached, or when it has failed. */
export function plainPage(page: PlainPage): string {
  return `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(page.title)} – Espace SPIE</title>
<style nonce="${escapeHtml(page.cspNonce)}">
:root { color-scheme: light dark }
body { font: 1.0625rem/1.5 system-ui, sans-serif; max-width: 60ch; margin: 15vh auto 2rem; padding: 0 1rem }
h1 { font-size: 1.5rem }
li { margin-bottom: 1rem }
pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: .5rem .75rem; border: 1px solid; border-radius: .25rem }
</style>
</head>
<body>
<main>
<h1>${escapeHtml(page.title)}</h1>
<p>${escapeHtml(unbreakableSpaces(page.message))}</p>
${page.steps ? stepList(page.steps) : '<p><a href="/">Revenir à l’accueil</a></p>'}
<p><small>Référence\u00A0: ${escapeHtml(page.reference)}</small></p>
</main>
</body>
</html>
`
}

function stepList(steps: NonNullable<PlainPage['steps']>): string {
  const items = steps.map(({ says, command }) => {
    const code = command === null ? '' : `\n<pre><code>${escapeHtml(command)}</code></pre>`
    return `<li>${escapeHtml(unbreakableSpaces(says))}${code}</li>`
  })
  return `<ol>\n${items.join('\n')}\n</ol>`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)
}
