import { action, decision, p } from '../prose.ts'
import type { MeetingProse } from './meeting-prose.ts'

/** Held, its minutes are still a draft. */
export const offerInventory: MeetingProse = {
  title: 'Recensement de l’offre socle',
  place: 'Maison de la Région, Albi',
  link: 'https://visio.exemple.fr/spie-tarn-offre',
  start: '14:00',
  end: '16:00',
  items: [
    { title: 'Ce que le recensement apprend', reporter: 'M. Driss Amrani', minutes: 45 },
    { title: 'Offre aux entreprises', reporter: 'Mme Pauline Assémat', minutes: 30 },
  ],
  prose: {
    essential: ['142 actions recensées ; une sur cinq n’est connue que de la structure qui la porte.'],
    sections: [
      [
        p('M. Amrani présente la carte des 142 actions. Le sud du département manque d’actions de mobilité.'),
        decision(
          'fiche-action-courte',
          'production',
          'Présenter chaque action sur une fiche de dix lignes, la même pour tous.',
        ),
      ],
      [
        p('Les entreprises sont démarchées par cinq institutions sans que l’une sache ce que l’autre propose.'),
        action('membre.offre', 10, 'Réunir les chargés de relations avec les entreprises des cinq institutions.'),
      ],
    ],
  },
}

export const offerNext: MeetingProse = {
  title: 'Fiches d’action et offre aux entreprises',
  place: 'Chambre de commerce et d’industrie, Albi',
  start: '14:00',
  end: '16:00',
  items: [{ title: 'Modèle de fiche', reporter: 'Mme Cécile Bourdon', minutes: 40 }],
}

export const restrictedEvaluation: MeetingProse = {
  title: 'Évaluation nationale',
  place: 'DDETSPP, Albi',
  start: '11:00',
  end: '12:00',
  items: [{ title: 'Questionnaire de la coordination nationale', reporter: 'Mme Béatrice Lavergne', minutes: 40 }],
  prose: {
    essential: ['Le Tarn répond au questionnaire national avant la fin du mois.'],
    sections: [[p('Le groupe répartit les questions entre les quatre institutions.')]],
  },
}

export const restrictedNext: MeetingProse = {
  title: 'Échanges de pratiques',
  place: 'DDETSPP, Albi',
  start: '11:00',
  end: '12:00',
  items: [{ title: 'Préparation de l’échange de pratiques', minutes: 40 }],
}

export const digitalAgendas: MeetingProse = {
  title: 'Agendas et prise de rendez-vous',
  place: 'CAF du Tarn, Albi',
  link: 'https://visio.exemple.fr/spie-tarn-numerique',
  start: '10:00',
  end: '11:30',
  items: [
    { title: 'Ce que chaque agenda sait faire', reporter: 'M. Grégoire Teyssier', minutes: 45 },
    { title: 'Avis sur l’essai de Carnet de bord', reporter: 'M. Loïc Peyrot', minutes: 30 },
  ],
}

export const newsletterMeeting: MeetingProse = {
  title: 'Sommaire de la première lettre',
  place: 'MSA, Albi',
  start: '15:00',
  end: '16:00',
  items: [{ title: 'Sommaire et calendrier', reporter: 'Mme Marion Tesseyre', minutes: 40 }],
}

export const trainingQuarter: MeetingProse = {
  title: 'Programme commun de formation',
  place: 'Centre de formation, Castres',
  start: '09:30',
  end: '11:00',
  items: [{ title: 'Besoins recensés', reporter: 'Mme Véronique Arnal', minutes: 40 }],
}
