import type { MetaFunction } from '@remix-run/node'
import { Page } from '#app/components/Page.tsx'
import { Section } from '#app/components/Section.tsx'
import { documentTitle } from '#app/formats.ts'

export const meta: MetaFunction = () => [{ title: documentTitle('Accessibilité') }]

/** The state of accessibility, linked from every page as the law wants. */
export default function Accessibility() {
  return (
    <Page title="Accessibilité : non conforme" width="narrow">
      <p>
        Espace SPIE n’a pas encore fait l’objet d’un audit de conformité au référentiel général d’amélioration de
        l’accessibilité (RGAA 4.1.2). Tant qu’un audit n’a pas établi le contraire, il est déclaré non conforme.
      </p>
      <Section title="Ce qui est fait">
        <ul>
          <li>Chaque page se lit et s’utilise au clavier ; le focus reste visible.</li>
          <li>Les états sont dits par une icône et un mot, jamais par la couleur seule.</li>
          <li>Les pages se lisent sans JavaScript et à 320 pixels de large.</li>
          <li>Les comptes rendus se téléchargent en PDF balisé (PDF/UA).</li>
          <li>Chaque version est contrôlée par un outil automatique, qui ne remplace pas un audit.</li>
        </ul>
      </Section>
      <Section title="Ce que nous savons imparfait">
        <ul>
          <li>L’écriture à plusieurs d’un compte rendu demande JavaScript.</li>
          <li>Aucun essai n’a encore été mené avec des personnes qui utilisent un lecteur d’écran au quotidien.</li>
        </ul>
      </Section>
      <Section title="Signaler une difficulté">
        <p>
          Dites-le au chef de projet de votre consortium, en indiquant la page concernée. Sans réponse satisfaisante,
          vous pouvez saisir le Défenseur des droits.
        </p>
      </Section>
    </Page>
  )
}
