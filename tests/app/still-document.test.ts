import { describe, expect, it } from 'vitest'
import { stillDocument } from '#app/still-document.ts'

const preview = { consortium: 'tarn', query: 'apercu=membre.parcours&diffuse=oui', everywhere: true }
const inMain = (html: string, more = {}) =>
  stillDocument(`<header><button>x</button></header><main>${html}</main>`, { ...preview, ...more })

describe('the document of a preview', () => {
  it.each([
    ['<a href="/tarn">', '<a href="/tarn?apercu=membre.parcours&amp;diffuse=oui">'],
    [
      '<a class="x" href="/tarn/reunions?quand=passees">',
      '<a class="x" href="/tarn/reunions?quand=passees&amp;apercu=membre.parcours&amp;diffuse=oui">',
    ],
    ['<a href="/tarn/decisions#fin">', '<a href="/tarn/decisions?apercu=membre.parcours&amp;diffuse=oui#fin">'],
    ['<a href="?groupe=1#g">', '<a href="?groupe=1&amp;apercu=membre.parcours&amp;diffuse=oui#g">'],
    ['<a href="#contenu">', '<a href="#contenu">'],
    ['<a href="/tarn-nord/reunions">', '<a href="/tarn-nord/reunions">'],
    ['<a href="/profil">', '<a href="/profil">'],
    ['<a href="https://ailleurs.test/tarn">', '<a href="https://ailleurs.test/tarn">'],
    ['<a data-leaves-preview="" href="/tarn/accueil">', '<a data-leaves-preview="" href="/tarn/accueil">'],
    ['<p>&lt;a href=&quot;/tarn&quot;&gt;</p>', '<p>&lt;a href=&quot;/tarn&quot;&gt;</p>'],
  ])('keeps the preview in links of the consortium, and in no other: %s', (link, expected) => {
    expect(inMain(link)).toContain(`<main>${expected}</main>`)
  })

  it('leaves links as they are where only one page may be looked at', () => {
    expect(inMain('<a href="/tarn">', { everywhere: false })).toContain('<a href="/tarn">')
  })

  it('lets nothing be filled in or sent in the page; one may still sign out', () => {
    const page = inMain(
      '<form><input name="a"/><select><option>x</option></select><textarea></textarea><button>y</button></form>',
    )
    expect(page).toContain(
      '<form><input disabled="" name="a"/><select disabled=""><option>x</option></select><textarea disabled=""></textarea><button disabled="">y</button></form>',
    )
    expect(page).toContain('<header><button>x</button></header>')
  })
})
