/** The Indre-et-Loire, as far as governance goes: committees convened by the structure that is funded, and nothing more. */
export const indreEtLoire = `
consortium:
  repère: indre-et-loire
  nom: Service public de l’insertion et de l’emploi d’Indre-et-Loire
  territoire: Indre-et-Loire
structures:
  - { repère: departement, nom: Département d’Indre-et-Loire, phase: initial }
  - { repère: porteur, nom: Structure porteuse, phase: autre }
instances:
  - repère: pilotage
    nom: Comité de pilotage
    code: COPIL
    niveau: stratégique
    type: pilotage stratégique
    composition: La structure porteuse, qui convoque, et le Département, dont les sièges sont obligatoires.
    rythme: Au moins une réunion par an
    réunions par an: 1
  - repère: technique
    nom: Comité technique
    code: COTECH
    niveau: opérationnel
    type: groupe opérationnel
    relève de: pilotage
compétences:
  organisation interne: elle-même
  modalités entre membres: pilotage
  acquisition numérique: pilotage
  numérique sans acquisition: pilotage
  élargissement du consortium: pilotage
  extension du périmètre: pilotage
  budget: pilotage
  bilan: pilotage
  coordination des groupes: pilotage
  production: pilotage
  expérimentation: pilotage
  orientation: pilotage
  autre: pilotage
organes externes:
  - nom: Commission permanente
    structure: departement
    objet: Renouvelle expressément chaque année les conventions
chefs de projet:
  - civilité: Mme
    prénom: Agathe
    nom: Rivière
    courriel: agathe.riviere@indre-et-loire.test
    structure: departement
    qualité: cheffe de projet insertion
`

/** The Tarn-et-Garonne: a plan whose sheets may be piloted by an instance; its governance has one committee and its groups by axis. */
export const tarnEtGaronne = `
consortium:
  repère: tarn-et-garonne
  nom: Convention d’insertion et d’emploi de Tarn-et-Garonne
  territoire: Tarn-et-Garonne
territoires: [Tarn-et-Garonne, Montauban, Moissac]
structures:
  - { repère: departement, nom: Département de Tarn-et-Garonne, phase: initial, entrée par: avenant n° 1 }
  - { repère: france-travail, nom: France Travail, phase: initial }
  - { repère: mission-locale, nom: Mission locale, phase: élargi, territoire: Montauban, entrée le: 01/09/2022 }
instances:
  - { repère: suivi, nom: Comité de suivi de la convention, code: SUIVI, niveau: strategique, type: Pilotage_stratégique }
  - repère: axe-8
    nom: "Groupe de l’axe 8 : numérique"
    nom court: Axe 8
    code: AXE8
    niveau: opérationnel
    type: groupe transversal
    relève de: suivi
    territoire: Montauban
    validation: un copilote
  - { repère: usagers, nom: Groupe d’usagers, code: USAG, niveau: opérationnel, type: participation, relève de: suivi }
compétences:
  organisation interne: elle-même
  modalités entre membres: suivi
  acquisition numérique: suivi
  numérique sans acquisition: axe-8
  élargissement du consortium: suivi
  extension du périmètre: suivi
  budget: suivi
  bilan: suivi
  coordination des groupes: suivi
  production: suivi
  expérimentation: suivi
  orientation: suivi
  autre: suivi
visibilités par défaut:
  participation: consortium
chefs de projet:
  - { civilité: M., prénom: Lucien, nom: Delmas, courriel: lucien.delmas@tarn-et-garonne.test, qualité: chef de projet }
personnes:
  - civilité: Mme
    prénom: Irène
    nom: Vidal
    courriel: irene.vidal@tarn-et-garonne.test
    structure: departement
    qualité: directrice
    mandats:
      - { instance: suivi, fonction: présidente, porte la voix: oui }
  - civilité: Mme
    prénom: Suzanne
    nom: Marcou
    courriel: suzanne.marcou@tarn-et-garonne.test
    structure: departement
    qualité: directrice adjointe
    mandats:
      - { instance: suivi, fonction: suppléante, remplace: irene.vidal@tarn-et-garonne.test }
  - civilité: M.
    prénom: Aurélien
    nom: Blanc
    courriel: aurelien.blanc@cabinet.test
    qualité: consultant
    fonction: prestataire
    rattachements: [axe-8]
`
