import { action, p, vigilance } from '../prose.ts'
import type { MeetingProse } from './meeting-prose.ts'

/** Held meeting of the institutional instance, in which two proposals of the strategic one got their answer. */
export const institutionalConvention: MeetingProse = {
  title: 'Exécution de la convention',
  place: 'Hôtel du Département, Albi, salle de l’assemblée',
  start: '10:00',
  end: '12:00',
  items: [
    { title: 'Point d’étape de la convention', reporter: 'Mme Marianne Estève', minutes: 30 },
    { title: 'Déploiement dans chaque institution', reporter: 'Mme Nadège Fauré', minutes: 45 },
  ],
  prose: {
    essential: ['Le consortium s’ouvre aux CCAS ; les crédits de communication restent ce qu’ils sont.'],
    sections: [
      [
        p(
          'Mme Estève rappelle les engagements de la convention et leur articulation avec la convention de lutte contre la pauvreté et d’accès à l’emploi.',
        ),
      ],
      [
        p('Chaque institution dit ce qu’elle a relayé auprès de ses équipes. Cinq l’ont fait par écrit.'),
        action('chef-de-projet', 18, 'Préparer une page que chaque institution puisse diffuser telle quelle.'),
      ],
    ],
  },
}

/** Held meeting of the strategic instance, in which the proposals of the group Parcours got their answers. */
export const strategicAnswers: MeetingProse = {
  title: 'Réponses aux propositions des groupes',
  place: 'Hôtel du Département, Albi, salle des commissions',
  link: 'https://visio.exemple.fr/spie-tarn-strategique',
  start: '14:00',
  end: '16:00',
  items: [
    { title: 'Approbation du compte rendu précédent', reporter: 'M. Vincent Lasserre', minutes: 5 },
    { title: 'Point d’avancement des groupes', reporter: 'Mme Nadège Fauré', minutes: 30 },
  ],
  prose: {
    essential: [
      'L’essai de la trame commune est adopté ; celui des outils attend l’avis sur la protection des données.',
    ],
    sections: [
      [p('Le compte rendu de la réunion précédente est approuvé sans observation.')],
      [
        p(
          'Mme Fauré présente l’avancement. Les deux groupes opérationnels demandent à travailler sur une fiche commune.',
        ),
        vigilance('Le groupe numérique n’a plus de représentant opérationnel depuis deux réunions.'),
      ],
    ],
  },
}

export const strategicNext: MeetingProse = {
  title: 'Suites de l’essai et préparation du bilan',
  place: 'Hôtel du Département, Albi, salle des commissions',
  link: 'https://visio.exemple.fr/spie-tarn-strategique',
  start: '14:00',
  end: '16:30',
  items: [
    { title: 'Approbation du compte rendu précédent', reporter: 'M. Vincent Lasserre', minutes: 5 },
    { title: 'Premiers retours de l’essai de la trame', reporter: 'Mme Hélène Castagné', minutes: 40 },
    { title: 'Préparation du bilan financier', reporter: 'Mme Nadège Fauré', minutes: 40 },
  ],
}

export const institutionalNext: MeetingProse = {
  title: 'Bilan de la convention et engagements des membres',
  place: 'Hôtel du Département, Albi, salle de l’assemblée',
  start: '10:00',
  end: '12:00',
  items: [
    { title: 'Bilan de la convention', reporter: 'Mme Marianne Estève', minutes: 40 },
    { title: 'Relais des décisions dans chaque institution', reporter: 'Mme Nadège Fauré', minutes: 30 },
  ],
}
