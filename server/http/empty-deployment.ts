import type { RequestHandler } from 'express'
import type { Services } from '#server/services.ts'
import { plainPage } from './plain-page.ts'

/** While nobody has an account, every address says so and how to begin: there is nothing else to show. */
export function explainEmptyDeployment(isEmpty: Services['administration']['isEmpty']): RequestHandler {
  return (_req, res, next) => {
    isEmpty().then(empty => {
      if (!empty) return next()
      const { reference, cspNonce } = res.locals
      res
        .status(503)
        .type('html')
        .send(plainPage({ ...explanation, reference, cspNonce }))
    }, next)
  }
}

const explanation = {
  title: 'Cet espace est vide',
  message:
    'Espace SPIE est bien installé, mais personne n’y a encore de compte. Voici comment commencer, depuis le dossier du logiciel, sur le serveur. Avec la base de données embarquée, arrêtez d’abord le serveur, puis redémarrez-le ensuite.',
  steps: [
    {
      says: 'Créez le compte de la personne qui administrera cet espace. Son mot de passe s’affichera une seule fois.',
      command: 'npm run administrateur:create -- adresse@exemple.fr "Prénom" "Nom"',
    },
    {
      says: 'Créez un consortium à partir du fichier qui le décrit, par cette commande ou, une fois connecté, depuis les pages d’administration. Le fichier db/consortia/tarn.yaml sert d’exemple, et docs/consortium.md de mode d’emploi.',
      command: 'npm run consortium:create -- mon-consortium.yaml',
    },
    { says: 'Rechargez cette page : elle laissera place à la connexion.', command: null },
  ],
} as const
