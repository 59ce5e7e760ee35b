/** Refusals as Direct Line words them: clients act on the status and on these codes (API 3.0, "Errors"). */
import { isOutage } from '../../gateway/store/outage.ts'
import { errorEntry, YiluError } from '../../gateway/errors.ts'

const table = {
  Unauthorized: [401, 'The Authorization header is missing or malformed'],
  /** clients take 403 as the end of their token, whatever the code says */
  BadToken: [403, 'Invalid token or secret'],
  TokenExpired: [403, 'Token has expired'],
  OtherConversation: [403, 'Token does not match conversation'],
  BadOrigin: [403, 'This origin is not allowed'],
  ConversationNotFound: [404, 'Conversation not found'],
  NotFound: [404, 'Not found'],
  BadArgument: [400, 'The request is malformed'],
  BadUserId: [400, "A user id begins with 'dl_' and has at most 64 characters"],
  EmptyMessage: [400, 'The message says nothing'],
  MessageSizeTooBig: [413, 'The activity is too large'],
  TooManyRequests: [429, 'Too many requests, retry shortly'],
  ServiceError: [500, 'Something broke on our side'],
  ServiceUnavailable: [503, 'Not stored, retry shortly'],
} as const

export type RefusalCode = keyof typeof table

/** Codes of Direct Line itself where ours are finer. */
const wireCodes: Partial<Record<RefusalCode, string>> = {
  BadToken: 'BadArgument',
  OtherConversation: 'BadArgument',
  BadUserId: 'BadArgument',
  EmptyMessage: 'BadArgument',
}

export class Refusal extends Error {
  readonly code: RefusalCode
  readonly retryAfterMs: number | undefined
  constructor(code: RefusalCode, retryAfterMs?: number) {
    super(table[code][1])
    this.code = code
    this.retryAfterMs = retryAfterMs
  }
}

export function refuse(code: RefusalCode, retryAfterMs?: number): never {
  throw new Refusal(code, retryAfterMs)
}

export interface WireRefusal {
  status: number
  body: { error: { code: string; message: string } }
  retryAfterMs?: number
}

/** Whatever went wrong, as the client is told; nothing of the inside. */
export function wireRefusal(error: unknown): WireRefusal {
  if (error instanceof Refusal) {
    const [status, message] = table[error.code]
    const body = { error: { code: wireCodes[error.code] ?? error.code, message } }
    return { status, body, ...(error.retryAfterMs && { retryAfterMs: error.retryAfterMs }) }
  }
  if (error instanceof YiluError) {
    const { en } = errorEntry(error.code)
    return { status: error.status, body: { error: { code: error.code, message: en } } }
  }
  const { status, type } = error as { status?: number; type?: string }
  if (type === 'entity.too.large') return wireRefusal(new Refusal('MessageSizeTooBig'))
  if (status && status >= 400 && status < 500) return wireRefusal(new Refusal('BadArgument'))
  return wireRefusal(new Refusal(isOutage(error) ? 'ServiceUnavailable' : 'ServiceError'))
}
