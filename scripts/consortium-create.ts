// `npm run consortium:create -- fichier.yaml [--verifier]`: makes a consortium of the file that describes it.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Mendable } from '#db/mendable.ts'
import { createConsortium } from '#server/domain/consortia/create-consortium.ts'
import type { ConsortiumDescription } from '#server/domain/consortia/description.ts'
import { readDescription } from '#server/domain/consortia/read-description.ts'
import { counted, plural } from '#server/vocabulary/french.ts'
import { onDatabase, operate, say } from './operator.ts'

const USAGE = `Usage : npm run consortium:create -- fichier.yaml [--verifier]

  Crée un consortium à partir du fichier qui le décrit (voir docs/consortium.md), et invite ses chefs de projet.
  Rien n’est écrit si le fichier contient une erreur.
  --verifier  dit seulement si le fichier convient, sans ouvrir la base de données.`

await operate(async () => {
  const { file, onlyCheck } = readArguments()
  const description = readFile(file)
  if (onlyCheck) return say(`Le fichier convient : ${summaryOf(description)}.`)
  const created = await onDatabase(context =>
    context.db.transaction(tx => createConsortium(context, tx, { description, by: null })),
  )
  say(
    `Le consortium « ${created.name} » est créé : ${summaryOf(description)}.`,
    `Son adresse sur le site est /${created.slug}.`,
    created.invited.length > 0
      ? `${counted(created.invited.length, 'invitation')} à envoyer : ${created.invited.join(', ')}.`
      : 'Aucune invitation : ces personnes ont déjà un compte.',
  )
})

function readArguments(): { file: string; onlyCheck: boolean } {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { verifier: { type: 'boolean' } } })
    const [file, ...others] = positionals
    if (file && others.length === 0) return { file, onlyCheck: values.verifier ?? false }
  } catch {
    // An unknown option.
  }
  throw new Mendable(USAGE)
}

/** @throws Mendable with every mistake of the file */
function readFile(file: string): ConsortiumDescription {
  const reading = readDescription(contentOf(file))
  if ('description' in reading) return reading.description
  const { mistakes } = reading
  const lines = mistakes.map(({ line, message }) => `  ligne ${line} : ${message}`)
  const count = `${counted(mistakes.length, 'erreur')} ${plural(mistakes.length, 'est', 'sont')} à corriger dans « ${file} »`
  throw new Mendable(`${count} :\n${lines.join('\n')}\nRien n’a été modifié.`)
}

/** npm runs commands from the project's folder: a path is meant from where the person stands. */
function contentOf(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(resolve(process.env.INIT_CWD ?? '', file)))
  } catch (error) {
    if (error instanceof TypeError) {
      throw new Mendable(
        `« ${file} » n’est pas un texte en UTF-8 : enregistrez-le de nouveau avec cet encodage. Rien n’a été modifié.`,
      )
    }
    throw new Mendable(`« ${file} » ne peut pas être lu : vérifiez le chemin et les droits. Rien n’a été modifié.`)
  }
}

function summaryOf({ organisations, instances, chefs, people }: ConsortiumDescription): string {
  return [
    counted(organisations.length, 'structure'),
    counted(instances.length, 'instance'),
    counted(chefs.length, 'chef de projet', 'chefs de projet'),
    ...(people.length > 0 ? [counted(people.length, 'autre personne', 'autres personnes')] : []),
  ].join(', ')
}
