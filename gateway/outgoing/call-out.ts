/** One HTTP request to an address that staff or settings gave: guarded, bounded, following nothing. */
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import http from 'node:http'
import https from 'node:https'
import { promisify } from 'node:util'
import zlib from 'node:zlib'
import type { AddressGuard } from './address-guard.ts'

export interface OutgoingCall {
  url: URL
  method: 'GET' | 'POST'
  headers: OutgoingHttpHeaders
  body?: string
  /** of all of it */
  timeoutMs: number
  /** of the answer, unpacked */
  maxBytes: number
}

export interface OutgoingAnswer {
  status: number
  headers: IncomingMessage['headers']
  body: Buffer
}

export type CallFault = 'TIMEOUT' | 'TOO_LARGE' | 'BROKEN_OFF'

/** Our own reasons; those of the guard (RefusedAddress) and of node (`code`) come as they are. */
export class CallFailed extends Error {
  readonly code: CallFault
  constructor(code: CallFault) {
    super(code)
    this.code = code
  }
}

const gunzip = promisify(zlib.gunzip)

/** Connections are kept a little: a new TLS handshake for each question is heard on the telephone. */
const KEPT = { keepAlive: true, keepAliveMsecs: 5000, maxSockets: 32, maxFreeSockets: 4 }

export class CallOut {
  private readonly guard: AddressGuard
  private readonly agents = { 'http:': new http.Agent(KEPT), 'https:': new https.Agent(KEPT) }

  constructor(guard: AddressGuard) {
    this.guard = guard
  }

  /** @throws RefusedAddress, CallFailed, and what node says of a connection that fails */
  async ask(call: OutgoingCall): Promise<OutgoingAnswer> {
    const answer = await this.send(call)
    if (answer.headers['content-encoding'] !== 'gzip') return answer
    try {
      return { ...answer, body: await gunzip(answer.body, { maxOutputLength: call.maxBytes }) }
    } catch (error) {
      const { code } = error as { code?: string }
      throw new CallFailed(code === 'ERR_BUFFER_TOO_LARGE' ? 'TOO_LARGE' : 'BROKEN_OFF')
    }
  }

  close(): void {
    for (const agent of Object.values(this.agents)) agent.destroy()
  }

  private send(call: OutgoingCall): Promise<OutgoingAnswer> {
    const { url, method, headers, body, timeoutMs, maxBytes } = call
    const secure = url.protocol === 'https:'
    const port = Number(url.port) || (secure ? 443 : 80)
    return new Promise((resolve, reject) => {
      this.guard.checkTarget(url.hostname, port)
      const request = (secure ? https : http).request(url, {
        method,
        headers: { ...headers, ...(body !== undefined && { 'content-length': byteLength(body) }) },
        lookup: this.guard.lookup(port) as never,
        // what may have had its effect must not be sent again, so POST gets a connection nobody closed yet
        agent: method === 'GET' ? this.agents[secure ? 'https:' : 'http:'] : false,
      })
      let settled = false
      const failed = (error: Error) => {
        if (settled) return
        settled = true
        clearTimeout(timer)
        // the other end closed a connection we had kept: nothing was asked yet (node's own advice)
        const stale = request.reusedSocket && (error as { code?: string }).code === 'ECONNRESET'
        if (stale && method === 'GET') resolve(this.send(call))
        else reject(error)
      }
      // told as what happened first: to cut it off looks like the other end's doing. Without the error: a connection
      // whose answer lay there whole is nobody's any more, and its 'error' would be heard by nobody
      const cut = (code: CallFault) => {
        failed(new CallFailed(code))
        request.destroy()
      }
      const timer = setTimeout(() => cut('TIMEOUT'), timeoutMs)
      request.on('error', failed)
      request.once('response', (response) => {
        const chunks: Buffer[] = []
        let bytes = 0
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length
          if (bytes > maxBytes) cut('TOO_LARGE')
          else chunks.push(chunk)
        })
        response.on('error', failed)
        response.once('aborted', () => failed(new CallFailed('BROKEN_OFF')))
        response.once('end', () => {
          if (settled) return
          settled = true
          clearTimeout(timer)
          const { statusCode = 0, headers: answered } = response
          resolve({ status: statusCode, headers: answered, body: Buffer.concat(chunks) })
        })
      })
      request.end(body)
    })
  }
}

const byteLength = (text: string) => Buffer.byteLength(text)
