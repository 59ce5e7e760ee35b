import type { ChildProcess } from 'node:child_process'
import { fork, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { createMediaEngine } from '../../../media/engine/engine.ts'
import type { MediaEngine, Room } from '../../../media/media.ts'
import { readWavHeader } from '../../../media/prompts/wav-header.ts'
import type { PhoneOptions } from '../../harness/rtp-phone.ts'
import { RtpPhone } from '../../harness/rtp-phone.ts'
import { tonesIn } from '../../harness/tones.ts'

const CALLER = 500
const AGENT = 700
const PROMPT = 1100
const ALL = [CALLER, AGENT, PROMPT]

function read(file: string) {
  const bytes = readFileSync(file)
  const format = readWavHeader(bytes)!
  const end = Math.min(bytes.length, format.dataFrom + format.dataBytes)
  const frames = Math.floor((end - format.dataFrom) / 4)
  const left = new Int16Array(frames)
  const right = new Int16Array(frames)
  for (let i = 0; i < frames; i++) {
    left[i] = bytes.readInt16LE(format.dataFrom + 4 * i)
    right[i] = bytes.readInt16LE(format.dataFrom + 4 * i + 2)
  }
  return { format, left, right, durationMs: frames / 8, size: bytes.length }
}

/** Every tone that is in it somewhere for 200 ms; a busy machine may hold up the phones in between. */
function anywhere(pcm: Int16Array, least: number): number[] {
  const found = new Set<number>()
  for (let at = 0; at + 1600 <= pcm.length; at += 1600) {
    for (const hz of tonesIn(pcm.subarray(at, at + 1600), ALL, least)) found.add(hz)
  }
  return [...found].sort((a, b) => a - b)
}

describe('recording a call', () => {
  let engine: MediaEngine
  let room: Room
  const phones: RtpPhone[] = []
  const folder = mkdtempSync(path.join(tmpdir(), 'yilu-record-'))

  before(async () => {
    engine = await createMediaEngine({ recording: { minFreeBytes: 0 } })
  })
  after(async () => {
    await engine.stop()
    rmSync(folder, { recursive: true })
  })
  beforeEach(async () => {
    room = await engine.openRoom()
  })
  afterEach(async () => {
    for (const phone of phones.splice(0)) phone.close()
    await room.close()
  })

  async function join(hz: number, options: PhoneOptions = {}) {
    const phone = await RtpPhone.open(options)
    phones.push(phone)
    const leg = await room.addRtp()
    phone.talkTo(leg.answer(phone.sdp()).sdp).say(hz)
    return { phone, leg }
  }

  it('the caller is on the left; the agent and what the caller was played are on the right', async () => {
    const caller = await join(CALLER)
    const agent = await join(AGENT)
    caller.leg.play({ tone: { hz: [PROMPT], onMs: 100, offMs: 0 } }, { loop: true })
    const file = path.join(folder, 'sides', 'call.wav')
    const startedAtMs = performance.now()
    const recording = await room.record(file, { left: [caller.leg.id], right: [agent.leg.id] })
    await caller.phone.receives(60)
    const tookMs = performance.now() - startedAtMs
    const { durationMs, bytes } = await recording.stop()
    const { left, right, format, ...found } = read(file)
    expect(format).to.include({ channels: 2, sampleRate: 8000, encoding: 'pcm16' })
    expect(found).to.deep.equal({ durationMs, size: bytes })
    expect(durationMs).to.be.closeTo(tookMs, 150)
    expect(anywhere(left, 400)).to.deep.equal([CALLER])
    expect(anywhere(right, 400)).to.deep.equal([AGENT, PROMPT])
  })

  it('is as long as the call with packets lost, doubled and out of order', async () => {
    const impairment = { lose: 0.05, double: 0.05, reorder: 0.05 }
    const caller = await join(CALLER, { impairment })
    const agent = await join(AGENT, { impairment })
    const file = path.join(folder, 'lossy.wav')
    const sides = { left: [caller.leg.id], right: [agent.leg.id] }
    const startedAtMs = performance.now()
    const recording = await room.record(file, sides)
    await caller.phone.receives(150)
    const tookMs = performance.now() - startedAtMs
    const { durationMs } = await recording.stop()
    expect(durationMs).to.be.closeTo(tookMs, 150)
    const { left, right } = read(file)
    expect(anywhere(left, 2500)).to.deep.equal([CALLER])
    expect(anywhere(right, 2500)).to.deep.equal([AGENT])
    const { packetsLost, packetsReceived } = await caller.leg.stats()
    expect(packetsReceived).to.be.greaterThan(100)
    expect(packetsLost).to.be.greaterThan(0)
  })

  it('paused, it writes silence and keeps the time; legs may come later', async () => {
    const caller = await join(CALLER)
    const file = path.join(folder, 'paused.wav')
    const recording = await room.record(file, { left: [caller.leg.id], right: [] })
    await caller.phone.receives(30)
    recording.pause(true)
    await caller.phone.receives(50)
    recording.pause(false)
    const agent = await join(AGENT)
    recording.add('right', agent.leg.id)
    await agent.phone.receives(40)
    await recording.stop()
    const { left, right, durationMs } = read(file)
    expect(tonesIn(left.subarray(2400, 4000), ALL)).to.deep.equal([CALLER])
    expect(tonesIn(left.subarray(6400, 9600), ALL)).to.deep.equal([])
    expect(tonesIn(right.subarray(6400, 9600), ALL)).to.deep.equal([])
    const end = durationMs * 8
    expect(tonesIn(left.subarray(end - 2400, end), ALL)).to.deep.equal([CALLER])
    expect(tonesIn(right.subarray(end - 2400, end), ALL)).to.deep.equal([AGENT])
  })

  it('closing the room closes the file', async () => {
    const caller = await join(CALLER)
    const file = path.join(folder, 'closed.wav')
    await room.record(file, { left: [caller.leg.id], right: [] })
    await caller.phone.receives(20)
    await room.close()
    const { durationMs, size, format } = read(file)
    expect(durationMs).to.be.greaterThan(300)
    expect(format.dataBytes).to.equal(size - 44)
  })

  it('a file that cannot be written is refused, and the call goes on', async () => {
    const caller = await join(CALLER)
    const inTheWay = path.join(folder, 'folder.wav')
    mkdirSync(inTheWay)
    const refused = await room
      .record(inTheWay, { left: [], right: [] })
      .catch((error: { code: string }) => error.code)
    expect(refused).to.equal('RECORDING_FAILED')
    await caller.phone.receives(5)
  })

  it('a disk that fails in mid-call ends the recording with a word, not the call', async () => {
    const file = path.join(folder, 'limited.wav')
    const entry = fileURLToPath(new URL('./recording-child.ts', import.meta.url))
    // the system lets this process write no file longer than 64 kB, two seconds
    const shell = 'ulimit -f 64; exec "$0" --import=tsx "$@"'
    const child = spawn('bash', ['-c', shell, process.execPath, entry, file], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    try {
      const [sdp] = (await once(child, 'message')) as [string]
      const phone = await RtpPhone.open()
      phones.push(phone)
      child.send(phone.sdp())
      await once(child, 'message')
      const failed = once(child, 'message')
      phone.talkTo(sdp).say(CALLER)
      expect((await failed)[0]).to.match(/^failed: EFBIG/)
      await phone.receives(20)
      const { durationMs, left } = read(file)
      expect(durationMs).to.be.within(1000, 2100)
      expect(anywhere(left, 400)).to.deep.equal([CALLER])
    } finally {
      child.kill('SIGKILL')
    }
  })

  it('ends by itself at its longest time', async () => {
    const short = await createMediaEngine({ recording: { minFreeBytes: 0, maxMs: 500 } })
    try {
      const other = await short.openRoom()
      await other.addRtp()
      const file = path.join(folder, 'short.wav')
      const recording = await other.record(file, { left: [], right: [] })
      const reason = await new Promise((resolve) => (recording.onFailed = resolve))
      expect(reason).to.include('longest')
      const { durationMs } = await recording.stop()
      expect(durationMs).to.equal(500)
      expect(read(file).durationMs).to.equal(500)
    } finally {
      await short.stop()
    }
  })

  describe('by a process that is killed', () => {
    let child: ChildProcess
    const file = path.join(folder, 'killed.wav')

    before(async function () {
      this.timeout(30_000)
      const entry = fileURLToPath(new URL('./recording-child.ts', import.meta.url))
      child = fork(entry, [file], { execArgv: ['--import=tsx'] })
      const [sdp] = (await once(child, 'message')) as [string]
      const phone = await RtpPhone.open()
      phones.push(phone)
      child.send(phone.sdp())
      await once(child, 'message')
      phone.talkTo(sdp).say(CALLER)
      await phone.receives(130)
      child.kill('SIGKILL')
      await once(child, 'exit')
    })

    it('plays up to the last second', () => {
      const { durationMs, left, size, format } = read(file)
      expect(durationMs).to.be.within(1000, 4000)
      expect(format.dataBytes).to.be.at.most(size - 44)
      expect(anywhere(left, 400)).to.deep.equal([CALLER])
    })

    it('and sox reads it without complaint', function () {
      const sox = spawnSync('sox', [file, '-n', 'stat'], { encoding: 'utf8' })
      if (sox.error) {
        this.test!.title += ' — sox is not installed (apt install sox)'
        this.skip()
      }
      expect(sox.status).to.equal(0)
      expect(sox.stderr).to.match(/Length \(seconds\): +[1-3]\./)
      expect(sox.stderr).not.to.match(/WARN|FAIL/)
    })
  })
})
