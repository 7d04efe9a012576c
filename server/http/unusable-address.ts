import { Mendable } from '#db/mendable.ts'

/** The server cannot listen where it was told to. */
export class UnusableAddressError extends Mendable {
  override name = 'UnusableAddressError'

  /** Null when the error is of another sort. */
  static from(error: NodeJS.ErrnoException, address: { port: number; host: string }): UnusableAddressError | null {
    const { port, host } = address
    if (error.code === 'EADDRINUSE') {
      return new UnusableAddressError(
        `Le port ${port} est déjà utilisé sur ${host} : arrêtez le programme qui l’occupe, ou choisissez-en un autre (PORT=${port + 1}).`,
      )
    }
    if (error.code === 'EACCES') {
      return new UnusableAddressError(
        `Le système refuse le port ${port} : choisissez-en un au-dessus de 1024 par PORT.`,
      )
    }
    if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
      return new UnusableAddressError(`« ${host} » n’est pas une adresse de cette machine : corrigez HOST.`)
    }
    return null
  }
}
