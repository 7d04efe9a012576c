// `npm run account:password -- adresse@exemple.fr [--stdin]`: gives an account another password.
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { Mendable } from '#db/mendable.ts'
import { generatePassword } from '#server/sessions/password-rules.ts'
import { replacePassword } from '#server/sessions/replace-password.ts'
import { onDatabase, operate } from './operator.ts'

const USAGE = `Usage : npm run account:password -- adresse@exemple.fr [--stdin]

  Donne un nouveau mot de passe à un compte et ferme ses sessions.
  Sans option, le mot de passe est fabriqué et affiché une seule fois.
  --stdin  le lit sur l’entrée standard (une ligne) au lieu de le fabriquer.`

await operate(async () => {
  const { email, fromStdin } = readArguments()
  const password = fromStdin ? await readLine() : generatePassword()
  const replaced = await onDatabase(context => replacePassword(context, { email, password }))
  if (!replaced) throw new Mendable(`Aucun compte n’a l’adresse « ${email} ». Rien n’a été modifié.`)
  report({ email, password: fromStdin ? null : password, ...replaced })
})

function readArguments(): { email: string; fromStdin: boolean } {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { stdin: { type: 'boolean' } } })
    const [email, ...others] = positionals
    if (email?.includes('@') && others.length === 0) return { email, fromStdin: values.stdin ?? false }
  } catch {
    // An unknown option.
  }
  throw new Mendable(USAGE)
}

async function readLine(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write('Nouveau mot de passe (il s’affiche) : ')
  const lines = createInterface({ input: process.stdin })
  for await (const line of lines) {
    lines.close()
    return line
  }
  throw new Mendable('Aucun mot de passe n’a été donné sur l’entrée standard. Rien n’a été modifié.')
}

function report(done: { email: string; password: string | null; suspended: boolean }): void {
  const lines = [`Le mot de passe de « ${done.email} » est remplacé, et ses sessions sont fermées.`]
  if (done.password !== null) {
    lines.push(
      '',
      `    ${done.password}`,
      '',
      'Il ne sera plus affiché : transmettez-le à la personne par un moyen sûr.',
    )
  }
  if (done.suspended) lines.push('Attention : ce compte est suspendu, il ne peut toujours pas se connecter.')
  process.stdout.write(`${lines.join('\n')}\n`)
}
