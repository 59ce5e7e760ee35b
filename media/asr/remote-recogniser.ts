import { WebSocket } from 'ws'
import type { AsrStatus } from './asr.ts'
import { createBackoff } from './backoff.ts'
import type { LocalOptions } from './local-recogniser.ts'
import type { Recogniser } from './recogniser.ts'

const CONNECT_MS = 3_000
/** a server that is up is looked at this often, so that a menu does not offer speech that is gone */
const LOOK_EVERY_MS = 15_000

/** A vosk-server elsewhere: `ws://host:2700`. It is asked for by connecting and leaving again. */
export function createRemoteRecogniser(
  locale: string,
  url: string,
  options: LocalOptions,
): Recogniser {
  const backoff = createBackoff(options.now)
  let state: AsrStatus['models'][number]['state'] = 'starting'
  let error: string | undefined
  let timer: NodeJS.Timeout | undefined
  let socket: WebSocket | undefined

  function look(): void {
    let opened = false
    let failure = 'the server does not answer'
    socket = new WebSocket(url, { handshakeTimeout: CONNECT_MS, perMessageDeflate: false })
    socket.once('open', () => {
      opened = true
      socket?.close(1000)
    })
    socket.on('error', (reason) => (failure = reason.message))
    socket.once('close', () => (opened ? up() : down(failure)))
  }
  function up(): void {
    if (state !== 'ready') backoff.up()
    state = 'ready'
    error = undefined
    timer = setTimeout(look, LOOK_EVERY_MS)
  }
  function down(reason: string): void {
    if (state === 'ready' || state === 'starting') {
      options.onError(new Error(`vosk-server ${locale}: ${reason}`))
    }
    state = state === 'ready' || state === 'restarting' ? 'restarting' : 'failed'
    error = reason
    timer = setTimeout(look, backoff.down())
  }

  look()
  return {
    locale,
    status: () => ({ locale, dir: url, state, ...(error && { error }) }),
    url: () => (state === 'ready' ? url : undefined),
    stop() {
      socket?.removeAllListeners('close').terminate()
      clearTimeout(timer)
      return Promise.resolve()
    },
  }
}
