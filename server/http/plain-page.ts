/** A page that needs nothing but itself: for what is refused before the application is reached, or when it has failed. */
export function plainPage(page: { title: string; message: string; reference: string; cspNonce: string }): string {
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
</style>
</head>
<body>
<main>
<h1>${escapeHtml(page.title)}</h1>
<p>${escapeHtml(page.message)}</p>
<p><a href="/">Revenir à l’accueil</a></p>
<p><small>Référence\u00A0: ${escapeHtml(page.reference)}</small></p>
</main>
</body>
</html>
`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)
}
