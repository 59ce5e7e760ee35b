import { createHmac, randomBytes } from 'node:crypto'
import type { SipRequest } from './sip-message.ts'

/** RFC 3261 §8.1.1.7: the cookie says that this branch is unique; 96 random bits make it so. */
export function newBranch(): string {
  return `z9hG4bK${randomBytes(12).toString('hex')}`
}

/** RFC 3261 §19.3 asks for at least 32 random bits; 64 also cannot be guessed. */
export function newTag(): string {
  return randomBytes(8).toString('hex')
}

export function newCallId(host: string): string {
  return `${randomBytes(12).toString('hex')}@${host.includes(':') ? `[${host}]` : host}`
}

const secret = randomBytes(16)

/** The To tag of an answer given without keeping state: the same for each repetition (RFC 3261 §8.2.7). */
export function statelessTag(request: SipRequest): string {
  const fromTag = request.from.params.get('tag') ?? ''
  const branch = request.via[0]?.params.get('branch') ?? ''
  return createHmac('sha256', secret)
    .update(`${request.callId}\n${fromTag}\n${branch}\n${request.cseq.seq}`)
    .digest('hex')
    .slice(0, 16)
}
