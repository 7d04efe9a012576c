/** Services about accounts; asked in http-accounts.test.ts. */
export const accountServices = {
  'accounts.suspendAccount': 'accounts',
  'accounts.restoreAccount': 'accounts',
} as const
