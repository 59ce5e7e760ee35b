import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createMediaEngine } from '../../media/engine/engine.ts'
import type { Leg, MediaEngine, Room } from '../../media/media.ts'
import { writeWavHeader } from '../../media/prompts/wav-header.ts'
import type { FromGenerator, ToGenerator } from './media/generator.ts'

/**
 * What one media worker carries at the load it admits: CPU of this process (worker and main thread) as a
 * share of one core, and how late its clock ran. The other ends are a process of their own on the same
 * machine, so on two cores it competes with what is measured.
 */
const WARM_UP_MS = 2000
/** the clock tells its lateness over the last ten seconds */
const MEASURED_MS = 11_000
const PACKETS_PER_SECOND = 50

const LEGS = { play: 300, bridge: 300, record: 200, conference: 150, webrtc: 35 }
type Mode = keyof typeof LEGS

interface Result {
  legs: number
  cpuPercent: number
  p99LatenessMs: number
  /** packets that reached the other ends, of those due */
  arrived: number
}

class Generator {
  received = 0
  /** when that was so */
  atMs = 0
  private readonly child: ChildProcess
  private readonly waiting = new Map<string, (message: never) => void>()

  constructor() {
    const entry = fileURLToPath(new URL('./media/generator.ts', import.meta.url))
    this.child = fork(entry, [], { execArgv: ['--import=tsx'] })
    this.child.on('message', (message: FromGenerator) => {
      if (message.kind === 'received') {
        this.received = message.packets
        this.atMs = message.atMs
      }
      const key = 'id' in message ? `${message.kind}${message.id}` : message.kind
      this.waiting.get(key)?.(message as never)
      this.waiting.delete(key)
    })
  }

  next<K extends FromGenerator['kind']>(kind: K, id: number | '' = '') {
    return new Promise<FromGenerator & { kind: K }>((resolve) =>
      this.waiting.set(`${kind}${id}`, resolve),
    )
  }

  tell(message: ToGenerator): void {
    this.child.send(message)
  }

  stop(): void {
    this.child.kill()
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

function phoneSdp(port: number): string {
  return [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    'c=IN IP4 127.0.0.1',
    't=0 0',
    `m=audio ${port} RTP/AVP 8 101`,
    'a=rtpmap:101 telephone-event/8000',
    '',
  ].join('\r\n')
}

/** Fills rooms until the mode has its legs. */
async function fill(
  mode: Mode,
  engine: MediaEngine,
  generator: Generator,
  port: number,
  folder: string,
) {
  const rooms: Room[] = []
  const ports: number[] = []
  const music = join(folder, 'music.wav')
  const perRoom = { play: 1, bridge: 2, record: 2, conference: 3, webrtc: 1 }[mode]

  async function phone(room: Room): Promise<Leg> {
    const leg = await room.addRtp()
    const { sdp } = leg.answer(phoneSdp(port))
    ports.push(Number(/m=audio (\d+)/.exec(sdp)![1]))
    return leg
  }

  async function browser(room: Room, id: number): Promise<Leg> {
    generator.tell({ kind: 'offer', id })
    const offer = await generator.next('offer', id)
    const leg = await room.addWebRtc(offer.sdp)
    // agents come one by one: a handshake takes some 30 ms of the worker and as much at this end
    await pause(100)
    const connected = generator.next('connected', id)
    generator.tell({ kind: 'answer', id, sdp: leg.answerSdp })
    await connected
    return leg
  }

  for (let count = 0; count < LEGS[mode]; count += perRoom) {
    const room = await engine.openRoom()
    rooms.push(room)
    const legs: Leg[] = []
    for (let i = 0; i < perRoom; i++) {
      legs.push(mode === 'webrtc' ? await browser(room, count) : await phone(room))
    }
    if (mode === 'webrtc') legs.push(await phone(room))
    for (const listener of legs) {
      for (const speaker of legs) {
        if (listener !== speaker) {
          room.setHearing([{ listener: listener.id, speaker: speaker.id, gain: 1 }])
        }
      }
    }
    if (mode === 'play') legs[0]!.play({ files: [music] }, { loop: true })
    if (mode === 'record') {
      const sides = { left: [legs[0]!.id], right: [legs[1]!.id] }
      await room.record(join(folder, `${count}.wav`), sides)
    }
  }
  generator.tell({ kind: 'phones', ports })
  return { rooms, flows: ports.length + (mode === 'webrtc' ? LEGS.webrtc : 0) }
}

async function measure(mode: Mode, generator: Generator, port: number): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'yilu-bench-media-'))
  const pcm = Buffer.alloc(8000 * 2 * 20)
  for (let i = 0; i < pcm.length; i += 2) pcm.writeInt16LE(Math.round(9000 * Math.sin(i / 40)), i)
  writeFileSync(
    join(folder, 'music.wav'),
    Buffer.concat([writeWavHeader(1, 8000, pcm.length), pcm]),
  )
  const engine = await createMediaEngine({ recording: { minFreeBytes: 0 } })
  try {
    await pause(1000)
    const { rooms, flows } = await fill(mode, engine, generator, port, folder)
    await pause(WARM_UP_MS)
    await generator.next('received')
    const before = { packets: generator.received, atMs: generator.atMs }
    const cpuBefore = process.cpuUsage()
    const from = performance.now()
    await pause(MEASURED_MS)
    await generator.next('received')
    const tookMs = performance.now() - from
    const { user, system } = process.cpuUsage(cpuBefore)
    const { latenessP99Ms } = engine.load()[0]!
    const due = (flows * PACKETS_PER_SECOND * (generator.atMs - before.atMs)) / 1000
    await Promise.all(rooms.map((room) => room.close()))
    return {
      legs: LEGS[mode],
      cpuPercent: Math.round(((user + system) / 1000 / tookMs) * 1000) / 10,
      p99LatenessMs: latenessP99Ms,
      arrived: (generator.received - before.packets) / due,
    }
  } finally {
    generator.tell({ kind: 'reset' })
    await engine.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

export default async function bench(): Promise<void> {
  const generator = new Generator()
  const results: Partial<Record<Mode, Omit<Result, 'arrived'>>> = {}
  try {
    const { port } = await generator.next('port')
    console.log('            legs   CPU % of a core   lateness p99   packets arrived')
    for (const mode of Object.keys(LEGS) as Mode[]) {
      const { arrived, ...result } = await measure(mode, generator, port)
      results[mode] = result
      const { legs, cpuPercent, p99LatenessMs } = result
      console.log(
        `${mode.padEnd(12)}${String(legs).padStart(4)}${cpuPercent.toFixed(1).padStart(18)}` +
          `${`${p99LatenessMs.toFixed(2)} ms`.padStart(15)}${`${(arrived * 100).toFixed(1)} %`.padStart(18)}`,
      )
    }
  } finally {
    generator.stop()
  }
  console.log(JSON.stringify({ bench: 'media', ...results }))
}
