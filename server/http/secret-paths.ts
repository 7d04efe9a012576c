/** Addresses that mail brings to one person, whose last part is a secret: see `app/routes.ts`. */
const secretPath = /^(\/(?:invitation|mot-de-passe|changement-adresse)\/)[^/]+/i

/** True for an address that holds a secret. */
export function holdsSecret(path: string): boolean {
  return secretPath.test(path)
}

/** The address as it may be logged. */
export function withoutSecret(path: string): string {
  return path.replace(secretPath, '$1…')
}
