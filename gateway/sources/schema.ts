/** Data sources that flows query, as the console sees and edits them. */
import { z } from 'zod'

const words = z.object({ zh: z.string().trim().max(100), en: z.string().trim().max(100) })
/** at least one of the two: the other is shown in its place */
const nameWords = words.refine(
  ({ zh, en }) => zh || en,
  '请至少填写一种语言 · give it in one language at least',
)
export const sourceId = z.string().regex(/^[a-z][a-zA-Z0-9_-]{0,62}$/)
const paramName = z.string().regex(/^[A-Za-z_]\w{0,39}$/)
/** `data.list.0.name` */
const path = z
  .string()
  .trim()
  .max(200)
  .regex(/^[^.\s]+(\.[^.\s]+)*$/)
const template = (max: number) => z.string().max(max)

const parameter = z.object({
  name: paramName,
  label: z.string().trim().max(100).optional(),
  example: z.string().max(200).optional(),
  required: z.boolean(),
})
export type SourceParameter = z.infer<typeof parameter>

/** What of the raw answer flows get; a part left out leaves the answer as it is. */
const mapping = z.object({
  /** where the list is; everything else is dropped */
  list: path.optional(),
  /** only the first row, as an object */
  one: z.boolean().optional(),
  limit: z.number().int().min(1).max(1000).optional(),
  /** of each row, or of the one object: new name and where it is taken from */
  fields: z
    .array(z.object({ name: paramName, path }))
    .max(50)
    .optional(),
})
export type AnswerMapping = z.infer<typeof mapping>

const name = z.string().trim().min(1).max(64)
/** the framing is ours; what names another host or carries our cookies is nobody's */
const header = z.object({
  name: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,64}$/)
    .refine(
      (given) =>
        !/^(host|connection|content-length|transfer-encoding|upgrade|te|trailer|expect|keep-alive|proxy-.*)$/i.test(
          given,
        ),
      'is set by the product',
    ),
  value: template(1000),
})
const httpAddress = z
  .string()
  .trim()
  .max(2000)
  // no user name, and nothing to fill in before the path
  .regex(/^https?:\/\/[^/?#{}@\\\s]+([/?][^#\\\s]*)?$/i)
const httpAuth = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('basic'), userName: z.string().min(1).max(200) }),
  z.object({ kind: z.literal('bearer') }),
  z.object({ kind: z.literal('header'), header: header.shape.name }),
  z.object({
    kind: z.literal('oauth2'),
    tokenUrl: z
      .string()
      .trim()
      .max(500)
      .regex(/^https?:\/\/[^/?#{}@\\\s]+([/?][^#{}\\\s]*)?$/i),
    clientId: z.string().min(1).max(300),
    scope: z.string().max(500).optional(),
    /** how the client proves itself at the token endpoint (RFC 6749 §2.3.1) */
    sendAs: z.enum(['header', 'body']),
  }),
])
export const httpSettings = z.object({
  method: z.enum(['GET', 'POST']),
  url: httpAddress,
  query: z.array(z.object({ name: z.string().min(1).max(100), value: template(1000) })).max(30),
  headers: z.array(header).max(30),
  /** JSON with {{name}} inside its strings; a string that is nothing else takes the value as it is */
  body: template(20_000).optional(),
  auth: httpAuth,
  /** further tries of a GET that failed */
  retries: z.number().int().min(0).max(3),
  maxBytes: z
    .number()
    .int()
    .min(1024)
    .max(5 * 1024 * 1024),
})
export type HttpSettings = z.infer<typeof httpSettings>

