import { action, decision, h, list, p, vigilance } from '../prose.ts'
import type { MeetingProse } from './meeting-prose.ts'

/** The strategic instance sets the year's orientations. Sealed, then approved at the following meeting. */
export const strategicOrientations: MeetingProse = {
  title: 'Orientations de l’année et élargissement du consortium',
  place: 'Hôtel du Département, Albi, salle des commissions',
  link: 'https://visio.exemple.fr/spie-tarn-strategique',
  start: '14:00',
  end: '16:30',
  items: [
    { title: 'Avancement des groupes techniques', reporter: 'Mme Nadège Fauré', minutes: 40 },
    { title: 'Élargissement du consortium', reporter: 'M. Laurent Issaly', minutes: 30 },
    { title: 'Budget de la convention', reporter: 'M. Vincent Lasserre', minutes: 30 },
    { title: 'Travaux nationaux et calendrier', reporter: 'M. Laurent Issaly', minutes: 20 },
  ],
  prose: {
    essential: [
      'Les cinq groupes techniques sont au travail ; le groupe Parcours présentera sa trame d’entretien avant l’été.',
      'L’instance propose d’ouvrir le consortium aux centres communaux d’action sociale.',
      'Le calendrier est fixé : trois réunions dans l’année, deux semaines au moins après celles des groupes.',
    ],
    sections: [
      [
        p(
          'Mme Fauré présente le tableau d’avancement. **Parcours** a terminé l’inventaire des diagnostics utilisés par chaque institution : neuf supports différents, dont quatre posent les mêmes questions. **Offre de services** a recensé 142 actions ; une sur cinq n’est connue que de la structure qui la porte.',
        ),
        p(
          'Le groupe **numérique** a vérifié, avec les délégués à la protection des données, ce que chacun peut échanger au titre de l’annexe 1 de la convention. **Information-communication** prépare sa première lettre. **Formation-compétences** propose deux journées d’immersion croisée.',
        ),
        h('Échanges'),
        list(
          'Mme Audouy demande que les indicateurs de délai soient calculés de la même façon par tous ;',
          'M. Calmels rappelle que les exploitants agricoles en difficulté n’entrent dans aucun des trois publics prioritaires ;',
          'Mme Gayraud souhaite que les jeunes suivis par deux institutions ne racontent pas deux fois leur parcours.',
        ),
        action('membre.strategique', -50, 'Envoyer aux copilotes la définition commune des délais de prise en charge.'),
      ],
      [
        p(
          'La première étape s’est volontairement appuyée sur un consortium représentatif, le temps de clarifier les diagnostics et le rôle du référent. M. Issaly estime que cette étape touche à sa fin : les centres communaux d’action sociale reçoivent en premier une part importante du public visé.',
        ),
        decision(
          'elargissement-ccas',
          'elargissement_consortium',
          'Ouvrir le consortium à l’Union départementale des CCAS du Tarn, avec un siège dans chacun des deux groupes opérationnels.',
          'Les CCAS accueillent en premier les personnes sans référent. Leur absence oblige aujourd’hui à refaire le diagnostic.',
          'L’entrée se fait sans changer la composition de l’instance stratégique.',
        ),
        vigilance('Les petites communes n’ont pas de CCAS : prévoir comment elles seront associées.'),
      ],
      [
        p(
          'M. Lasserre présente l’exécution de la convention. L’accord-cadre à bons de commande passé avec le prestataire est plafonné à 214 000 € ; les réunions commandées sont tenues au rythme prévu.',
        ),
        decision(
          'redeploiement-communication',
          'budget',
          'Affecter aux immersions croisées la moitié des crédits prévus pour la communication externe.',
          'La lettre d’information est réalisée en interne ; les journées d’immersion n’ont pas de financement.',
        ),
        action('organisation:france-travail', 12, 'Chiffrer l’accueil de dix agents en immersion dans chaque agence.'),
      ],
      [
        p(
          'Le groupe national n° 2 a publié une note sur l’orientation des publics. Elle confirme le choix d’un diagnostic partagé et recommande un délai de quinze jours pour le premier rendez-vous.',
        ),
        decision(
          'note-nationale',
          'autre',
          'Prendre acte de la note du groupe national n° 2 sur l’orientation des publics et la transmettre aux groupes.',
        ),
        decision(
          'calendrier-strategique',
          'organisation_interne',
          'L’instance se réunit trois fois par an, deux semaines au moins après les groupes opérationnels.',
        ),
        action('instance:parcours', -8, 'Présenter la trame d’entretien à la réunion suivante.'),
      ],
    ],
  },
}
