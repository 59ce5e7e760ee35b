import { z } from 'zod'

const name = z.string().trim().min(1).max(64)
const id = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/)
const userName = z
  .string()
  .trim()
  .min(1)
  .regex(/^[A-Za-z0-9._+@-]{1,64}$/)
const password = z.string().min(1).max(128)
const transport = z.enum(['udp', 'tcp', 'tls'])
const host = z
  .string()
  .trim()
  .min(1)
  .max(253)
  .regex(/^([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[?[0-9A-Fa-f:]+\]?)$/)
const port = z.number().int().min(1).max(65535)
const shownNumber = z.string().regex(/^\+?\d{2,24}$/)
const version = z.number().int()
/** '12301', '+862912301', a prefix '029*', or '*' for whatever nobody else has */
const pattern = z
  .string()
  .trim()
  .regex(/^(\+?\d{1,24}\*?|\*)$/)

const range = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])
/** a secret is only ever written; `hasPassword` says that there is one */
const credentialsView = z.object({ userName, hasPassword: z.boolean() })
const registerFields = z.object({
  registrar: z.object({ host, port, transport }).optional(),
  aor: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(/^sips?:[^\s@;<>]+@[^\s@;<>]+$/),
  expiresSeconds: z.number().int().min(60).max(86_400),
})

const trunkFields = {
  name,
  host,
  port,
  transport,
  enabled: z.boolean(),
  outbound: z.boolean(),
  callerNumbers: z.array(shownNumber).max(200),
  priority: z.number().int().min(0).max(99),
}
/** numbers that may be called: '13*', '+86*', '12345'; absent: all of them */
const dials = z.array(pattern).min(1).max(500)
const maxCalls = z.number().int().min(1).max(10_000)

export const trunkView = z.object({
  id,
  ...trunkFields,
  inbound: z.object({ byAddress: z.array(range).max(50), digest: credentialsView.optional() }),
  credentials: credentialsView.optional(),
  register: registerFields.optional(),
  dials: dials.optional(),
  maxCalls: maxCalls.optional(),
  version,
})
export type TrunkView = z.infer<typeof trunkView>

/** An absent password keeps the one there is, as long as the user name stays. */
const credentialsBody = z.object({ userName, password: password.optional() })
const inboundBody = z.object({
  byAddress: z.array(range).max(50).default([]),
  digest: credentialsBody.nullish(),
})
export const createTrunkBody = z.object({
  id,
  name,
  host,
  port: port.default(5060),
  transport: transport.default('udp'),
  enabled: z.boolean().default(true),
  inbound: inboundBody.default({ byAddress: [] }),
  outbound: z.boolean().default(false),
  credentials: credentialsBody.nullish(),
  register: registerFields.nullish(),
  callerNumbers: trunkFields.callerNumbers.default([]),
  priority: trunkFields.priority.default(0),
  dials: dials.nullish(),
  maxCalls: maxCalls.nullish(),
})
export type CreateTrunkBody = z.infer<typeof createTrunkBody>
/** A PATCH: absent fields stay, null takes away. */
export const updateTrunkBody = z
  .object({
    ...trunkFields,
    inbound: inboundBody,
    credentials: credentialsBody.nullable(),
    register: registerFields.nullable(),
    dials: dials.nullable(),
    maxCalls: maxCalls.nullable(),
  })
  .partial()
  .extend({ version })
export type UpdateTrunkBody = z.infer<typeof updateTrunkBody>
/** SIP status of the answer; 408: nothing came back */
export const pingView = z.object({ status: z.number(), tookMs: z.number() })
export type PingView = z.infer<typeof pingView>

