import { parentPort } from 'node:worker_threads'
import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common'
import { dictionary as french } from '@zxcvbn-ts/language-fr'
import { strengthAdvice } from './strength-advice.ts'

/** Its dictionaries take 60 MB and one check up to a second: it runs apart, and is gone when nobody chooses a password. */
const zxcvbn = new ZxcvbnFactory({
  dictionary: { ...common, ...french },
  graphs: adjacencyGraphs,
  translations: strengthAdvice,
})

parentPort?.on('message', ({ id, password, words }: { id: number; password: string; words: string[] }) => {
  const { score, feedback } = zxcvbn.check(password, words)
  const advice = [feedback.warning, ...feedback.suggestions].filter(Boolean)
  parentPort?.postMessage({ id, score, advice })
})
