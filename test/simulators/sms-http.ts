/** What the simulators of SMS providers over HTTP have in common: a server, and callbacks that are repeated. */
import { once } from 'node:events'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface HttpRequest {
  method: string
  url: URL
  headers: IncomingMessage['headers']
  body: string
}

export interface HttpAnswer {
  status: number
  body: string | Buffer
  headers?: Record<string, string>
}

export class SmsHttpServer {
  private readonly server: Server
  /** instead of an answer: 'hangUp' the connection falls, 'mute' nothing comes, or any other answer */
  fault: 'hangUp' | 'mute' | HttpAnswer | undefined

  constructor(answer: (request: HttpRequest) => HttpAnswer) {
    this.server = createServer((request, response) => void this.serve(request, response, answer))
  }

  async listen(port = 0): Promise<string> {
    this.server.listen(port, '127.0.0.1')
    await once(this.server, 'listening')
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    this.server.closeAllConnections()
    this.server.close()
    await once(this.server, 'close')
  }

  private async serve(
    request: IncomingMessage,
    response: ServerResponse,
    answer: (request: HttpRequest) => HttpAnswer,
  ): Promise<void> {
    let body = ''
    for await (const chunk of request.setEncoding('utf8')) body += chunk as string
    const { fault } = this
    if (fault === 'mute') return
    if (fault === 'hangUp') return void request.socket.destroy()
    const url = new URL(request.url!, `http://${request.headers.host}`)
    const { headers } = request
    const given = fault ?? answer({ method: request.method!, url, headers, body })
    response.writeHead(given.status, given.headers ?? { 'content-type': 'application/json' })
    response.end(given.body)
  }
}

/**
 * Calls back, and again after each wait until it is taken.
 * @param taken what the provider wants to see
 * @returns the statuses of all tries; 0 where nobody answered
 */
export async function callBack(
  url: string,
  init: RequestInit,
  waitsMs: number[],
  taken: (status: number, body: string) => boolean,
): Promise<number[]> {
  const statuses: number[] = []
  for (const waitMs of [0, ...waitsMs]) {
    await new Promise((resolve) => setTimeout(resolve, waitMs))
    try {
      const response = await fetch(url, { method: 'POST', ...init })
      const body = await response.text()
      statuses.push(response.status)
      if (taken(response.status, body)) break
    } catch {
      statuses.push(0)
    }
  }
  return statuses
}
