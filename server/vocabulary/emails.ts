/** Longest address that mail can carry. */
export const longestEmail = 254

/** What is wrong with an electronic address, as a French sentence, or null when it has the form of one. */
export function emailProblem(email: string): string | null {
  if (email.length <= longestEmail && /^[^\s@<>,;]+@[^\s@.<>,;]+(\.[^\s@.<>,;]+)+$/.test(email)) return null
  return `« ${email.slice(0, 80)} » n’est pas une adresse électronique. Écrivez-la ainsi : prenom.nom@exemple.fr.`
}
