declare module '@socialgouv/jours-feries' {
  /** Public holidays of a year, by name, at 00:00 UTC of their day. */
  export default function getJoursFeries(year: number): Record<string, Date>
}
