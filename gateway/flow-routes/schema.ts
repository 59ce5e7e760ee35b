/** Which conversation begins with which flow: an ordered list, the first rule that fits decides. */
import { z } from 'zod'
import { channels, langSchema } from '../../bots/flow/parts.ts'
import { flowIdSchema } from '../domain/flow-id.ts'

const key = z.string().regex(/^[A-Za-z0-9][\w-]{0,63}$/)
/** '12301', '+8629…', a prefix '029*', '*' for any (telephony/match-number.ts) */
const number = z
  .string()
  .max(40)
  .regex(/^(\+?[\d\s().-]{1,38}\*?|\*)$/)
const minute = z.number().int().min(0).max(1440)

/** All that are given must hold; of a list any one. Without any the rule fits everybody. */
export const routeConditionsSchema = z.strictObject({
  channels: z.array(z.enum(channels)).min(1).max(20).optional(),
  /** accounts, widgets among them */
  accounts: z.array(z.string().max(64)).min(1).max(100).optional(),
  /** called numbers; only a telephone call has one */
  numbers: z.array(number).min(1).max(100).optional(),
  langs: z.array(langSchema).min(1).max(20).optional(),
  /** in the first message; a call has none */
  keywords: z.array(z.string().trim().min(1).max(40)).min(1).max(50).optional(),
  /** what brought them, e.g. of a QR code; whole, or a beginning with * */
  scenes: z.array(z.string().trim().min(1).max(100)).min(1).max(50).optional(),
  schedule: z
    .strictObject({
      id: z.string().max(64),
      is: z.array(z.enum(['open', 'closed', 'holiday'])).min(1),
    })
    .optional(),
  /** by the clock of the house; an end not after the beginning runs across midnight. days: 0 = Sunday, default all */
  times: z
    .strictObject({
      days: z.array(z.number().int().min(0).max(6)).min(1).max(7).optional(),
      fromMinute: minute,
      toMinute: minute,
    })
    .optional(),
  fromMs: z.number().int().optional(),
  /** not any more from then on */
  untilMs: z.number().int().optional(),
  /** of the conversations that fit otherwise; always the same ones */
  percent: z.number().int().min(0).max(100).optional(),
})
export type RouteConditions = z.infer<typeof routeConditionsSchema>

export const flowRouteSchema = z.strictObject({
  id: key,
  name: z.string().trim().min(1).max(100),
  enabled: z.boolean(),
  when: routeConditionsSchema,
  flowId: flowIdSchema,
})
export type FlowRoute = z.infer<typeof flowRouteSchema>

export const MAX_ROUTES = 200
const routeList = z.array(flowRouteSchema).max(MAX_ROUTES)

/** Why a rule can never fit, or sends nobody anywhere. */
export const routeWarningCodes = [
  'covered',
  'noFlow',
  'notLive',
  'noAccount',
  'accountOff',
  'otherChannel',
  'noSchedule',
  'numberUnknown',
  'numberNoCall',
  'keywordNoText',
  'periodEmpty',
  'over',
  'percentZero',
] as const
export const routeWarningView = z.object({
  route: z.string(),
  code: z.enum(routeWarningCodes),
  /** the rule that takes all before, the account, number or schedule in question */
  what: z.string().optional(),
})
export type RouteWarning = z.infer<typeof routeWarningView>

export const flowRoutesView = z.object({
  version: z.number(),
  routes: z.array(flowRouteSchema),
  warnings: z.array(routeWarningView),
  /** what rules can name */
  accounts: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      channel: z.enum(channels),
      enabled: z.boolean(),
      flowId: z.string(),
      numbers: z.array(z.string()),
      lang: z.string(),
    }),
  ),
  schedules: z.array(
    z.object({ id: z.string(), name: z.object({ zh: z.string(), en: z.string() }) }),
  ),
  /** in which `times` are read, and those of the tester */
  timezone: z.string(),
})
export type FlowRoutesView = z.infer<typeof flowRoutesView>

/** `version` of the list the edit was based on; a newer one answers CONFLICT. */
export const putFlowRoutesBody = z.object({ version: z.number().int(), routes: routeList })

export const routeFactsSchema = z.object({
  accountId: z.string().max(64),
  /** by telephone */
  called: z.string().max(40).optional(),
  /** default: the account's */
  lang: langSchema.optional(),
  text: z.string().max(4000).optional(),
  scene: z.string().max(100).optional(),
  /** default now */
  atMs: z.number().int().optional(),
  /** default: any; shares are told as such */
  conversationId: z.string().max(64).optional(),
})
/** `routes`: as they are being edited; default those stored. */
export const tryRoutesBody = routeFactsSchema.extend({ routes: routeList.optional() })

/** Why a rule did not take the conversation; `chosen`: it did. */
export const verdicts = [
  'chosen',
  'off',
  'channel',
  'account',
  'number',
  'lang',
  'keyword',
  'scene',
  'schedule',
  'time',
  'date',
  'percent',
  'notLive',
] as const
export const routedView = z.object({
  flowId: z.string(),
  /** absent: no rule fits, and the account's own flow is taken */
  routeId: z.string().optional(),
  /** rules looked at, in their order; those after the chosen one are not */
  steps: z.array(z.object({ route: z.string(), verdict: z.enum(verdicts) })),
})
export type RoutedView = z.infer<typeof routedView>