const numberFields = {
  name,
  numbers: z.array(pattern).min(1).max(200),
  flowId: z.string().min(1).max(64),
  lang: z.enum(['zh-CN', 'en']),
  enabled: z.boolean(),
  /** calls on it are recorded */
  record: z.boolean(),
}
const holdTune = z.string().min(1).max(64)
/** heard before the call is answered, for that long */
const ringback = z.object({
  tune: z.string().min(1).max(64),
  seconds: z.number().int().min(2).max(60),
})
/** One entry of the number plan: an account of channel 'voice'. */
export const numberView = z.object({
  id,
  ...numberFields,
  /** tunes of /prompts/tunes */
  holdTune: holdTune.optional(),
  ringback: ringback.optional(),
  version,
})
export type NumberView = z.infer<typeof numberView>
export const createNumberBody = z.object({
  id,
  ...numberFields,
  lang: numberFields.lang.default('zh-CN'),
  enabled: z.boolean().default(true),
  record: z.boolean().default(true),
  holdTune: holdTune.nullish(),
  ringback: ringback.nullish(),
})
export type CreateNumberBody = z.infer<typeof createNumberBody>
/** A PATCH: absent fields stay, null takes away. */
export const updateNumberBody = z
  .object({ ...numberFields, holdTune: holdTune.nullable(), ringback: ringback.nullable() })
  .partial()
  .extend({ version })
export type UpdateNumberBody = z.infer<typeof updateNumberBody>

/** A number that may be shown when calling out. */
export const callerNumberView = z.object({ number: z.string(), name: z.string() })
export type CallerNumberView = z.infer<typeof callerNumberView>

const extensionNumber = z
  .string()
  .min(1)
  .regex(/^\d{2,8}$/)
const phonePassword = z.string().min(10).max(128)
const extensionFields = { name, staffId: z.string().max(64).optional(), enabled: z.boolean() }
export const extensionView = z.object({ id: extensionNumber, ...extensionFields, version })
export type ExtensionView = z.infer<typeof extensionView>
export const createExtensionBody = z.object({
  id: extensionNumber,
  ...extensionFields,
  enabled: z.boolean().default(true),
  /** absent: one is made and answered this once */
  password: phonePassword.optional(),
})
export type CreateExtensionBody = z.infer<typeof createExtensionBody>
export const updateExtensionBody = z
  .object({ name, staffId: z.string().max(64).nullable(), enabled: z.boolean() })
  .partial()
  .extend({ version })
export type UpdateExtensionBody = z.infer<typeof updateExtensionBody>
export const resetPasswordBody = z.object({ password: phonePassword.optional() })
/** The password is told this once. */
export const extensionPasswordView = z.object({ extension: extensionView, password: z.string() })
export type ExtensionPasswordView = z.infer<typeof extensionPasswordView>

/** How telephony stands at this moment. */
export const telephonyStatusView = z.object({
  running: z.boolean(),
  /** why it does not run: a port in use, …; for the operator, in English */
  fault: z.string().optional(),
  realm: z.string(),
  listeners: z.array(z.object({ transport, host: z.string(), port: z.number() })),
  sip: z
    .object({
      calls: z.number(),
      transactions: z.number(),
      registrations: z.number(),
      received: z.number(),
      malformed: z.number(),
      retransmitted: z.number(),
    })
    .optional(),
  /** of ours at providers */
  registrations: z.array(
    z.object({
      trunkId: z.string(),
      state: z.enum(['registering', 'registered', 'failed']),
      untilMs: z.number().optional(),
      status: z.number().optional(),
      reason: z.string().optional(),
      retryAtMs: z.number().optional(),
    }),
  ),
  workers: z.array(
    z.object({
      worker: z.number(),
      rooms: z.number(),
      rtpLegs: z.number(),
      webrtcLegs: z.number(),
      recordings: z.number(),
      used: z.number(),
      latenessP99Ms: z.number(),
    }),
  ),
  tts: z.array(
    z.object({
      id: z.string(),
      state: z.enum(['ok', 'resting', 'off']),
      lastError: z.string().optional(),
    }),
  ),
  asr: z.object({
    streams: z.number(),
    models: z.array(
      z.object({
        locale: z.string(),
        state: z.enum(['starting', 'ready', 'restarting', 'failed']),
        error: z.string().optional(),
      }),
    ),
  }),
  /** phones of ours that are registered here */
  bindings: z.array(
    z.object({
      extension: z.string(),
      uri: z.string(),
      host: z.string(),
      port: z.number(),
      transport,
      untilMs: z.number(),
      userAgent: z.string().optional(),
    }),
  ),
})
export type TelephonyStatusView = z.infer<typeof telephonyStatusView>
