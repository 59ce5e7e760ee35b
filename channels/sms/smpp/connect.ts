/** Opens a connection to the message centre and binds on it. */
import { connect as connectPlain, isIP } from 'node:net'
import type { Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { SmppSettings } from './account.ts'
import type { BindCommand, SessionOptions } from './session.ts'
import { NoAnswer, SmppSession } from './session.ts'
import { STATUS, statusName } from './status.ts'

/** The centre answered, and said no. */
export class BindRefused extends Error {
  override name = 'BindRefused'
  readonly status: number
  constructor(status: number) {
    super(statusName(status))
    this.status = status
  }
}

const CONNECT_MS = 10_000
const SMPP_34 = 0x34

/** @throws BindRefused; NoAnswer when it cannot be reached or says nothing */
export async function openSession(
  settings: SmppSettings,
  command: BindCommand,
  signal: AbortSignal,
  options: Omit<SessionOptions, 'socket' | 'window' | 'responseMs' | 'enquireMs'>,
): Promise<SmppSession> {
  const socket = await connected(settings, signal)
  const session = new SmppSession({
    ...options,
    ...{ socket, window: settings.window },
    ...{ responseMs: settings.responseSeconds * 1000, enquireMs: settings.enquireSeconds * 1000 },
  })
  const abort = () => session.end('STOPPED')
  signal.addEventListener('abort', abort)
  try {
    const { systemId, password, systemType } = settings
    const { status } = await session.request(command, {
      ...{ systemId, password, systemType, interfaceVersion: SMPP_34 },
      ...{ addressTon: 0, addressNpi: 0, addressRange: '' },
    })
    if (status !== STATUS.ok) throw new BindRefused(status)
    return session
  } catch (error) {
    session.end(error instanceof BindRefused ? `BIND ${error.message}` : 'BIND')
    throw error
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

function connected(
  { host, port, tls, authority }: SmppSettings,
  signal: AbortSignal,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket: Socket = tls
      ? connectTls({
          ...{ host, port },
          // an address is no name (RFC 6066 §3)
          ...(!isIP(host) && { servername: host }),
          ...(authority && { ca: authority }),
        })
      : connectPlain({ host, port })
    const timer = setTimeout(() => fail('TIMEOUT'), CONNECT_MS)
    const abort = () => fail('STOPPED')
    signal.addEventListener('abort', abort)
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
    }
    const fail = (reason: string) => {
      done()
      socket.destroy()
      reject(new NoAnswer(reason, false))
    }
    socket.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? 'SOCKET'))
    socket.once(tls ? 'secureConnect' : 'connect', () => {
      done()
      socket.setNoDelay(true)
      socket.setKeepAlive(true, 60_000)
      resolve(socket)
    })
  })
}
