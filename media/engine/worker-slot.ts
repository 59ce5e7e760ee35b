import type { WorkerLoad } from '../media.ts'
import { LatenessGuard, usedBy } from './admission.ts'
import type { WorkerSettings } from './messages.ts'
import type { Directory } from './room-handle.ts'
import { RoomHandle } from './room-handle.ts'
import { WorkerThread } from './worker-thread.ts'

/** a worker that dies as soon as it lives is not started again at once */
const RESTART_MS = [0, 0, 1000, 5000, 15_000]
const STABLE_MS = 60_000
/** a worker tells of itself once a second; one that is silent for so long hangs and is ended */
const MAX_SILENT_SECONDS = 15
/** for recordings to be closed; a worker that hangs does not hold up the end of the process */
const STOP_MS = 5000

/** The place of one worker: what is in it, and a new one when it dies. */
/** share of its capacity from which a worker that runs late takes no more calls */
const LATE_FROM = 0.2

export class WorkerSlot {
  readonly index: number
  private thread: WorkerThread | undefined
  private rooms = new Set<RoomHandle>()
  private directory: Directory = { legs: new Map(), recordings: new Map() }
  private guard = new LatenessGuard()
  private readonly settings: WorkerSettings
  private readonly onError: (error: Error) => void
  private deaths = 0
  private startedAtMs = 0
  private isStopped = false
  private restart: NodeJS.Timeout | undefined
  private isReady = false
  private silentSeconds = 0
  private watch: NodeJS.Timeout | undefined

  constructor(index: number, settings: WorkerSettings, onError: (error: Error) => void) {
    this.index = index
    this.settings = settings
    this.onError = onError
  }

  /** @throws Error if the worker cannot start */
  async start(): Promise<void> {
    const directory: Directory = { legs: new Map(), recordings: new Map() }
    const guard = new LatenessGuard()
    Object.assign(this, { directory, guard, rooms: new Set() })
    this.startedAtMs = performance.now()
    const thread = new WorkerThread(this.settings, {
      leg: (event) => directory.legs.get(event.leg)?.receive(event),
      lateness: (p99Ms, secondP90Ms) => {
        this.silentSeconds = 0
        guard.add(p99Ms, secondP90Ms)
      },
      recordingFailed: (id, reason) => directory.recordings.get(id)?.failed(reason),
      error: this.onError,
      ended: (reason) => this.lose(reason),
    })
    this.thread = thread
    await thread.ready
    this.isReady = true
    this.silentSeconds = 0
    // counted, not timed: while this thread stands still, no second passes here either
    this.watch = setInterval(() => {
      if (++this.silentSeconds === MAX_SILENT_SECONDS) void thread.stop()
    }, 1000)
    this.watch.unref()
  }

  openRoom(): RoomHandle {
    const { rooms } = this
    const room = new RoomHandle(this.thread!, this.directory, this.settings.address, () =>
      rooms.delete(room),
    )
    rooms.add(room)
    return room
  }

  /** may another room come? */
  get isOpen(): boolean {
    return this.load().used < 1
  }

  /** A late clock is the load's doing only where there is some; else the machine is busy with other things. */
  private get isOverloaded(): boolean {
    return this.guard.isLate && this.used >= LATE_FROM
  }

  get used(): number {
    return usedBy([...this.rooms].map((room) => room.weight))
  }

  load(): WorkerLoad {
    const sum = (kind: 'rtpLegs' | 'webrtcLegs' | 'recordings') =>
      [...this.rooms].reduce((total, room) => total + room.weight[kind], 0)
    return {
      worker: this.index,
      rooms: this.rooms.size,
      rtpLegs: sum('rtpLegs'),
      webrtcLegs: sum('webrtcLegs'),
      recordings: sum('recordings'),
      used: this.isReady && !this.isOverloaded ? this.used : 1,
      latenessP99Ms: this.guard.p99Ms,
    }
  }

  /** for tests of what happens when a worker dies */
  crash(how: 'exit' | 'throw' | 'memory'): void {
    this.thread?.command({ kind: 'crash', how })
  }

  async stop(): Promise<void> {
    this.isStopped = true
    clearTimeout(this.restart)
    clearInterval(this.watch)
    const closed = Promise.all([...this.rooms].map((room) => room.close()))
    let timer: NodeJS.Timeout | undefined
    await Promise.race([closed, new Promise((resolve) => (timer = setTimeout(resolve, STOP_MS)))])
    clearTimeout(timer)
    await this.thread?.stop()
  }

  private lose(reason: string): void {
    const { rooms } = this
    this.isReady = false
    clearInterval(this.watch)
    if (this.isStopped) return
    this.onError(new Error(`media worker ${this.index} died with ${rooms.size} rooms: ${reason}`))
    const lived = performance.now() - this.startedAtMs
    this.deaths = lived > STABLE_MS ? 0 : this.deaths + 1
    const waitMs = RESTART_MS[Math.min(this.deaths, RESTART_MS.length - 1)]!
    this.restart = setTimeout(() => {
      // a failed start is told by `lose` as well
      this.start().catch(() => undefined)
    }, waitMs)
    for (const room of [...rooms]) room.lose(reason)
  }
}
