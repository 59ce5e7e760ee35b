import { once } from 'node:events'
import type { AddressInfo, Server, Socket } from 'node:net'
import { createServer } from 'node:net'
import { expect } from 'chai'
import { faultOf, httpSource, OPTIONS, sourcesOf } from './house.ts'

/** Longer than the source may take and connecting may take besides. */
const BOUND_MS = 15_000

describe('a source whose other end is no database', function () {
  this.timeout(40_000)
  const sockets: Socket[] = []
  async function listening(greet: (socket: Socket) => void): Promise<Server> {
    const server = createServer((socket) => {
      sockets.push(socket)
      socket.on('error', () => undefined)
      greet(socket)
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    return server
  }

  it('one that is silent, talks nonsense or hangs up fails in bounded time', async () => {
    const servers = await Promise.all([
      listening(() => undefined),
      listening((socket) => void socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'.repeat(50))),
      listening((socket) => void socket.write(Buffer.alloc(1000, 255))),
      listening((socket) => void socket.destroy()),
    ])
    const faults = await Promise.all(
      (['postgres', 'mysql', 'mongodb'] as const).flatMap((kind) =>
        servers.map((server) => {
          const place = { host: '127.0.0.1', port: (server.address() as AddressInfo).port }
          const settings = {
            connection: {
              ...(kind === 'mongodb' ? { hosts: [place] } : { ...place, userName: 'u' }),
              ...{ database: 'd', tls: 'off' },
            },
            ...{ statement: 'SELECT 1', maxRows: 1, collection: 'c', operation: 'find' },
          }
          const source = { ...httpSource({ url: 'http://x/' }), kind, settings, timeoutMs: 500 }
          const sources = sourcesOf([source as never])
          return faultOf(sources.query('weather', {}, { ...OPTIONS, timeoutMs: BOUND_MS }))
        }),
      ),
    )
    for (const fault of faults)
      expect(fault).to.match(/^SOURCE_(UNREACHABLE|SLOW|STATEMENT|SIGN_IN)$/)
    for (const socket of sockets.splice(0)) socket.destroy()
    for (const server of servers) server.close()
  })
})
