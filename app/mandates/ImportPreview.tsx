import { Form } from '@remix-run/react'
import { ButtonLink, ButtonRow, SubmitButton } from '#app/components/Button.tsx'
import { Disclosure } from '#app/components/Disclosure.tsx'
import { Notice } from '#app/components/Notice.tsx'
import { Badge } from '#app/components/StateBadge.tsx'
import { counted, plural } from '#app/formats.ts'
import type { LineEffect, ImportPreview as Preview } from '#server/domain/governance/people-import.ts'
import { civiliteLabels } from '#server/vocabulary/governance.ts'

interface ImportPreviewProps {
  slug: string
  preview: Preview
  /** Pieces of a pasted list in which no address was found. */
  unread?: readonly string[]
  /** Said when what was confirmed is no longer what would be done. */
  moved?: boolean
}

/** What each line would do, to correct, look at again and confirm. Nothing is written before. */
export function ImportPreview({ slug, preview, unread = [], moved }: ImportPreviewProps) {
  const { counts, effects } = preview
  const given = counts.mandat + counts.fonction
  const ready = counts.erreur === 0 && given > 0
  return (
    <Form method="post" action={`/${slug}/personnes/nouvelles`} key={preview.seen}>
      <div className="stack">
        {moved && (
          <Notice tone="warning" title="Rien n’est enregistré" announce>
            <p>
              Ces lignes ont été modifiées, le consortium a changé entre-temps, ou une adresse ne peut pas être
              utilisée. Relisez, puis confirmez.
            </p>
          </Notice>
        )}
        <Summary counts={counts} />
        {unread.length > 0 && (
          <Notice
            tone="warning"
            title={`Sans adresse, laissé de côté : ${counted(unread.length, 'morceau', 'morceaux')}`}
          >
            <ul className="list">
              {unread.slice(0, 20).map(piece => (
                <li key={piece}>{piece}</li>
              ))}
            </ul>
          </Notice>
        )}
        <input type="hidden" name="seen" value={preview.seen} />
        <ol className="import-lines">
          {effects.map((effect, index) => (
            <li key={`${effect.line.email}${String(index)}`} className="import-line" data-effect={effect.effect}>
              <Line effect={effect} index={index} organisations={preview.organisations} />
            </li>
          ))}
        </ol>
        <ButtonRow>
          {ready && (
            <SubmitButton name="step" value="confirmer" pendingLabel="Enregistrement en cours…">
              Confirmer {counted(given, 'désignation')}
            </SubmitButton>
          )}
          <SubmitButton variant={ready ? 'secondary' : 'primary'} name="step" value="revoir">
            Revoir les lignes corrigées
          </SubmitButton>
          <ButtonLink to={`/${slug}/personnes`} variant="quiet">
            Abandonner sans rien enregistrer
          </ButtonLink>
        </ButtonRow>
      </div>
    </Form>
  )
}

function Summary({ counts }: { counts: Preview['counts'] }) {
  const parts = [
    (counts.mandat > 0 || counts.fonction === 0) && `${counted(counts.mandat, 'mandat')} à créer`,
    counts.fonction > 0 && `${counted(counts.fonction, 'fonction')} à donner`,
    counts.nouvelle > 0 && `dont ${counted(counts.nouvelle, 'personne nouvelle', 'personnes nouvelles')}`,
    counts.deja > 0 && `${counts.deja} déjà en place`,
    counts.doublon > 0 && counted(counts.doublon, 'doublon'),
    counts.erreur > 0 && `${counted(counts.erreur, 'ligne')} à corriger`,
  ].filter(part => typeof part === 'string')
  return (
    <Notice tone={counts.erreur > 0 ? 'warning' : 'info'} title={parts.join(', ')}>
      <p>
        Rien n’est enregistré pour l’instant.{' '}
        {counts.erreur > 0
          ? `Corrigez ${plural(counts.erreur, 'la ligne signalée', 'les lignes signalées')} : tout sera enregistré ensemble, ou rien.`
          : 'À la confirmation, tout est enregistré ensemble, et chaque personne reçoit un courriel.'}
      </p>
    </Notice>
  )
}

type LineProps = { effect: LineEffect; index: number; organisations: Preview['organisations'] }

