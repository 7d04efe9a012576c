import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { openDatabase } from '#db/client.ts'
import { migrateDatabase } from '#db/migrate.ts'

/** What the journal does at each write: as usual; an error; a change of PostgreSQL's own log, before the row. */
export type Fault = 'none' | 'fails' | 'changes-wal'

/**
 * A journal whose writes can be made to fail from outside, while the server runs. Nobody else may open an embedded
 * database, so there its trigger looks for a file; elsewhere it looks for a row.
 */
export async function installStoreSwitch(env: {
  DATA_DIR: string
  DATABASE_URL?: string
}): Promise<(fault: Fault) => Promise<void>> {
  const { DATABASE_URL: databaseUrl, DATA_DIR: dataDir } = env
  const handle = await openDatabase({ dataDir, databaseUrl })
  await migrateDatabase(handle)
  const is = (fault: Fault) =>
    databaseUrl
      ? `exists (select 1 from chaos_fault where name = '${fault}')`
      : `(select size is not null from pg_stat_file('${fault}', true))`
  for (const statement of [
    'create table chaos_fault (name text)',
    `create function chaos_fault() returns trigger language plpgsql as $$ begin
       if ${is('changes-wal')} then perform pg_switch_wal(); end if;
       if ${is('fails')} then raise disk_full; end if;
       return new;
     end $$`,
    'create trigger chaos_fault before insert on live_text_updates for each row execute function chaos_fault()',
  ]) {
    await handle.rows(sql.raw(statement))
  }
  await handle.close()
  return databaseUrl ? switchByRow(databaseUrl) : async fault => switchByFile(join(dataDir, 'database'), fault)
}

function switchByRow(databaseUrl: string): (fault: Fault) => Promise<void> {
  return async fault => {
    const client = postgres(databaseUrl, { max: 1 })
    await client`delete from chaos_fault`
    if (fault !== 'none') await client`insert into chaos_fault values (${fault})`
    await client.end()
  }
}

function switchByFile(folder: string, fault: Fault): void {
  for (const each of ['fails', 'changes-wal']) rmSync(join(folder, each), { force: true })
  if (fault !== 'none') writeFileSync(join(folder, fault), '')
}
