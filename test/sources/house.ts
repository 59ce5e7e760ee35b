/** A service that answers as a test says, and sources that may reach it. */
import { once } from 'node:events'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseAllowList } from '../../gateway/outgoing/allow-list.ts'
import { AddressGuard } from '../../gateway/outgoing/address-guard.ts'
import type { Source } from '../../gateway/sources/source.ts'
import { Sources } from '../../gateway/sources/sources.ts'
import type { HttpSettings } from '../../gateway/sources/schema.ts'
import type { YiluError } from '../../gateway/errors.ts'

export const OPTIONS = { lang: 'zh-CN', timeoutMs: 2000 }

export interface Asked {
  method: string
  url: string
  headers: IncomingMessage['headers']
  body: string
}

type Answer = (asked: Asked, response: ServerResponse) => void

export class Service {
  readonly asked: Asked[] = []
  base = ''
  private server!: Server
  private readonly answer: Answer

  constructor(answer: Answer) {
    this.answer = answer
  }

  async listen(host = '127.0.0.1'): Promise<this> {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const { method = '', url = '', headers } = request
        const asked = { method, url, headers, body: Buffer.concat(chunks).toString('utf8') }
        this.asked.push(asked)
        this.answer(asked, response)
      })
    }).listen(0, host)
    await once(this.server, 'listening')
    this.base = `http://${host.includes(':') ? `[${host}]` : host}:${this.port}`
    return this
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port
  }

  close(): void {
    this.server.closeAllConnections()
    this.server.close()
  }
}

export const httpDefaults: Omit<HttpSettings, 'url'> = {
  method: 'GET',
  query: [],
  headers: [],
  auth: { kind: 'none' },
  retries: 0,
  maxBytes: 64 * 1024,
}

export function httpSource(
  settings: Partial<HttpSettings> & { url: string },
  rest: Partial<Source> = {},
): Source {
  return {
    ...{ id: 'weather', name: { zh: '天气', en: 'Weather' }, origin: 'stored', kind: 'http' },
    ...{ parameters: [], cacheSeconds: 0, staleSeconds: 0, timeoutMs: 1000 },
    settings: { ...httpDefaults, ...settings },
    ...rest,
  } as Source
}

/** @param allow as in YILU_SOURCE_ALLOW; the services of the tests live on loopback */
export function sourcesOf(
  given: Source[],
  { now = () => 0, allow = '127.0.0.0/8 ::1' }: { now?: () => number; allow?: string } = {},
): Sources {
  const guard = new AddressGuard(parseAllowList(allow))
  return new Sources({ given, guard, secret: 's', now })
}

/** `reason` of SOURCE_FAILED, else the code, or 'answered' */
export async function faultOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
    return 'answered'
  } catch (error) {
    const { code, details } = error as YiluError
    return (details as { reason?: string } | undefined)?.reason ?? code
  }
}
