/**
 * How PostgreSQL plans what the product asks. A statement that comes back is planned once for each connection, for any
 * values: planning takes longer than running, and the product's statements write in their text what a plan depends on
 * (states, numbers of rows). A row found by an index costs about the same as the next one of a table: true of memory and
 * of today's disks.
 */
export const planning = { plan_cache_mode: 'force_generic_plan', random_page_cost: '1.1' } as const
