/** One question to a server that speaks the chat protocol of OpenAI (POST …/chat/completions, not streamed). */
import { z } from 'zod'
import type { CallOut } from '../outgoing/call-out.ts'
import type { ChatMessage } from './prompt.ts'

const MAX_BYTES = 64 * 1024
const MAX_TOKENS = 500

const completion = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
})

export interface ModelAddress {
  baseUrl: string
  key: string | undefined
  model: string
  timeoutMs: number
}

/** The server's refusal, or an answer in another protocol. */
export class ModelFailed extends Error {
  readonly code: 'REFUSED' | 'NOT_CHAT'
  readonly status: number
  constructor(code: ModelFailed['code'], status: number) {
    super(`${code} ${status}`)
    this.code = code
    this.status = status
  }
}

/** @throws ModelFailed; RefusedAddress and CallFailed (gateway/outgoing) */
export async function askModel(
  callOut: CallOut,
  { baseUrl, key, model, timeoutMs }: ModelAddress,
  messages: ChatMessage[],
): Promise<string> {
  const answer = await callOut.ask({
    url: new URL(`${baseUrl.replace(/\/+$/, '')}/chat/completions`),
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(key && { authorization: `Bearer ${key}` }),
    },
    body: JSON.stringify({
      model,
      messages,
      temperature: 0,
      max_tokens: MAX_TOKENS,
      stream: false,
    }),
    timeoutMs,
    maxBytes: MAX_BYTES,
  })
  if (answer.status !== 200) throw new ModelFailed('REFUSED', answer.status)
  let body: unknown
  try {
    body = JSON.parse(answer.body.toString('utf8'))
  } catch {
    throw new ModelFailed('NOT_CHAT', answer.status)
  }
  const parsed = completion.safeParse(body)
  if (!parsed.success) throw new ModelFailed('NOT_CHAT', answer.status)
  return parsed.data.choices[0]!.message.content
}
