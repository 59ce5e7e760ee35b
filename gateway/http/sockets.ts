/** WebSocket upgrades: who may come in is decided before the handshake is answered. */
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import { WebSocketServer } from 'ws'
import { wireError, YiluError } from '../errors.ts'

export interface SocketDoor {
  /** all of it, or what it looks like */
  path: string | RegExp
  maxFrameBytes: number
  /** throws an error of the table to refuse; answers what to do with the socket */
  admit(request: IncomingMessage): Promise<(socket: WebSocket) => void>
}

/** Handshakes under way at once; more are refused and come back by themselves. */
const MAX_PENDING = 1000

export function mountSockets(
  server: Server,
  doors: SocketDoor[],
  onError: (error: unknown) => void,
): void {
  const targets = doors.map((door) => ({
    door,
    upgrader: new WebSocketServer({
      noServer: true,
      maxPayload: door.maxFrameBytes,
      perMessageDeflate: false,
    }),
  }))
  let pending = 0
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const path = (request.url ?? '').split('?')[0]!
    const target = targets.find(({ door }) =>
      typeof door.path === 'string' ? door.path === path : door.path.test(path),
    )
    if (!target) return refuse(socket, new YiluError('NOT_FOUND'))
    if (pending >= MAX_PENDING) return refuse(socket, new YiluError('RATE_LIMITED'))
    pending++
    target.door
      .admit(request)
      .then(
        (serve) => target.upgrader.handleUpgrade(request, socket, head, serve),
        (error: unknown) => {
          if (!(error instanceof YiluError)) onError(error)
          refuse(socket, error)
        },
      )
      .finally(() => pending--)
  })
}

function refuse(socket: Duplex, error: unknown): void {
  const status = error instanceof YiluError ? error.status : 500
  const body = JSON.stringify(wireError(error))
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(
      body,
    )}\r\nConnection: close\r\n\r\n${body}`,
  )
}