function Line({ effect, index, organisations }: LineProps) {
  const { line, errors, guess } = effect
  const name = (field: keyof LineEffect['line']) => `lines[${index}].${field}`
  const id = (field: string) => `ligne-${index}-${field}`
  const described = errors.length > 0 ? id('erreurs') : undefined
  return (
    <fieldset aria-describedby={described}>
      <legend>
        {line.email || 'Sans adresse'} <EffectBadge effect={effect} />
      </legend>
      {errors.length > 0 && (
        <ul className="field-error list" id={id('erreurs')}>
          {errors.map(error => (
            <li key={error}>{error}</li>
          ))}
        </ul>
      )}
      {effect.summary && <p>{effect.summary}</p>}
      {effect.knownAs && <p className="soft">Déjà connue du consortium : {effect.knownAs}.</p>}
      {(['email', 'instance', 'function', 'voice', 'startsOn', 'endsOn', 'titulaire'] as const)
        .filter(field => errors.length === 0 || !correctable.includes(field))
        .map(field => (
          <input key={field} type="hidden" name={name(field)} value={line[field]} />
        ))}
      <div className="import-fields">
        <TextInput id={id('prenom')} name={name('givenName')} label="Prénom" value={line.givenName} />
        <TextInput id={id('nom')} name={name('familyName')} label="Nom" value={line.familyName} />
        <Select
          id={id('civilite')}
          name={name('civilite')}
          label="Civilité"
          value={line.civilite}
          options={Object.entries(civiliteLabels).map(([value, label]) => ({ value, label }))}
        />
        <TextInput id={id('qualite')} name={name('qualite')} label="Qualité" value={line.qualite} />
        <Select
          id={id('structure')}
          name={name('organisation')}
          label={guess ? `Structure (proposée : ${guess.name})` : 'Structure'}
          value={line.organisation}
          options={organisations.map(each => ({ value: each.slug, label: each.name }))}
        />
      </div>
      {errors.length > 0 && (
        <Disclosure summary="Corriger le courriel, l’instance, la fonction, la voix ou les dates">
          <div className="import-fields">
            <Corrections index={index} line={line} />
          </div>
        </Disclosure>
      )}
    </fieldset>
  )
}

const correctable: readonly string[] = ['email', 'instance', 'function', 'startsOn', 'endsOn', 'titulaire', 'voice']

/** The other fields of a line in which something is wrong. */
function Corrections({ index, line }: { index: number; line: LineEffect['line'] }) {
  const fields = {
    email: 'Courriel',
    instance: 'Instance',
    function: 'Fonction',
    voice: 'Voix',
    startsOn: 'Début',
    endsOn: 'Fin',
    titulaire: 'Titulaire',
  } as const
  return Object.entries(fields).map(([field, label]) => (
    <TextInput
      key={field}
      id={`ligne-${index}-${field}`}
      name={`lines[${index}].${field}`}
      label={label}
      value={line[field as keyof typeof fields]}
    />
  ))
}

function TextInput(props: { id: string; name: string; label: string; value: string }) {
  return (
    <div className="field">
      <label className="field-label" htmlFor={props.id}>
        {props.label}
      </label>
      <input className="input" id={props.id} name={props.name} defaultValue={props.value} autoComplete="off" />
    </div>
  )
}

type SelectProps = {
  id: string
  name: string
  label: string
  value: string
  options: readonly { value: string; label: string }[]
}

function Select({ id, name, label, value, options }: SelectProps) {
  const known = value === '' || options.some(option => option.value === value)
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <select className="input" id={id} name={name} defaultValue={value}>
        <option value="">À choisir</option>
        {!known && <option value={value}>{value}</option>}
        {options.map(option => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}

function EffectBadge({ effect: { effect, person } }: { effect: LineEffect }) {
  const { icon, tone, label } = looks[effect]
  const isNew = person === 'nouvelle' && (effect === 'mandat' || effect === 'fonction')
  return (
    <Badge icon={icon} tone={tone}>
      {isNew ? `Nouvelle personne : ${label}` : label}
    </Badge>
  )
}

const looks = {
  mandat: { icon: 'plus', tone: 'success', label: 'Mandat ajouté' },
  fonction: { icon: 'plus', tone: 'success', label: 'Fonction ajoutée' },
  deja: { icon: 'check', tone: 'neutral', label: 'Déjà en place, rien ne change' },
  doublon: { icon: 'copy', tone: 'neutral', label: 'Doublon dans la liste, ignoré' },
  erreur: { icon: 'error', tone: 'danger', label: 'À corriger' },
} as const
