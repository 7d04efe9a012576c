import type { Labels } from './closed-list.ts'

/** Legal pages, whose texts an administrateur may rewrite. */
export type SiteTextKey = 'mentions_legales' | 'donnees_personnelles' | 'accessibilite'

export const siteTextLabels: Labels<SiteTextKey> = {
  mentions_legales: 'Mentions légales',
  donnees_personnelles: 'Données personnelles',
  accessibilite: 'Accessibilité',
}

/** Where each page is read. */
export const siteTextPaths: Labels<SiteTextKey> = {
  mentions_legales: '/mentions-legales',
  donnees_personnelles: '/donnees-personnelles',
  accessibilite: '/accessibilite',
}

/** Most characters of a legal page. */
export const longestSiteText = 30_000

/** What each page says until an administrateur rewrites it, in the marks of `simple-markup.ts`. */
export const defaultSiteTexts: Labels<SiteTextKey> = {
  mentions_legales: `# Éditeur

Cet espace est édité par [à compléter : nom de la collectivité, adresse, téléphone, adresse électronique].

- Directeur ou directrice de la publication : [à compléter : nom et fonction]
- Contact : [à compléter : adresse électronique]

# Hébergement

Cet espace est hébergé par [à compléter : nom de l’hébergeur, adresse, téléphone].

# Contenus

Les comptes rendus, décisions et documents sont ceux des consortiums qui utilisent cet espace. Leur lecture est réservée aux personnes habilitées ; un compte rendu validé est une archive publique, communicable dans les conditions du code du patrimoine.

# Logiciel

Espace SPIE est un logiciel libre, publié sous la licence publique de l’Union européenne (EUPL 1.2). La police de caractères est Atkinson Hyperlegible Next.

# Cookies

Cet espace dépose un seul cookie, nécessaire à la connexion. Il n’a ni mesure d’audience, ni traceur, et ne fait appel à aucun autre site : votre consentement n’est donc pas demandé.`,

  donnees_personnelles: `Cet espace sert à la gouvernance du service public de l’insertion et de l’emploi. Il ne contient aucune donnée sur les personnes accompagnées : n’y écrivez jamais de nom d’allocataire, de numéro de dossier ni de situation individuelle.

# Qui est responsable

Le responsable du traitement est [à compléter : nom de la collectivité, représentant légal, adresse].

Le délégué à la protection des données est joignable à [à compléter : adresse électronique ou postale].

# Pourquoi vos données sont utilisées

- Savoir qui siège dans quelle instance, et au nom de quelle structure
- Réserver à chacun ce que son mandat lui permet de lire et de faire
- Convoquer les réunions, relever les présences, établir les comptes rendus et les décisions
- Vous écrire au sujet de vos mandats et de votre compte
- Protéger les comptes et retrouver l’origine d’un incident

# Sur quelle base

La mission d’intérêt public confiée au responsable (article 6, paragraphe 1, e, du règlement général sur la protection des données), et pour la sécurité des comptes l’obligation de protéger les données (articles 5 et 32).

# Quelles données

- Civilité, prénom, nom, structure, qualité, adresse électronique, téléphone professionnel si vous l’avez donné
- Mandats et fonctions, avec leurs dates
- Présences, accords donnés, actions dont vous êtes chargé, actes faits dans l’espace
- Dates de connexion, adresse réseau, navigateur ; votre mot de passe n’est gardé que sous une forme illisible

# Qui les lit

- Les membres de votre consortium lisent vos nom, structure, qualité et mandats
- Les membres de vos instances et le chef de projet lisent aussi vos coordonnées
- Les administrateurs gèrent les comptes et le journal de sécurité, sans lire le contenu des consortiums
- L’hébergeur, tenu au secret : [à compléter : nom de l’hébergeur]

Aucune donnée n’est vendue, ni transmise hors de l’Union européenne.

# Combien de temps

- Votre compte : tant que vous avez un mandat, puis jusqu’à ce que vous demandiez son effacement, et au plus tard [à compléter : durée, par exemple trois ans après le dernier mandat]
- Le journal de sécurité : douze mois
- Les sessions : quatorze jours sans utilisation
- La trace des courriels envoyés, sans leurs mots : douze mois
- Le motif d’une absence : trois mois après la validation du compte rendu, ou douze mois après la réunion s’il n’est pas validé
- Les comptes rendus validés, les décisions et le journal des actes : archives publiques, gardées aussi longtemps que la loi le demande. Les noms y restent, même après l’effacement du compte

# Vos droits

Vous pouvez demander l’accès à vos données, leur rectification, leur effacement, la limitation de leur usage, et vous opposer à celui-ci pour des raisons tenant à votre situation. Une fois connecté, vous téléchargez tout ce que l’espace garde sur vous à la page [Vos données](/profil/donnees).

Écrivez pour cela à [à compléter : adresse du délégué à la protection des données]. Si la réponse ne vous satisfait pas, vous pouvez saisir la [Commission nationale de l’informatique et des libertés](https://www.cnil.fr/fr/plaintes).`,

  accessibilite: `Espace SPIE n’a pas encore fait l’objet d’un audit de conformité au référentiel général d’amélioration de l’accessibilité (RGAA 4.1.2). Tant qu’un audit n’a pas établi le contraire, il est déclaré non conforme.

# Ce qui est fait

- Chaque page se lit et s’utilise au clavier ; le focus reste visible.
- Les états sont dits par une icône et un mot, jamais par la couleur seule.
- Les pages se lisent sans JavaScript et à 320 pixels de large.
- Les comptes rendus se téléchargent en PDF balisé (PDF/UA).
- Chaque version est contrôlée par un outil automatique, qui ne remplace pas un audit.

# Ce que nous savons imparfait

- L’écriture à plusieurs d’un compte rendu demande JavaScript.
- Aucun essai n’a encore été mené avec des personnes qui utilisent un lecteur d’écran au quotidien.

# Signaler une difficulté

Dites-le au chef de projet de votre consortium, ou à [à compléter : adresse électronique], en indiquant la page concernée. Sans réponse satisfaisante, vous pouvez saisir le [Défenseur des droits](https://www.defenseurdesdroits.fr).`,
}
