/** Everything the environment can set, checked once at start. The table in README.md lists the same names. */
import path from 'node:path'
import { z } from 'zod'

const port = z.coerce.number().int().min(0).max(65535)
const flag = z
  .enum(['0', '1', 'true', 'false', ''])
  .transform((value) => value === '1' || value === 'true')

const environment = z.object({
  YILU_HOST: z.string().default('127.0.0.1'),
  YILU_PORT: port.default(8080),
  YILU_DATA: z.string().default('./data'),
  /** the address people reach this server at, when a proxy stands before it; also the default cookie scheme */
  YILU_PUBLIC_URL: z.url().optional(),
  YILU_TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  YILU_DEMO: flag.default(false),
  YILU_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  YILU_TIMEZONE: z.string().default('Asia/Shanghai'),
  /** how long an idle bot conversation stays open */
  YILU_IDLE_MINUTES: z.coerce.number().min(1).max(1440).default(30),
  /** how long an agent may be disconnected before their conversations go back to the queue */
  YILU_AGENT_GONE_SECONDS: z.coerce.number().min(5).max(3600).default(60),
  /** JSON file of HTTP data sources (gateway/sources/sources.ts) */
  YILU_SOURCES: z.string().optional(),
  /** new web visitors admitted per minute from one address; guests of one hotel share an address */
  YILU_VISITORS_PER_MINUTE: z.coerce.number().int().min(1).max(100_000).default(120),
  /** recordings are removed after that many days; 0: never */
  YILU_RECORDING_DAYS: z.coerce.number().int().min(0).max(36_500).default(180),
  MONGODB_URI: z.string().optional(),
  YILU_DATABASE: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,38}$/)
    .default('yilu'),
})

export interface Config {
  host: string
  port: number
  dataDir: string
  publicUrl?: string
  trustProxy: number
  demo: boolean
  logLevel: string
  timezone: string
  idleMs: number
  agentGoneMs: number
  sourcesFile?: string
  visitorsPerMinute: number
  recordingDays: number
  mongodbUri?: string
  database: string
}

/** Reads the environment; throws an Error whose message names every bad variable. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const parsed = environment.safeParse(env)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`Bad configuration / 配置有误\n  ${lines.join('\n  ')}`)
  }
  const value = parsed.data
  return {
    host: value.YILU_HOST,
    port: value.YILU_PORT,
    dataDir: path.resolve(value.YILU_DATA),
    publicUrl: value.YILU_PUBLIC_URL,
    trustProxy: value.YILU_TRUST_PROXY,
    demo: value.YILU_DEMO,
    logLevel: value.YILU_LOG_LEVEL,
    timezone: value.YILU_TIMEZONE,
    idleMs: value.YILU_IDLE_MINUTES * 60_000,
    agentGoneMs: value.YILU_AGENT_GONE_SECONDS * 1000,
    sourcesFile: value.YILU_SOURCES,
    visitorsPerMinute: value.YILU_VISITORS_PER_MINUTE,
    recordingDays: value.YILU_RECORDING_DAYS,
    mongodbUri: value.MONGODB_URI || undefined,
    database: value.YILU_DATABASE,
  }
}
