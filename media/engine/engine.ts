import { fail } from '../../gateway/errors.ts'
import type { MediaEngine } from '../media.ts'
import type { PortRange, RecordingLimits, WorkerSettings } from './messages.ts'
import { WorkerSlot } from './worker-slot.ts'

export interface MediaEngineOptions {
  /** how many media workers; one carries about 150 calls */
  workers?: number
  /** address the sockets are bound to */
  host?: string
  /** numeric address written into SDP; default `host` */
  address?: string
  /** for RTP and RTCP; 0..0: any the system gives (tests) */
  rtpPorts?: PortRange
  recording?: Partial<RecordingLimits>
  /** after that long without a packet `onSilentLine` is called */
  silentLineMs?: number
  /** what went wrong inside without a caller to tell it to, e.g. a worker that died */
  onError?: (error: Error) => void
}

const DEFAULTS = {
  workers: 1,
  host: '127.0.0.1',
  rtpPorts: { from: 0, to: 0 },
  recording: { maxMs: 4 * 3600_000, minFreeBytes: 200 * 2 ** 20 },
  silentLineMs: 10_000,
}

/**
 * Starts the media workers.
 * @throws Error if none can start
 */
export async function createMediaEngine(options: MediaEngineOptions = {}): Promise<Engine> {
  const { workers, host, rtpPorts, silentLineMs, recording } = { ...DEFAULTS, ...options }
  const settings = {
    host,
    address: options.address ?? host,
    recording: { ...DEFAULTS.recording, ...recording },
    silentLineMs,
  }
  const slots = Array.from({ length: workers }, (_, index) => {
    const own: WorkerSettings = { ...settings, ...share(rtpPorts, index, workers) }
    return new WorkerSlot(index, own, options.onError ?? (() => undefined))
  })
  await Promise.all(slots.map((slot) => slot.start()))
  return new Engine(slots)
}

class Engine implements MediaEngine {
  private readonly slots: WorkerSlot[]

  constructor(slots: WorkerSlot[]) {
    this.slots = slots
  }

  async openRoom() {
    const open = this.slots.filter((slot) => slot.isOpen)
    const [first] = open
    if (!first) return fail('CALLS_FULL')
    return open.reduce((least, slot) => (slot.used < least.used ? slot : least), first).openRoom()
  }

  load() {
    return this.slots.map((slot) => slot.load())
  }

  async stop() {
    await Promise.all(this.slots.map((slot) => slot.stop()))
  }

  /** for tests of what happens when a worker dies; not part of the contract */
  crashWorker(index: number, how: 'exit' | 'throw' | 'memory'): void {
    this.slots[index]?.crash(how)
  }
}

/** Each worker has ports of its own, so that none tries what another has; a fifth of them for browsers. */
function share({ from, to }: PortRange, index: number, workers: number) {
  const none = { from: 0, to: 0 }
  if (!to) return { ports: none, browserPorts: none }
  const pairs = Math.floor((to - from + 1) / 2 / workers)
  const first = from + 2 * pairs * index
  const end = first + 2 * pairs
  const browsers = end - 2 * Math.max(1, Math.floor(pairs / 5))
  return {
    ports: { from: first, to: browsers - 1 },
    browserPorts: { from: browsers, to: end - 1 },
  }
}
