/** Who types and who reads, in the benches of live texts. */
export type Scenario = {
  title: string
  texts: number
  /** In each text. */
  editors: number
  readers: number
  keysPerSecond: number
  /** What it is measured against. */
  reference: 'bare' | 'relay'
  /** Ratios to the reference: p95 of sight, p95 of acknowledgement, CPU of the server for a key. */
  goals: { seen: number; acknowledged?: number; cpu?: number }
}

export const scenarios = {
  s1: {
    title: 'S1: 1 text × 30 editors × 5 keys/s',
    texts: 1,
    editors: 30,
    readers: 0,
    keysPerSecond: 5,
    reference: 'bare',
    goals: { seen: 1.25, acknowledged: 1.5, cpu: 1.2 },
  },
  s2: {
    title: 'S2: 10 editors × 5 keys/s + 200 readers',
    texts: 1,
    editors: 10,
    readers: 200,
    keysPerSecond: 5,
    reference: 'bare',
    goals: { seen: 1.25, acknowledged: 1.5, cpu: 1.2 },
  },
  s3: {
    title: 'S3: 100 texts × 5 editors × 2 keys/s',
    texts: 100,
    editors: 5,
    readers: 0,
    keysPerSecond: 2,
    reference: 'bare',
    goals: { seen: 1, acknowledged: 1.5, cpu: 1.2 },
  },
  crowd: {
    title: '200 editors × 2 keys/s on one text',
    texts: 1,
    editors: 200,
    readers: 0,
    keysPerSecond: 2,
    reference: 'relay',
    goals: { seen: 1.5 },
  },
  audience: {
    title: '10 editors × 5 keys/s + 1 000 readers',
    texts: 1,
    editors: 10,
    readers: 1_000,
    keysPerSecond: 5,
    reference: 'relay',
    goals: { seen: 1.5 },
  },
} satisfies Record<string, Scenario>

export type ScenarioName = keyof typeof scenarios
