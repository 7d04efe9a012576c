import type { FormEvent } from 'react'
import { counted } from '#app/formats.ts'
import { forgetUnsentTextsOf, unsentTexts } from './registry.ts'

/**
 * `onSubmit` of the sign-out form: what is not stored would be lost, since the next person at this device must not find
 * it. Asks first, and deletes it when the answer is yes.
 *
 * @param confirm asks the question; true to sign out all the same
 */
export function confirmSignOut(
  accountId: string,
  confirm: (question: string) => boolean = window.confirm.bind(window),
) {
  return (event: Pick<FormEvent, 'preventDefault'>) => {
    const texts = unsentTexts(accountId)
    if (texts.length === 0) return
    if (confirm(signOutQuestion(texts.length))) void forgetUnsentTextsOf(accountId)
    else event.preventDefault()
  }
}

export function signOutQuestion(texts: number): string {
  return `Des modifications de ${counted(texts, 'compte rendu', 'comptes rendus')} ne sont pas encore enregistrées : elles seront effacées de cet appareil.\n\nSe déconnecter quand même ?`
}
