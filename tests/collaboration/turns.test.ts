import { expect, it } from 'vitest'
import { Turns } from '#server/collaboration/turns.ts'

it('lets a few in at a time, in their order, and goes on after one that fails', async () => {
  const turns = new Turns(2)
  const order: string[] = []
  let inside = 0
  let most = 0
  const work = (name: string) =>
    turns.take(async () => {
      most = Math.max(most, ++inside)
      order.push(name)
      await new Promise(resolve => setImmediate(resolve))
      inside--
      if (name === 'b') throw new Error('refused')
      return name
    })
  const results = await Promise.allSettled(['a', 'b', 'c', 'd', 'e'].map(work))
  expect(order).toEqual(['a', 'b', 'c', 'd', 'e'])
  expect(most).toBe(2)
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled'])
  expect(await turns.take(async () => 'again')).toBe('again')
})
