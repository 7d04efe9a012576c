import type { PageRow } from './pages.ts'

/** [H31]…[H33] [H38] Pages by which the consortium's shape is read and administered. */
export const governanceRows: PageRow[] = [
  { rule: 'H32', route: ':consortium/gestion', path: '/tarn/gestion', ok: ['chef'] },
  { rule: 'H32', route: ':consortium/gestion', path: '/var/gestion', ok: ['chefVar'], own: '/var' },
]

/** Services of the consortium's shape, asked by the matrix of pages. */
export const governanceServices = { 'governance.managementPage': 'pages' } as const
