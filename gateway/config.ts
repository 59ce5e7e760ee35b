/** Everything the environment can set, checked once at start. The table in README.md lists the same names. */
import path from 'node:path'
import { z } from 'zod'
import type { AllowList } from './outgoing/allow-list.ts'
import { parseAllowList } from './outgoing/allow-list.ts'

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
  /** JSON file of HTTP data sources (gateway/sources/given-sources.ts) */
  YILU_SOURCES: z.string().optional(),
  /** addresses, ranges and host names of one's own network that what staff or providers name may lead to */
  YILU_SOURCE_ALLOW: z
    .string()
    .default('')
    .transform((text, context) => {
      try {
        return parseAllowList(text)
      } catch (error) {
        context.addIssue({ code: 'custom', message: (error as Error).message })
        return z.NEVER
      }
    }),
  /** folder of custom blocks, coded dialogs and flows, one file each (docs/extending.md) */
  YILU_EXTENSIONS: z.string().default('./extensions'),
  /** new web visitors admitted per minute from one address; guests of one hotel share an address */
  YILU_VISITORS_PER_MINUTE: z.coerce.number().int().min(1).max(100_000).default(120),
  /** recordings are removed after that many days; 0: never */
  YILU_RECORDING_DAYS: z.coerce.number().int().min(0).max(36_500).default(180),
  /** figures of flows are removed after that many days; 0: never */
  YILU_MEASURE_DAYS: z.coerce.number().int().min(0).max(36_500).default(1095),
  /** where telephones and trunks reach us; default YILU_HOST */
  YILU_SIP_HOST: z.string().optional(),
  /** UDP and TCP; 0: any free one */
  YILU_SIP_PORT: port.default(5060),
  /** SIP over TLS, when a certificate is given */
  YILU_SIP_TLS_PORT: port.default(5061),
  YILU_SIP_TLS_CERT: z.string().optional(),
  YILU_SIP_TLS_KEY: z.string().optional(),
  /** our address as peers outside see it, e.g. behind a router; told in SIP and SDP */
  YILU_SIP_ADDRESS: z.string().optional(),
  YILU_RTP_PORTS: z
    .string()
    .regex(/^\d{1,5}-\d{1,5}$/)
    .default('20000-29999')
    .transform((text) => {
      const [from, to] = text.split('-').map(Number) as [number, number]
      return { from, to }
    })
    .refine(({ from, to }) => from <= to && to <= 65_535, 'first port above the last'),
  /** threads that carry audio; about 150 calls each */
  YILU_MEDIA_WORKERS: z.coerce.number().int().min(1).max(64).default(1),
  /** a vosk-server, ws://…, instead of the models installed here */
  YILU_VOSK_URL: z.url().optional(),
  /** Google Cloud Text-to-Speech speaks when this is set */
  GOOGLE_APPLICATION_CREDENTIALS: z.string().optional(),
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
  sourceAllow: AllowList
  extensionsDir: string
  visitorsPerMinute: number
  recordingDays: number
  measureDays: number
  sip: {
    host: string
    port: number
    tls?: { port: number; certFile: string; keyFile: string }
    address?: string
  }
  rtpPorts: { from: number; to: number }
  mediaWorkers: number
  voskUrl?: string
  googleCredentials?: string
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
    sourceAllow: value.YILU_SOURCE_ALLOW,
    extensionsDir: path.resolve(value.YILU_EXTENSIONS),
    visitorsPerMinute: value.YILU_VISITORS_PER_MINUTE,
    recordingDays: value.YILU_RECORDING_DAYS,
    measureDays: value.YILU_MEASURE_DAYS,
    sip: {
      host: value.YILU_SIP_HOST ?? value.YILU_HOST,
      port: value.YILU_SIP_PORT,
      ...(value.YILU_SIP_TLS_CERT &&
        value.YILU_SIP_TLS_KEY && {
          tls: {
            port: value.YILU_SIP_TLS_PORT,
            certFile: value.YILU_SIP_TLS_CERT,
            keyFile: value.YILU_SIP_TLS_KEY,
          },
        }),
      ...(value.YILU_SIP_ADDRESS && { address: value.YILU_SIP_ADDRESS }),
    },
    rtpPorts: value.YILU_RTP_PORTS,
    mediaWorkers: value.YILU_MEDIA_WORKERS,
    voskUrl: value.YILU_VOSK_URL,
    googleCredentials: value.GOOGLE_APPLICATION_CREDENTIALS || undefined,
    mongodbUri: value.MONGODB_URI || undefined,
    database: value.YILU_DATABASE,
  }
}
