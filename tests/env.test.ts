import { describe, expect, it } from 'vitest'
import { InvalidEnvError, readEnv } from '#server/env.ts'

describe('the environment', () => {
  it('needs nothing: everything has a default that is safe on one’s own machine', () => {
    expect(readEnv({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      dataDir: './data',
      databaseUrl: undefined,
      origin: undefined,
      demo: true,
      logLevel: 'info',
    })
  })

  it('never creates the demonstration on PostgreSQL unless asked', () => {
    const DATABASE_URL = 'postgres://spie@localhost/spie'
    expect(readEnv({ DATABASE_URL }).demo).toBe(false)
    expect(readEnv({ DATABASE_URL, DEMO: '1' }).demo).toBe(true)
    expect(readEnv({ DEMO: '0' }).demo).toBe(false)
  })

  it('requires a second factor with PostgreSQL, but on the demonstration', () => {
    const DATABASE_URL = 'postgres://spie@localhost/spie'
    expect(readEnv({}).secondFactor).toBe('offered')
    expect(readEnv({ DATABASE_URL }).secondFactor).toBe('required')
    expect(readEnv({ DATABASE_URL, DEMO: '1' }).secondFactor).toBe('offered')
    expect(readEnv({ DATABASE_URL, DEMO: '1', SECOND_FACTOR: 'required' }).secondFactor).toBe('required')
  })

  it('takes an empty variable for an absent one', () => {
    expect(readEnv({ PORT: '', DATABASE_URL: ' ', DEMO: '' })).toMatchObject({ port: 3000, demo: true })
  })

  it('keeps of the origin what a browser sends', () => {
    expect(readEnv({ APP_ORIGIN: 'https://SPIE.exemple.fr:443/' }).origin).toBe('https://spie.exemple.fr')
  })

  it.each([
    ['PORT', 'trois mille', 'nombre entier de 0 à 65535'],
    ['PORT', '70000', 'nombre entier de 0 à 65535'],
    ['DATABASE_URL', 'mysql://localhost/spie', 'postgres://'],
    ['APP_ORIGIN', 'spie.exemple.fr', 'https://spie.exemple.fr'],
    ['APP_ORIGIN', 'https://exemple.fr/spie', 'sans chemin'],
    ['DEMO', 'oui', 'écrivez 1'],
    ['DEMO_PASSWORD', 'court', 'au moins 16 caractères'],
    ['LOG_LEVEL', 'verbose', 'fatal, error, warn'],
    ['NODE_ENV', 'prod', 'production, development, test'],
  ])('%s=%s is refused in French, naming the variable and how to mend it', (name, value, advice) => {
    expect(() => readEnv({ [name]: value })).toThrow(InvalidEnvError)
    expect(() => readEnv({ [name]: value })).toThrow(name)
    expect(() => readEnv({ [name]: value })).toThrow(advice)
  })

  it('lists every mistake at once', () => {
    expect(() => readEnv({ PORT: 'x', DEMO: 'x' })).toThrow(/PORT[\s\S]*DEMO/)
  })
})
