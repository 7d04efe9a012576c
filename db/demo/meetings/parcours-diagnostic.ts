import { action, decision, h, list, p, vigilance } from '../prose.ts'
import type { MeetingProse } from './meeting-prose.ts'

/** The group Parcours writes its proposals: sealed, and what became of each decision shows every state there is. */
export const parcoursDiagnostic: MeetingProse = {
  title: 'Diagnostic partagé et référent de parcours',
  place: 'Maison du Département, Albi, salle Rochegude',
  link: 'https://visio.exemple.fr/spie-tarn-parcours',
  start: '09:30',
  end: '12:00',
  items: [
    { title: 'Retour sur l’inventaire des diagnostics', reporter: 'Mme Hélène Castagné', minutes: 40 },
    { title: 'Délai du premier rendez-vous', reporter: 'M. Yannick Pradel', minutes: 30 },
    { title: 'Référent de parcours', reporter: 'Mme Samira Bensaïd', minutes: 40 },
    { title: 'Besoins numériques', reporter: 'Mme Hélène Castagné', minutes: 25 },
    { title: 'Organisation du groupe', minutes: 10 },
  ],
  prose: {
    essential: [
      'Une trame d’entretien commune est prête à être essayée à Albi et à Castres.',
      'Le groupe propose un premier rendez-vous sous quinze jours, quelle que soit la porte d’entrée.',
      'Il demande un essai de DORA et de Carnet de bord, sans achat.',
    ],
    sections: [
      [
        p(
          'L’inventaire porte sur **neuf supports**. Tous abordent l’emploi et la formation ; cinq seulement parlent de santé, trois de mobilité, un seul de la garde des enfants. Quatre supports posent les mêmes questions dans un ordre différent.',
        ),
        p('Le groupe retient une trame de deux pages, en quatre temps :'),
        list(
          'ce que la personne veut dire d’elle-même et de son projet ;',
          'ses appuis : expérience, entourage, compétences ;',
          'ce qui la freine : santé, logement, mobilité, garde, droits ;',
          'ce qui est décidé ensemble, par qui et pour quand.',
        ),
        decision(
          'essai-trame',
          'experimentation',
          'Essayer pendant trois mois la trame commune d’entretien dans les équipes d’Albi et de Castres.',
          'Les deux équipes réunissent les trois publics prioritaires. Un bilan est fait avec les personnes reçues.',
        ),
        action('membre.parcours', -12, 'Relire la trame avec cinq jeunes accompagnés et rapporter leurs remarques.'),
      ],
      [
        p(
          'Les délais vont de huit jours à sept semaines selon la porte d’entrée. M. Pradel souligne que le délai dépend moins de la charge des équipes que du temps passé à chercher le bon interlocuteur.',
        ),
        decision(
          'quinze-jours',
          'modalites_entre_membres',
          'Chaque membre du consortium propose un premier rendez-vous dans les quinze jours, et l’institution saisie la première garde la personne jusqu’à ce rendez-vous.',
          'Le délai engage toutes les institutions : il relève de leur accord et non d’un groupe technique.',
        ),
        vigilance(
          'Les délais ne sont pas mesurés de la même façon : la comparaison n’a de sens qu’avec une définition commune.',
        ),
        action('organisation:caf', -5, 'Extraire les délais du deuxième trimestre selon la définition commune.'),
      ],
      [
        h('Qui est le référent ?'),
        p(
          'Mme Bensaïd propose que le référent soit **une personne et non une structure**, connue de la personne accompagnée par son nom et son numéro. M. Alquier demande comment se fait le relais pendant les congés.',
        ),
        decision(
          'articulation-offre',
          'coordination_groupes',
          'Confier aux groupes Parcours et Offre de services une fiche commune : ce que le référent prescrit, et ce que l’offre lui répond.',
          'Les deux groupes avancent séparément ; les professionnels de terrain sont les mêmes.',
        ),
        action(
          'copilote-2.parcours',
          9,
          'Décrire en une page la fonction de référent et le relais pendant ses absences.',
        ),
      ],
      [
        p(
          'Le groupe a vu deux démonstrations des services nationaux : [DORA](https://dora.inclusion.beta.gouv.fr), pour chercher une action près de chez soi, et Carnet de bord, pour partager le suivi.',
        ),
        decision(
          'essai-dora',
          'numerique_sans_acquisition',
          'Essayer DORA et Carnet de bord pendant deux mois avec les équipes de la trame commune.',
          'Les deux services sont gratuits et ne demandent ni achat ni développement.',
        ),
        decision(
          'agenda-partage',
          'acquisition_numerique',
          'Acquérir un agenda partagé de prise de rendez-vous pour toutes les institutions.',
          'Les rendez-vous sont aujourd’hui pris par téléphone, avec un tiers d’appels sans réponse.',
        ),
        action('instance:numerique', 20, 'Présenter en une page ce que chaque agenda sait déjà faire.'),
      ],
      [
        decision(
          'rythme-parcours',
          'organisation_interne',
          'Le groupe se réunit toutes les six semaines, le matin, en salle et à distance.',
        ),
        p('La prochaine réunion fera le point sur la préparation de l’essai.'),
      ],
    ],
  },
}