const host = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9_.:-]{1,253}$/)
const tls = z.enum(['off', 'verify', 'unverified'])
const port = z.number().int().min(1).max(65_535)
const certificate = z.string().max(20_000).optional()
const sqlConnection = z.object({
  host,
  port,
  database: name,
  userName: z.string().min(1).max(100),
  tls,
  /** PEM of an authority of one's own */
  ca: certificate,
})
const mongoConnection = z.object({
  /** members of one replica set, asked in this order */
  hosts: z.array(z.object({ host, port })).min(1).max(7),
  database: z.string().regex(/^[^/\\. "$*<>:|?\0]{1,63}$/),
  userName: z.string().max(100).optional(),
  authSource: z.string().max(63).optional(),
  tls,
  ca: certificate,
})
const maxRows = z.number().int().min(1).max(1000)
/** A connection of its own, or that of another source of the same kind. */
const shared = { connectionOf: sourceId.optional() }
export const sqlSettings = z.object({
  ...shared,
  connection: sqlConnection.optional(),
  /** one SELECT with {{name}} where a parameter is bound */
  statement: z.string().trim().min(1).max(10_000),
  maxRows,
})
export type SqlSettings = z.infer<typeof sqlSettings>
export type SqlConnection = z.infer<typeof sqlConnection>
export const mongoSettings = z.object({
  ...shared,
  connection: mongoConnection.optional(),
  collection: z.string().regex(/^(?!system\.)[^$\0]{1,120}$/),
  operation: z.enum(['find', 'aggregate']),
  /** of find: JSON, as the body of an HTTP source */
  filter: template(10_000).optional(),
  projection: template(2000).optional(),
  sort: template(500).optional(),
  /** of aggregate: a JSON list of stages */
  pipeline: template(20_000).optional(),
  maxRows,
})
export type MongoSettings = z.infer<typeof mongoSettings>
export type MongoConnection = z.infer<typeof mongoConnection>

const cell = z.union([z.string().max(2000), z.number(), z.boolean(), z.null()])
const column = z.object({ name: paramName, label: z.string().trim().max(100).optional() })
export const tableSettings = z
  .object({
    columns: z.array(column).min(1).max(40),
    rows: z.array(z.record(paramName, cell)).max(5000),
  })
  .refine(
    ({ columns }) => new Set(columns.map((each) => each.name)).size === columns.length,
    'two columns have the same name',
  )
export type TableSettings = z.infer<typeof tableSettings>

const kinded = [
  z.object({ kind: z.literal('http'), settings: httpSettings }),
  z.object({ kind: z.literal('postgres'), settings: sqlSettings }),
  z.object({ kind: z.literal('mysql'), settings: sqlSettings }),
  z.object({ kind: z.literal('mongodb'), settings: mongoSettings }),
  z.object({ kind: z.literal('table'), settings: tableSettings }),
] as const
export const sourceKinds = ['table', 'http', 'postgres', 'mysql', 'mongodb'] as const
export type SourceKind = (typeof sourceKinds)[number]

/** What is seen of an answer: paths below the variable of the block, without any value. */
const seen = z.object({ list: z.boolean(), fields: z.array(z.string().max(200)).max(100) })
export type SeenAnswer = z.infer<typeof seen>

const common = {
  name: nameWords,
  note: z.string().trim().max(1000).optional(),
  parameters: z.array(parameter).max(30),
  mapping: mapping.optional(),
  /** how long an answer is used again; a block may say otherwise */
  cacheSeconds: z.number().int().min(0).max(86_400),
  /** how much longer, when the source fails */
  staleSeconds: z.number().int().min(0).max(604_800),
  timeoutMs: z.number().int().min(100).max(60_000),
  /** answered when nothing else can be; JSON text */
  fallback: z.string().max(20_000).optional(),
  seen: seen.optional(),
}
const definition = z.object(common).and(z.discriminatedUnion('kind', kinded))
/** A string sets the password, key or token; absent leaves it, null takes it away. */
const secret = z.string().min(1).max(4000).nullable().optional()
export const createSourceBody = z.object({ id: sourceId, secret }).and(definition)
export type CreateSourceBody = z.infer<typeof createSourceBody>
export const updateSourceBody = z.object({ version: z.number().int(), secret }).and(definition)
export type UpdateSourceBody = z.infer<typeof updateSourceBody>

/** What is typed, asked with these parameters; a secret left out is that of the stored source `id`. */
export const trySourceBody = z
  .object({
    id: sourceId.optional(),
    secret,
    params: z.record(paramName, z.string().max(2000)),
    lang: z.string().max(10).default('zh-CN'),
  })
  .and(definition)
export type TrySourceBody = z.infer<typeof trySourceBody>
export const trySourceView = z.object({
  ok: z.boolean(),
  tookMs: z.number(),
  /** as it came, cut where it is long */
  raw: z.unknown().optional(),
  /** as flows get it */
  mapped: z.unknown().optional(),
  /** the `raw` was cut */
  cut: z.boolean().optional(),
  seen: seen.optional(),
  /** of the raw answer */
  rawSeen: seen.optional(),
  error: z.object({ code: z.string(), zh: z.string(), en: z.string() }).optional(),
  /** the other end's own words */
  detail: z.string().optional(),
})
export type TrySourceView = z.infer<typeof trySourceView>

export const sourceHealth = z.object({
  state: z.enum(['unasked', 'ok', 'failing', 'resting']),
  lastOkMs: z.number().optional(),
  lastFault: z
    .object({ atMs: z.number(), code: z.string(), zh: z.string(), en: z.string() })
    .optional(),
  /** since this process began */
  asked: z.number(),
  cached: z.number(),
  failed: z.number(),
  stale: z.number(),
  fallback: z.number(),
  /** of the last answers, oldest first */
  latencyMs: z.array(z.number()),
})
export type SourceHealth = z.infer<typeof sourceHealth>

export const sourceUse = z.object({
  flowId: z.string(),
  name: z.string(),
  block: z.string(),
  live: z.boolean(),
})
export type SourceUse = z.infer<typeof sourceUse>

/** What one needs to use a source in a flow, and how it fares. */
export const sourceView = z.object({
  id: sourceId,
  name: words,
  note: z.string().optional(),
  kind: z.enum(sourceKinds),
  /** bundled with the samples, in the operator's file, or made here */
  origin: z.enum(['bundled', 'file', 'stored']),
  parameters: z.array(parameter),
  /** paths below the block's variable, as last seen: `0.high` of a list */
  fields: z.array(z.string()),
  /** the answer is a list of rows */
  list: z.boolean(),
  health: sourceHealth,
  usedBy: z.array(sourceUse),
  version: z.number().optional(),
})
export type SourceView = z.infer<typeof sourceView>

/** One that can be edited, without its secret. `replaces`: what stands in its place when it is removed. */
export const sourceDetail = z
  .object({
    id: sourceId,
    origin: z.enum(['bundled', 'file', 'stored']),
    hasSecret: z.boolean(),
    replaces: z.boolean(),
    version: z.number(),
  })
  .and(definition)
export type SourceDetail = z.infer<typeof sourceDetail>
