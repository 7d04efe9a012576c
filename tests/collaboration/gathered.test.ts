import { expect, it } from 'vitest'
import { gathered } from '#server/collaboration/gathered.ts'

const question = (n: number) => ({ accountId: `account ${n}`, minutesId: 'minutes', epoch: 1 })
const grant = (accountId: string) => ({
  mode: 'read' as const,
  liveTextId: accountId,
  consortiumId: 'tarn',
  person: { name: '', organisation: '' },
})

it('[L16] asks for a crowd at once, and gives each its own answer', async () => {
  const asked: number[] = []
  const access = gathered(async questions => {
    asked.push(questions.length)
    await new Promise(resolve => setImmediate(resolve))
    return questions.map(({ accountId }) => (accountId === 'account 3' ? null : grant(accountId)))
  })
  const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => access([question(n)])))
  expect(asked).toEqual([20])
  expect(answers.map(([one]) => one?.liveTextId)).toEqual(
    Array.from({ length: 20 }, (_, n) => (n === 3 ? undefined : `account ${n}`)),
  )
  expect(await access([question(1), question(2)])).toHaveLength(2)
})

it('[L16] a failure is told to all those who asked, and to no other', async () => {
  let answers = false
  const access = gathered(async questions => {
    if (!answers) throw new Error('no database')
    return questions.map(({ accountId }) => grant(accountId))
  })
  const failed = await Promise.allSettled([access([question(1)]), access([question(2)])])
  expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  answers = true
  expect(await access([question(4)])).toEqual([grant('account 4')])
})
