/** A part of what is held about a person, in French, as a table: its headings, then its rows. */
export type DataPart = { title: string; rows: Readonly<Record<string, string | boolean | Date | null>>[] }
