import { action, decision, p } from '../prose.ts'
import type { MeetingProse } from './meeting-prose.ts'

/** The Var's experts propose a shared questionnaire: sealed, and awaiting the strategic team. */
export const varQuestionnaire: MeetingProse = {
  title: 'Questionnaire de situation',
  place: 'Direction du développement social et de l’insertion, Toulon',
  start: '09:30',
  end: '11:30',
  items: [{ title: 'Questionnaire commun à l’entrée du parcours', reporter: 'Mme Elsa Martinon', minutes: 60 }],
  prose: {
    essential: ['Les experts proposent d’étendre l’entretien giratoire à un second territoire.'],
    sections: [
      [
        p('Le questionnaire de situation tient en douze questions. Il est rempli avec la personne, jamais à sa place.'),
        decision(
          'giratoire',
          'experimentation',
          'Étendre l’entretien giratoire au territoire Var Ouest pendant six mois.',
          'Le premier territoire a réduit de moitié l’attente avant l’orientation.',
        ),
        action('copilote-1', 14, 'Préparer le calendrier du second territoire.'),
      ],
    ],
  },
}

export const varStrategic: MeetingProse = {
  title: 'Déploiement dans les trois territoires',
  place: 'Hôtel du Département, Toulon',
  start: '14:00',
  end: '16:00',
  items: [{ title: 'Avancement par territoire', reporter: 'M. Fabrice Aubanel', minutes: 60 }],
}
