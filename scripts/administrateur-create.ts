// `npm run administrateur:create -- adresse@exemple.fr "Prénom" "Nom"`: the person who administers this deployment.
import { parseArgs } from 'node:util'
import { Mendable } from '#db/mendable.ts'
import { createAdministrateur } from '#server/domain/administration/create-administrateur.ts'
import { generatePassword } from '#server/sessions/password-rules.ts'
import { onDatabase, operate, say } from './operator.ts'

const USAGE = `Usage : npm run administrateur:create -- adresse@exemple.fr "Prénom" "Nom"

  Crée un compte d’administrateur ; son mot de passe est fabriqué et affiché une seule fois.
  Si l’adresse a déjà un compte, il devient administrateur et garde son mot de passe.`

await operate(async () => {
  const { email, givenName, familyName } = readArguments()
  const password = generatePassword()
  const done = await onDatabase(context => createAdministrateur(context, { email, givenName, familyName, password }))
  const lines = done.created
    ? [
        `Le compte d’administrateur « ${done.email} » est créé. Son mot de passe :`,
        '',
        `    ${password}`,
        '',
        'Il ne sera plus affiché : transmettez-le à la personne par un moyen sûr.',
      ]
    : [`Le compte « ${done.email} » est maintenant administrateur. Il garde son mot de passe.`]
  say(...lines)
})

function readArguments(): { email: string; givenName: string; familyName: string } {
  try {
    const [email = '', givenName = '', familyName = '', ...others] = parseArgs({ allowPositionals: true }).positionals
    if (email && givenName.trim() && familyName.trim() && others.length === 0) return { email, givenName, familyName }
  } catch {
    // An unknown option.
  }
  throw new Mendable(USAGE)
}
