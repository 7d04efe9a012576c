import { accounts } from '#db/schema/index.ts'
import type { Context } from '../context.ts'

/**
 * Whether nobody at all has an account: the deployment has not begun. Asked at each request until somebody has one, then
 * never again.
 */
export function createEmptyDeployment(context: Pick<Context, 'db'>): () => Promise<boolean> {
  let begun = false
  return async () => {
    if (begun) return false
    const [anybody] = await context.db.select({ id: accounts.id }).from(accounts).limit(1)
    begun = anybody !== undefined
    return !begun
  }
}
