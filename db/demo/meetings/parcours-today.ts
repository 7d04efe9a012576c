import { action, decision, list, p } from '../prose.ts'
import type { MeetingProse } from './meeting-prose.ts'

/** The meeting that is taking place now: its draft is open. */
export const parcoursToday: MeetingProse = {
  title: 'Démarrage de l’essai, accueil des CCAS',
  place: 'Maison du Département, Albi, salle Rochegude',
  link: 'https://visio.exemple.fr/spie-tarn-parcours',
  start: '09:30',
  end: '12:00',
  items: [
    { title: 'Tour de table et accueil de l’Union départementale des CCAS', minutes: 15 },
    { title: 'Premiers entretiens avec la trame commune', reporter: 'Mme Samira Bensaïd', minutes: 45 },
    { title: 'Fiche du référent de parcours', reporter: 'M. Yannick Pradel', minutes: 30 },
    { title: 'Suites à donner et prochaine réunion', minutes: 15 },
  ],
  prose: {
    essential: ['Les premiers entretiens sont plus longs de dix minutes, et évitent un second rendez-vous sur trois.'],
    sections: [
      [
        p(
          'M. Salles présente l’Union départementale des CCAS : onze centres adhérents, dont quatre ont une équipe d’insertion. Il demande comment un CCAS saisira le référent.',
        ),
      ],
      [
        p('Mme Bensaïd rapporte les **vingt-trois premiers entretiens** :'),
        list(
          'la question ouverte du début met les personnes à l’aise ;',
          'la partie « santé » est sautée une fois sur deux, faute de savoir quoi répondre ensuite ;',
          'le temps « ce qui est décidé ensemble » est le plus apprécié.',
        ),
        decision(
          'page-sante',
          'production',
          'Ajouter à la trame une page sur l’accès aux soins, rédigée avec la CPAM et l’ARS.',
          'Sans réponse à proposer, les professionnels évitent la question.',
        ),
        action(
          'membre.parcours',
          21,
          'Réunir trois professionnels de la CPAM pour écrire la page sur l’accès aux soins.',
        ),
      ],
    ],
  },
}
