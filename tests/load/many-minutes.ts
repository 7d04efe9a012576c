/**
 * A consortium of 60 instances, 2,000 people and 100,000 minutes, four in five distributed, written by SQL under the
 * product's constraints. Minutes stand for documents, which do not exist yet: the same rule reads them.
 */
import { sql } from 'drizzle-orm'
import type { DatabaseHandle } from '#db/client.ts'

export const minutesCount = 100_000
export const peopleCount = 2_000
export const instanceCount = 60

/** One of each sort of person, by the account that holds it. */
export type Sorts = Record<string, string>

export async function fillManyMinutes({ rows }: DatabaseHandle): Promise<{ consortiumId: string; sorts: Sorts }> {
  const [consortium] = await rows<{ id: string }>(
    sql`insert into consortia (slug, name, territory, purpose, created_at) values ('nombreux', 'Nombreux', 'T', '', now()) returning id`,
  )
  const consortiumId = consortium?.id ?? ''
  const here = sql`${consortiumId}::uuid`
  await rows(sql`insert into organisations (consortium_id, slug, phase, position)
    select ${here}, 'structure-' || n, 'elargi', n from generate_series(1, 40) n`)
  await rows(sql`insert into organisation_names (consortium_id, organisation_id, name, short_name, starts_on)
    select ${here}, id, 'Structure ' || position, 'S' || position, '2015-01-01' from organisations where consortium_id = ${here}`)
  // One institutional, one strategic, two restricted groups, one national, and technical groups.
  await rows(sql`insert into instances (consortium_id, slug, code, name, short_name, level, kind, purpose, roles, composition,
      cadence, validator_rule, draft_readers, minutes_visibility, position, created_at)
    select ${here}, 'i' || n, 'I' || n, 'Instance ' || n, 'I' || n,
      case n when 1 then 'institutionnel' when 2 then 'strategique' when 3 then 'strategique' when 4 then 'strategique'
        when 5 then 'strategique' else 'operationnel' end,
      case n when 1 then 'pilotage_institutionnel' when 2 then 'pilotage_strategique' when 3 then 'groupe_restreint'
        when 4 then 'groupe_restreint' when 5 then 'groupe_national' else 'groupe_operationnel' end,
      '', '{}', '', '', case when n < 6 then 'presidence' else 'tous_les_copilotes' end,
      case when n < 6 then 'redacteurs' else 'instance' end,
      case when n in (3, 4) then 'instance' when n = 5 then 'consortium' else 'niveau' end, n, now()
    from generate_series(1, ${sql.raw(String(instanceCount))}) n`)
  await rows(sql`insert into accounts (email, given_name, family_name, is_administrateur, created_at)
    select 'personne-' || n || '@nombreux.test', 'Alix', 'Personne' || n, false, now()
    from generate_series(1, ${sql.raw(String(peopleCount))}) n`)
  // Person n sits in instance n modulo 60: the first of each leads it.
  await rows(sql`insert into mandates (consortium_id, account_id, instance_id, organisation_id, function, civilite, qualite,
      function_label, carries_voice, starts_on, created_at)
    select ${here}, a.id, i.id, o.id,
      case when p.n > 120 then 'membre' when i.position < 6 then 'president' else 'copilote' end,
      'madame', 'agente', 'Membre', false, '2016-01-01', now()
    from (select n, 'personne-' || n || '@nombreux.test' as email from generate_series(1, 1990) n) p
      join accounts a on a.email = p.email
      join instances i on i.consortium_id = ${here} and i.position = 1 + p.n % 60
      join organisations o on o.consortium_id = ${here} and o.position = 1 + p.n % 40`)
  await rows(sql`insert into meetings (consortium_id, instance_id, state, title, starts_at, created_at, announced_at, held_at)
    select ${here}, i.id, 'tenue', 'Réunion ' || n, '2010-01-01'::timestamptz + n * interval '80 minutes',
      '2010-01-01', '2010-01-01', '2010-01-02'
    from generate_series(1, ${sql.raw(String(minutesCount))}) n
      join instances i on i.consortium_id = ${here} and i.position = 1 + (n * 37) % 60`)
  await rows(sql`insert into minutes (consortium_id, meeting_id, state, visibility, created_at, validated_at, distributed_at)
    select ${here}, m.id, case when d then 'brouillon' else 'diffuse' end, i.minutes_visibility, m.created_at,
      case when d then null else m.held_at end, case when d then null else m.held_at end
    from meetings m join instances i on i.id = m.instance_id
      cross join lateral (select abs(hashtext(m.title)) % 5 = 0 as d) draft
    where m.consortium_id = ${here}`)
  const sorts = await insertSorts(rows, consortiumId)
  await rows(sql`analyze`)
  return { consortiumId, sorts }
}

async function insertSorts(rows: DatabaseHandle['rows'], consortiumId: string): Promise<Sorts> {
  const here = sql`${consortiumId}::uuid`
  const account = async (n: number) =>
    (await rows<{ id: string }>(sql`select id from accounts where email = ${`personne-${n}@nombreux.test`}`))[0]?.id ??
    ''
  const give = async (n: number, fn: string) => {
    const id = await account(n)
    await rows(sql`insert into consortium_functions (consortium_id, account_id, function, civilite, qualite, function_label,
        organisation_id, starts_on, created_at)
      select ${here}, ${id}::uuid, ${fn}, 'madame', 'agente', ${fn},
        case when ${fn} = 'correspondant' then (select id from organisations where consortium_id = ${here} and position = 1) end,
        '2016-01-01', now()`)
    return id
  }
  const seat = async (n: number, fn: string, position: number) => {
    const id = await account(n)
    await rows(sql`insert into mandates (consortium_id, account_id, instance_id, organisation_id, function, civilite, qualite,
        function_label, carries_voice, starts_on, created_at, meeting_id)
      select ${here}, ${id}::uuid, i.id, (select id from organisations where consortium_id = ${here} and position = 1), ${fn},
        'madame', 'agente', ${fn}, false, '2016-01-01', now(),
        case when ${fn} = 'invite' then (select m.id from meetings m join minutes c on c.meeting_id = m.id and c.state = 'diffuse'
          where m.instance_id = i.id order by m.starts_at desc limit 1) end
      from instances i where i.consortium_id = ${here} and i.position = ${position}`)
    return id
  }
  const prestataire = await give(1992, 'prestataire')
  await rows(sql`insert into prestataire_attachments (consortium_id, consortium_function_id, instance_id, starts_on)
    select ${here}, f.id, i.id, '2016-01-01' from consortium_functions f
      join instances i on i.consortium_id = ${here} and i.position between 6 and 10
    where f.account_id = ${prestataire}::uuid`)
  return {
    'chef de projet': await give(1991, 'chef_de_projet'),
    'membre de l’instance institutionnelle': await account(180),
    'membre de l’instance stratégique': await account(181),
    'copilote d’un groupe technique': await account(30),
    'membre d’un groupe technique': await account(330),
    'secrétaire d’un groupe technique': await seat(1993, 'secretaire', 20),
    'prestataire de cinq groupes': prestataire,
    correspondant: await give(1994, 'correspondant'),
    observateur: await give(1995, 'observateur'),
    'invité d’une réunion': await seat(1996, 'invite', 20),
  }
}
