import { z } from 'zod'
import { Mendable } from '#db/mendable.ts'
import { readSmtpUrl, type SmtpSettings } from './mail/smtp-url.ts'

/** Settings of the process; the only file that reads the environment. `.env.example` documents each variable. */
export type Env = {
  port: number
  host: string
  /** Folder of the embedded database. */
  dataDir: string
  /** Selects PostgreSQL instead. */
  databaseUrl: string | undefined
  /** The address people use, without a final slash; undefined when the Host header is to be believed. */
  origin: string | undefined
  /** Hops of reverse proxy whose `X-Forwarded-*` headers are believed. */
  trustedProxies: number
  /** Where mail leaves; undefined when it does not. */
  smtp: SmtpSettings | undefined
  /** Whether a second factor is asked before validating, adopting, voting or administering. */
  secondFactor: 'required' | 'offered'
  /** Whether to create the demonstration in an empty database. */
  demo: boolean
  demoPassword: string
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
  mode: 'production' | 'development' | 'test'
}

/** The environment cannot be used; the message lists every mistake and how to mend it. */
export class InvalidEnvError extends Mendable {
  override name = 'InvalidEnvError'
}

/**
 * Reads and checks the environment. An empty variable counts as absent.
 * @throws InvalidEnvError
 */
export function readEnv(variables: Record<string, string | undefined> = process.env): Env {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value?.trim()))
  const result = schema.safeParse(given)
  if (!result.success) {
    const lines = result.error.issues.map(issue => `  - ${issue.path.join('.')} : ${issue.message}`)
    throw new InvalidEnvError(`La configuration ne convient pas :\n${lines.join('\n')}`)
  }
  const env = result.data
  const demo = env.DEMO ?? env.DATABASE_URL === undefined
  return {
    port: env.PORT,
    host: env.HOST,
    dataDir: env.DATA_DIR,
    databaseUrl: env.DATABASE_URL,
    origin: env.APP_ORIGIN,
    trustedProxies: env.TRUSTED_PROXIES,
    smtp: env.SMTP_URL,
    secondFactor: env.SECOND_FACTOR ?? (env.DATABASE_URL === undefined || demo ? 'offered' : 'required'),
    demo,
    demoPassword: env.DEMO_PASSWORD,
    logLevel: env.LOG_LEVEL,
    mode: env.NODE_ENV,
  }
}

/** Of the demonstration's people when none is chosen; printed at start. */
export const defaultDemoPassword = 'marronniers-du-tarn-en-fleurs'

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
const MODES = ['production', 'development', 'test'] as const

const schema = z.object({
  PORT: wholeNumber(0, 65_535).default(3000),
  HOST: z.string().trim().default('127.0.0.1'),
  DATA_DIR: z.string().trim().default('./data'),
  DATABASE_URL: address(['postgres:', 'postgresql:'], 'postgres://utilisateur:mot-de-passe@hote:5432/base').optional(),
  REDIS_URL: address(['redis:', 'rediss:'], 'redis://hote:6379').optional(),
  APP_ORIGIN: z
    .string()
    .trim()
    .refine(isOrigin, 'donnez l’adresse du site sans chemin, par exemple https://spie.exemple.fr')
    .transform(value => new URL(value).origin)
    .optional(),
  TRUSTED_PROXIES: wholeNumber(0, 10).default(0),
  SMTP_URL: z
    .string()
    .trim()
    .transform((value, context) => {
      const smtp = readSmtpUrl(value)
      if (smtp) return smtp
      context.addIssue(
        'donnez une adresse de la forme smtp://utilisateur:mot-de-passe@hote:587?from=espace@exemple.fr ; les caractères spéciaux du mot de passe s’écrivent encodés (%40 pour @), et tls=facultatif permet un serveur sans chiffrement',
      )
      return z.NEVER
    })
    .optional(),
  SECOND_FACTOR: z
    .enum(['required', 'offered'], 'écrivez required pour l’exiger, offered pour le laisser au choix')
    .optional(),
  S3_URL: address(['http:', 'https:'], 'https://hote/depot').optional(),
  DEMO: z
    .enum(['0', '1'], 'écrivez 1 pour créer la démonstration, 0 pour ne pas la créer')
    .transform(value => value === '1')
    .optional(),
  DEMO_PASSWORD: z
    .string()
    .min(16, 'il faut au moins 16 caractères')
    .max(200, 'il faut au plus 200 caractères')
    .default(defaultDemoPassword),
  LOG_LEVEL: z.enum(LEVELS, `les niveaux possibles sont ${LEVELS.join(', ')}`).default('info'),
  NODE_ENV: z.enum(MODES, `les valeurs possibles sont ${MODES.join(', ')}`).default('development'),
})

function wholeNumber(least: number, most: number) {
  return z
    .string()
    .trim()
    .regex(/^\d+$/, `écrivez un nombre entier de ${least} à ${most}`)
    .transform(Number)
    .refine(value => value >= least && value <= most, `écrivez un nombre entier de ${least} à ${most}`)
}

function address(protocols: string[], example: string) {
  return z
    .string()
    .trim()
    .refine(
      value => URL.canParse(value) && protocols.includes(new URL(value).protocol),
      `donnez une adresse de la forme ${example}`,
    )
}

function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false
  const url = new URL(value)
  return /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash && !url.username
}
