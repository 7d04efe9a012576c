/** Something that whoever runs the product can mend: its message, in French, is all that is shown. */
export class Mendable extends Error {}

/** The database cannot be used: unreachable, refused, too old, or without room. */
export class UnusableDatabaseError extends Mendable {
  override name = 'UnusableDatabaseError'
}
