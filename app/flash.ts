/** What an act has just done: its code travels in the address (`?fait=annonce`), so that it is said without a script. */
const messages = {
  'reunion-creee': 'La réunion est créée. Elle n’est visible que par l’instance tant qu’elle n’est pas annoncée.',
  'reunion-modifiee': 'La réunion est modifiée.',
  'point-propose': 'Votre point est proposé. Les personnes qui tiennent l’ordre du jour vous répondront ici.',
  'point-inscrit': 'Le point est inscrit à l’ordre du jour.',
  'point-ecarte': 'Le point est écarté. La personne qui l’a proposé lira pourquoi.',
  'point-retire': 'Votre point est retiré.',
  annonce: 'La réunion est annoncée. Les destinataires la voient dans leur espace.',
  ouverture: 'La réunion est ouverte. Vous pouvez relever les présences et rédiger le compte rendu.',
  cloture: 'La réunion est close. Son compte rendu vous attend.',
  presences: 'Les présences sont enregistrées.',
  annulation: 'La réunion est annulée.',
  report: 'La réunion est reportée. Voici celle qui la remplace, en préparation.',
  'redaction-ouverte': 'Les membres et suppléants peuvent maintenant écrire dans le compte rendu.',
  'redaction-fermee': 'La rédaction est de nouveau réservée aux rédacteurs.',
  relecture: 'Le compte rendu est en relecture. Les valideurs le voient dans leur espace.',
  brouillon: 'Le compte rendu est redevenu un brouillon.',
  accord: 'Votre accord est enregistré.',
  validation: 'Le compte rendu est validé. Son texte ne changera plus.',
  diffusion: 'Le compte rendu est validé et diffusé à ses destinataires.',
  lecture: 'C’est noté : vous avez lu ce compte rendu.',
  approbation: 'L’approbation du compte rendu est consignée.',
  inscription: 'La proposition est inscrite à l’ordre du jour.',
  resultat: 'Le résultat est consigné au registre. L’instance qui a proposé le voit dans son espace.',
  retrait: 'La proposition est retirée.',
  'relais-demande': 'La demande est enregistrée. Les correspondants la voient dans leur espace.',
  'relais-retire': 'La demande de relayer cette décision est retirée.',
  'relais-repondu': 'La réponse de la structure est enregistrée.',
  'reponse-lue': 'C’est noté : vous avez pris connaissance de la réponse.',
  'structure-ajoutee': 'La structure est ajoutée. Vous pouvez maintenant désigner ses représentants.',
  'structure-modifiee': 'La structure est modifiée.',
  'structure-supprimee': 'La structure est supprimée.',
  'nom-ajoute': 'Le nouveau nom est enregistré. Ce qui est daté d’avant garde l’ancien.',
  'nom-corrige': 'Le nom est corrigé.',
  'nom-retire': 'Le nom est retiré : celui d’avant continue.',
  depart: 'Le départ est enregistré.',
  'depart-annule': 'Le départ est annulé.',
  'proposition-faite': 'La proposition est envoyée au chef de projet.',
  'proposition-acceptee':
    'La proposition est acceptée : le mandat est créé, la personne et la structure sont prévenues.',
  'fin-acceptee': 'La proposition est acceptée : la fin du mandat est enregistrée, la structure est prévenue.',
  'proposition-retournee': 'La proposition est retournée à la structure, avec votre motif.',
  'proposition-retiree': 'La proposition est retirée.',
  'courriel-remis': 'C’est noté : ce courriel a été remis.',
  'courriel-reprend': 'Le courriel est de nouveau en attente ; il part dès que possible.',
  'courriel-abandonne': 'Le courriel est abandonné. Vous pouvez encore le remettre en attente.',
  'presence-dite': 'Votre réponse est enregistrée.',
  'instance-creee': 'L’instance est créée. Vous pouvez maintenant désigner qui y siège.',
  'instance-reglee': 'Les réglages de l’instance sont enregistrés.',
  'instance-supprimee': 'L’instance est supprimée.',
  dissolution: 'La dissolution est enregistrée.',
  'dissolution-annulee': 'La dissolution est annulée.',
  'competence-changee': 'La règle de compétence est changée.',
  'competence-retiree': 'La règle est retirée : celle d’avant continue.',
  visibilites: 'Les visibilités par défaut sont enregistrées.',
  'organe-ajoute': 'L’organe est ajouté.',
  'organe-modifie': 'L’organe est modifié.',
  'organe-supprime': 'L’organe est supprimé.',
  avancement: 'L’avancement de l’action est enregistré.',
  'mot-de-passe-change': 'Votre mot de passe est changé. Vos autres sessions sont fermées.',
  'profil-modifie': 'Votre profil est modifié.',
  'application-retiree': 'L’application d’authentification est retirée. Ses codes de secours ne servent plus.',
  'adresse-demandee': 'Deux courriels partent : confirmez le changement depuis l’ancienne et la nouvelle adresse.',
  'adresse-annulee': 'Le changement d’adresse est annulé.',
  'session-fermee': 'La session est fermée.',
  'sessions-fermees': 'Vos autres sessions sont fermées.',
  designation: 'La personne est désignée. Un courriel le lui dira.',
  'mandat-modifie': 'Le mandat est corrigé.',
  'mandat-fini': 'La fin du mandat est enregistrée. Ce qu’il donnait s’arrête à cette date.',
  'mandat-supprime': 'Le mandat créé par erreur est supprimé.',
  'fonction-donnee': 'La fonction est donnée. Un courriel le dira à la personne.',
  'fonction-modifiee': 'La fonction est corrigée.',
  'fonction-finie': 'La fin de la fonction est enregistrée. Ce qu’elle donnait s’arrête à cette date.',
  rattachement: 'Le prestataire est rattaché à l’instance.',
  'rattachement-fini': 'La fin du rattachement est enregistrée.',
  'personne-retiree':
    'Tous les mandats et fonctions de la personne prennent fin. « Retirée par erreur ? », plus bas, dit comment les lui rendre.',
  'personne-corrigee': 'Les coordonnées sont corrigées.',
  'invitation-renvoyee':
    'Une nouvelle invitation est écrite. Si l’espace n’envoie aucun courriel, elle attend dans « Courriels sortants ».',
  'personnes-ajoutees': 'Les désignations sont enregistrées. Les courriels vont partir.',
  'consortium-cree':
    'Le consortium est créé. Ses chefs de projet qui n’ont pas encore de mot de passe reçoivent une invitation.',
  'consortium-cree-a-remettre':
    'Le consortium est créé. Cet espace n’envoie aucun courriel : ouvrez le compte de chaque chef de projet pour lui remettre son invitation.',
  'consortium-corrige': 'Ce qui est dit du consortium est corrigé.',
  'chef-designe': 'Le chef de projet est désigné.',
  'compte-suspendu': 'Le compte est suspendu : ses sessions sont fermées.',
  'compte-retabli': 'Le compte est rétabli. La personne se connecte avec son mot de passe.',
  'compte-sessions': 'Les sessions de ce compte sont fermées.',
  'compte-application': 'L’application d’authentification est retirée.',
  'compte-invite': 'L’invitation est renvoyée.',
  'compte-invite-a-remettre': 'Une nouvelle invitation attend : affichez-la, puis remettez-la à la personne.',
  'invitation-remise': 'C’est noté : l’invitation a été remise.',
  'administrateur-nomme': 'Cette personne administre maintenant l’espace.',
  'administrateur-retire': 'Cette personne n’administre plus l’espace.',
  'compte-adresse':
    'L’adresse est remplacée et les sessions du compte sont fermées. Un courriel l’annonce à chacune des deux adresses.',
  'compte-efface': 'La personne est effacée.',
  'texte-recrit': 'La page est récrite.',
  'texte-retabli': 'La page a retrouvé son texte d’origine.',
} as const

export type Flash = keyof typeof messages

/** The code of `?fait=…` and its sentence, or null. */
export function flashOf(search: URLSearchParams): { code: string; message: string } | null {
  const code = search.get('fait') ?? ''
  return Object.hasOwn(messages, code) ? { code, message: messages[code as Flash] } : null
}

/** An address that says what has just been done. */
export function withFlash(path: string, flash: Flash): string {
  const { pathname, searchParams, hash } = new URL(path, 'http://site')
  searchParams.set('fait', flash)
  return `${pathname}?${searchParams}${hash}`
}
