/** A server that speaks the chat protocol of OpenAI, and answers as a test wants: well, late, or with nonsense. */
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ChatRequest {
  path: string
  authorization: string | undefined
  model: string
  messages: { role: string; content: string }[]
  /** of the user's message, as our prompt writes it */
  asked: { question: string; language: string; passages: { number: number; text: string }[] }
}

/** What is answered: the content of the message; or the whole response by hand. */
export type Behaviour = (
  request: ChatRequest,
  response: ServerResponse,
) => string | undefined | Promise<string | undefined>

export class ChatModelSimulator {
  readonly requests: ChatRequest[] = []
  private behaviour: Behaviour
  private readonly server = createServer((request, response) => void this.answer(request, response))

  constructor(behaviour: Behaviour) {
    this.behaviour = behaviour
  }

  behave(behaviour: Behaviour): void {
    this.behaviour = behaviour
  }

  /** @returns the base address, with /v1 */
  async listen(): Promise<string> {
    this.server.listen(0, '127.0.0.1')
    await once(this.server, 'listening')
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`
  }

  async close(): Promise<void> {
    this.server.closeAllConnections()
    this.server.close()
    await once(this.server, 'close')
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const { model, messages } = JSON.parse(body) as Pick<ChatRequest, 'model' | 'messages'>
    const seen: ChatRequest = {
      ...{ path: request.url!, authorization: request.headers.authorization, model, messages },
      asked: JSON.parse(messages.at(-1)!.content) as ChatRequest['asked'],
    }
    this.requests.push(seen)
    const content = await this.behaviour(seen, response)
    if (content === undefined) return
    response.setHeader('content-type', 'application/json')
    response.end(
      JSON.stringify({
        id: 'chatcmpl-1',
        object: 'chat.completion',
        model,
        choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
        usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
      }),
    )
  }
}
