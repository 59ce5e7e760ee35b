import type { RawData, WebSocket } from 'ws'
import { WebSocketServer } from 'ws'
import type { VoskModel } from './binding.ts'
import { createSession } from './session.ts'

export interface VoskServer {
  /** loopback address, with a path only who was told can know */
  url: string
  close(): Promise<void>
}

/** 100 ms at 48 kHz is 9,600 bytes, a large phrase list 200 kB */
const MAX_FRAME_BYTES = 256 * 1024
/** ten seconds in chunks of 100 ms: whoever is further behind is not served by waiting */
const MAX_WAITING = 100
const MAX_STREAMS = 200

/**
 * Serves a model on a free loopback port. Other users of the machine can reach the port too, therefore the path.
 * @param path kept secret, without the slash
 */
export async function serveVosk(model: VoskModel, path: string): Promise<VoskServer> {
  const server = new WebSocketServer({
    host: '127.0.0.1',
    port: 0,
    path: `/${path}`,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
  })
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve).once('error', reject)
  })
  server.on('connection', (socket) => {
    if (server.clients.size > MAX_STREAMS) socket.close(1013, 'too many streams')
    else serveOne(socket, model)
  })
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('the server has no port')
  return {
    url: `ws://127.0.0.1:${address.port}/${path}`,
    close: () =>
      new Promise((resolve) => {
        for (const socket of server.clients) socket.terminate()
        server.close(() => resolve())
      }),
  }
}

function serveOne(socket: WebSocket, model: VoskModel): void {
  const session = createSession(model)
  let waiting = 0
  // calls on one recogniser must not overlap
  let turn = Promise.resolve()

  async function handle(data: RawData, binary: boolean): Promise<void> {
    if (socket.readyState !== socket.OPEN) return
    const bytes = data as Buffer
    if (binary) {
      socket.send(JSON.stringify(await session.audio(bytes)))
      return
    }
    const { answer, over } = session.text(bytes.toString('utf8'))
    if (answer) socket.send(JSON.stringify(answer))
    if (over) socket.close(1000)
  }
  socket.on('message', (data, binary) => {
    if (++waiting > MAX_WAITING) return socket.close(1013, 'cannot keep up')
    turn = turn
      .then(() => handle(data, binary))
      .catch(() => socket.close(1008, 'not understood'))
      .finally(() => waiting--)
  })
  socket.on('error', () => socket.terminate())
  socket.on('close', () => void turn.finally(() => session.free()))
}
