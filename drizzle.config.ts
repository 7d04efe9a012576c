import { defineConfig } from 'drizzle-kit'

/** `npm run db:generate` compares the schema with the last snapshot and writes the next migration. A landed one is never edited. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './db/schema/index.ts',
  out: './db/migrations',
  casing: 'snake_case',
})
