import type { IconName } from '#app/components/Icon.tsx'
import { moment, NBSP } from '#app/formats.ts'
import type { LiveStatus } from './live-status.ts'

/** How a status is shown: an icon, a tone, a sentence. */
export interface StatusWords {
  icon: IconName
  tone: 'success' | 'warning' | 'danger' | 'neutral'
  sentence: string
}

/** The status in French; « Enregistré à 14 h 32 » is what the server has acknowledged. */
export function statusWords(status: LiveStatus, now: Date): StatusWords {
  switch (status.state) {
    case 'connecting':
      return { icon: 'progress', tone: 'neutral', sentence: 'Connexion au texte partagé…' }
    case 'saved':
      return { icon: 'circle-check', tone: 'success', sentence: `Enregistré à ${moment(status.at, now)}` }
    case 'unsaved':
      return isRecent(status.since, now)
        ? { icon: 'progress', tone: 'neutral', sentence: 'Enregistrement…' }
        : { icon: 'vigilance', tone: 'warning', sentence: `Non enregistré depuis ${moment(status.since, now)}` }
    case 'offline':
      return status.changes > 0
        ? {
            icon: 'offline',
            tone: 'warning',
            sentence: `Hors ligne. Non enregistré depuis ${moment(status.since, now)}${NBSP}: vos modifications sont gardées sur cet appareil et partiront au retour du réseau.`,
          }
        : { icon: 'offline', tone: 'warning', sentence: `Hors ligne depuis ${moment(status.since, now)}` }
    case 'refused':
      return { icon: 'error', tone: 'danger', sentence: status.reason }
    case 'readOnly':
      return { icon: 'eye', tone: 'neutral', sentence: 'Vous lisez le texte pendant qu’il s’écrit.' }
    case 'closed':
      return { icon: 'lock', tone: 'neutral', sentence: 'Ce texte ne peut plus être modifié.' }
  }
}

/** What Ctrl+S answers: nothing has to be asked for, this is where things stand. */
export function reassurance(status: LiveStatus, now: Date): string {
  if (status.state === 'saved') return 'Tout est enregistré.'
  return statusWords(status, now).sentence
}

/** What is worth saying aloud when the state changes; never that one more key was stored. */
export function spokenStatus(before: LiveStatus | null, status: LiveStatus, now: Date): string | null {
  if (before === null || before.state === status.state || status.state === 'connecting') return null
  if (status.state === 'saved') return before.state === 'connecting' ? null : 'De nouveau enregistré.'
  return statusWords(status, now).sentence
}

/** Seconds during which an edit is on its way and not yet in trouble. */
const PATIENCE_SECONDS = 5

/** Whether an edit is on its way rather than in trouble. */
export function isRecent(since: Date, now: Date): boolean {
  return now.getTime() - since.getTime() < PATIENCE_SECONDS * 1000
}
