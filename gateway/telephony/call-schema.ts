/** A call made for a flow, as POST /calls asks for it and tells of it. */
import { z } from 'zod'

export const callOutBody = z.object({
  number: z.string().regex(/^\+?[0-9*#]{2,24}$/),
  /** the flow that speaks when somebody answers */
  flowId: z.string().min(1).max(64),
  /** shown to the called: one of /telephony/caller-numbers; default the trunk's first */
  callerNumber: z.string().max(24).optional(),
})
export type CallOutBody = z.infer<typeof callOutBody>

export const callOutView = z.object({
  /** told apart by signalling alone */
  outcome: z.enum([
    'answered',
    'busy',
    'noAnswer',
    'declined',
    'unknownNumber',
    'unavailable',
    'failed',
  ]),
  /** of an answered call */
  conversationId: z.string().optional(),
})
export type CallOutView = z.infer<typeof callOutView>
