import { action, decision, h, list, p, vigilance } from '../prose.ts'
import type { MeetingProse } from './meeting-prose.ts'

/** The group Parcours prepares its trial: held, its minutes are being proofread. */
export const parcoursTrial: MeetingProse = {
  title: 'Préparation de l’essai de la trame commune',
  place: 'Agence France Travail, Castres',
  link: 'https://visio.exemple.fr/spie-tarn-parcours',
  start: '09:30',
  end: '11:30',
  items: [
    { title: 'Réponse de l’instance stratégique', reporter: 'Mme Hélène Castagné', minutes: 15 },
    { title: 'Équipes, calendrier et formation', reporter: 'M. Yannick Pradel', minutes: 45 },
    { title: 'Mesure des résultats', reporter: 'M. Romain Delcourt', minutes: 30 },
  ],
  prose: {
    essential: [
      'L’essai de la trame commune est autorisé ; il commence avec douze professionnels.',
      'Une demi-journée de prise en main est demandée au groupe formation-compétences.',
      'Trois mesures seulement : délai, nombre de questions posées deux fois, avis des personnes reçues.',
    ],
    sections: [
      [
        p(
          'L’instance stratégique a adopté l’essai. Elle a ajourné celui de DORA et de Carnet de bord, dans l’attente de l’avis des délégués à la protection des données.',
        ),
        vigilance(
          'L’essai de la trame ne doit pas attendre celui des outils : la version papier suffit pour commencer.',
        ),
      ],
      [
        p('Douze professionnels se portent volontaires :'),
        list(
          'à Albi : quatre du Département, deux de France Travail, un de la mission locale ;',
          'à Castres : deux du Département, deux de Cap emploi, un de la mission locale.',
        ),
        h('Prise en main'),
        p('Une demi-journée commune aux deux équipes, avec une mise en situation filmée de l’entretien.'),
        decision(
          'prise-en-main',
          'coordination_groupes',
          'Demander au groupe formation-compétences d’organiser la demi-journée de prise en main avant le début de l’essai.',
          'Il dispose des salles et du budget des formations communes.',
        ),
        action('copilote-1.parcours', 5, 'Transmettre la liste des douze volontaires au groupe formation-compétences.'),
      ],
      [
        p('M. Delcourt propose un relevé d’une seule page, rempli à la fin de chaque entretien.'),
        action('prestataire', 15, 'Préparer le relevé d’une page et l’essayer avec deux volontaires.'),
        decision(
          'trois-mesures',
          'organisation_interne',
          'Le groupe suit trois mesures pendant l’essai, et pas davantage.',
        ),
      ],
    ],
  },
}
