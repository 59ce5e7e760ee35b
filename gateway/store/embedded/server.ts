import { chmodSync } from 'node:fs'
import type { Server, Socket } from 'node:net'
import { createServer } from 'node:net'
import { BSONError } from 'bson'
import { AggregationThread } from './aggregate/thread.ts'
import type { Engine } from './commands/command.ts'
import { COMMANDS, REFUSED_COMMANDS } from './commands/table.ts'
import { Cursors } from './cursors.ts'
import { CommandError, commandNotFound, illegalOperation, notSupported } from './errors.ts'
import { freeSocketPath } from './socketPath.ts'
import type { Storage } from './storage.ts'
import { startExpiry } from './ttl.ts'
import type { Doc } from './value.ts'
import type { Message } from './wire.ts'
import { encodeReply, FrameReader, parseMessage } from './wire.ts'

const MAX_CONNECTIONS = 1000

export interface RunningServer {
  /** answer what has been asked, then close */
  close(): Promise<void>
}

/** Answer the wire protocol on a unix socket that only this user can open. */
export async function startServer(
  storage: Storage,
  socketPath: string,
  ttlIntervalMs: number,
): Promise<RunningServer> {
  const engine: Engine = {
    storage,
    cursors: new Cursors(),
    aggregations: new AggregationThread(),
    startedAtMs: Date.now(),
    connections: 0,
    served: new Map(),
  }
  const connections = new Set<Connection>()
  let lastId = 0
  const server = createServer((socket) => {
    if (connections.size >= MAX_CONNECTIONS) {
      socket.destroy()
      return
    }
    const connection = new Connection(engine, socket, ++lastId)
    connections.add(connection)
    engine.connections = connections.size
    socket.on('close', () => {
      connections.delete(connection)
      engine.connections = connections.size
    })
  })
  await listen(server, socketPath)
  const stopExpiry = startExpiry(engine, ttlIntervalMs)
  return {
    async close() {
      stopExpiry()
      const closed = new Promise((resolve) => server.close(resolve))
      await Promise.all([...connections].map((connection) => connection.finish()))
      await closed
    },
  }
}

async function listen(server: Server, socketPath: string): Promise<void> {
  await freeSocketPath(socketPath)
  const umask = process.umask(0o177)
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(socketPath, resolve)
    })
  } finally {
    process.umask(umask)
  }
  chmodSync(socketPath, 0o600)
}

/** One client connection; its messages are answered one after the other. */
class Connection {
  private readonly engine: Engine
  private readonly socket: Socket
  private readonly id: number
  private readonly frames = new FrameReader()
  private waiting: Promise<void> = Promise.resolve()
  private pending = 0

  constructor(engine: Engine, socket: Socket, id: number) {
    this.engine = engine
    this.socket = socket
    this.id = id
    socket.on('data', (chunk: Buffer) => this.receive(chunk))
    socket.on('error', () => socket.destroy())
  }

  private receive(chunk: Buffer): void {
    try {
      for (const frame of this.frames.push(chunk)) {
        const message = parseMessage(frame)
        this.pending++
        this.waiting = this.waiting.then(() => this.serve(message))
      }
      // a client that sends without reading answers waits for its answers first
      if (this.pending > 1) this.socket.pause()
    } catch {
      // whoever sends no valid messages is no client: nothing that could be answered
      this.socket.destroy()
    }
  }

  private async serve(message: Message): Promise<void> {
    const reply = await answer(this.engine, message, this.id)
    if (--this.pending <= 1) this.socket.resume()
    if (message.silent || this.socket.destroyed) return
    this.socket.cork()
    for (const part of encodeReply(message, reply)) this.socket.write(part)
    this.socket.uncork()
  }

  async finish(): Promise<void> {
    await this.waiting
    this.socket.end()
    this.socket.destroySoon()
  }
}

async function answer(engine: Engine, message: Message, connectionId: number): Promise<Doc> {
  const { command, body } = message
  try {
    const handler = COMMANDS.get(command)
    if (!handler) throw unknownCommand(command)
    engine.served.set(command, (engine.served.get(command) ?? 0) + 1)
    if (body.startTransaction !== undefined || body.txnNumber !== undefined) {
      throw illegalOperation(
        'Transaction numbers are only allowed on a replica set member or mongos',
      )
    }
    const db = typeof body.$db === 'string' ? body.$db : 'admin'
    return { ...(await handler({ engine, db, body, connectionId })), ok: 1 }
  } catch (error) {
    return errorReply(error)
  }
}

function unknownCommand(command: string): CommandError {
  const why = REFUSED_COMMANDS.get(command)
  if (why) return notSupported(`${command} is not supported by the embedded engine: ${why}`)
  return commandNotFound(`no such command: '${command}'`)
}

function errorReply(error: unknown): Doc {
  if (error instanceof CommandError) {
    const { code, codeName, message, extra } = error
    return { ok: 0, errmsg: message, code, codeName, ...extra }
  }
  if (error instanceof BSONError) {
    return { ok: 0, errmsg: error.message, code: 22, codeName: 'InvalidBSON' }
  }
  const message = error instanceof Error ? error.message : String(error)
  return { ok: 0, errmsg: `internal error: ${message}`, code: 8, codeName: 'UnknownError' }
}
