import { existsSync, mkdtempSync } from 'node:fs'
import { open, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { ConversationModel } from '../../gateway/intake/model.ts'
import { RecordingModel } from '../../gateway/recordings/model.ts'
import { peaksOf } from '../../media/prompts/peaks.ts'
import type { NewRecording } from '../../gateway/recordings/recordings.ts'
import { Recordings } from '../../gateway/recordings/recordings.ts'
import { readWav } from '../../media/prompts/wav-file.ts'
import { openTemporaryStore } from '../intake/temporary-store.ts'
import { toneFile } from './tone-file.ts'

const DAY_MS = 86_400_000

describe('recordings on disk', function () {
  this.timeout(30_000)
  const dataDir = mkdtempSync(path.join(tmpdir(), 'yilu-recordings-'))
  let store: { close(): Promise<void> }
  /** 00:30 on 22 November in Shanghai */
  let nowMs = Date.UTC(2026, 10, 21, 16, 30)
  const recordings = new Recordings({
    dataDir,
    now: () => nowMs,
    timezone: 'Asia/Shanghai',
    retentionDays: 180,
    onError: (error) => {
      throw error
    },
  })
  const call: NewRecording = { kind: 'call', conversationId: 'conv', contactId: 'contact' }
  const tone = { ms: 2000, left: 0.5, right: 0.25 }

  before(async () => {
    store = await openTemporaryStore()
  })
  after(async () => {
    await store.close()
    await rm(dataDir, { recursive: true, force: true })
  })
  beforeEach(async () => {
    nowMs = Date.UTC(2026, 10, 21, 16, 30)
    await Promise.all([RecordingModel.deleteMany({}), ConversationModel.deleteMany({})])
  })

  it('lie in a folder per local day; the row is there before the first sample', async () => {
    const { id, file } = await recordings.begin({ ...call, number: '13900000000' })
    expect(file).to.equal(path.join(dataDir, 'recordings', '2026', '11', '22', `${id}.wav`))
    expect(existsSync(path.dirname(file))).to.be.true
    expect(await recordings.get(id)).to.include({ state: 'recording', number: '13900000000' })
    const { length } = await toneFile(file, tone)
    await recordings.finish(id, {
      durationMs: 2000,
      bytes: length,
      agentIds: ['lin', 'amy', 'lin'],
    })
    const stored = (await recordings.get(id))!
    expect(stored).to.include({ state: 'stored', durationMs: 2000, bytes: length })
    expect(stored.agentIds).to.deep.equal(['lin', 'amy'])
    await recordings.finish(id, { durationMs: 0, bytes: 0 })
    expect((await recordings.get(id))!.state, 'finished twice').to.equal('stored')
  })

  it('after kill -9 a recording is as long as its file, whatever its header says, and it plays', async () => {
    await ConversationModel.create({
      _id: 'conv',
      agentId: 'amy',
      lastAgentId: 'lin',
      queueId: 'general',
    })
    const { id, file } = await recordings.begin(call)
    await toneFile(file, tone)
    // what was written since the header was: 0.5 s, and half a frame
    const handle = await open(file, 'a')
    await handle.write(Buffer.alloc(0.5 * 8000 * 4 + 3))
    await handle.close()
    expect(await recordings.recover()).to.equal(1)
    const stored = (await recordings.get(id))!
    expect(stored).to.include({ state: 'stored', durationMs: 2500, queueId: 'general' })
    expect(stored.agentIds).to.have.members(['lin', 'amy'])
    expect(stored.endedAt!.getTime()).to.equal(nowMs + 2500)
    const wav = (await readWav(file))!
    expect(wav.format.dataBytes).to.equal(2.5 * 8000 * 4)
    expect(wav.bytes).to.equal(stored.bytes)
    expect((await readFile(file)).readUInt32LE(4), 'RIFF size').to.equal(stored.bytes - 8)
    expect(await recordings.recover(), 'a second start finds nothing to do').to.equal(0)
  })

  it('a recording without a sample, without a header or without a file is told to be broken', async () => {
    const none = await recordings.begin(call)
    const empty = await recordings.begin(call)
    await writeFile(empty.file, '')
    const headerOnly = await recordings.begin(call)
    await toneFile(headerOnly.file, { ...tone, ms: 0 })
    const junk = await recordings.begin(call)
    await writeFile(junk.file, 'not a recording at all')
    expect(await recordings.recover()).to.equal(4)
    for (const { id } of [none, empty, headerOnly, junk]) {
      expect(await recordings.get(id)).to.include({ state: 'broken', durationMs: 0 })
      const code = await recordings.audioFile(id).catch((error: { code: string }) => error.code)
      expect(code).to.equal('RECORDING_GONE')
    }
  })

  it('files go when their time is over, the row stays; one day less and they stay', async () => {
    const { id, file } = await recordings.begin(call)
    await toneFile(file, tone)
    await recordings.finish(id, { durationMs: 2000, bytes: 1 })
    nowMs += 180 * DAY_MS
    expect(await recordings.removeExpired()).to.equal(0)
    const { id: running } = await recordings.begin(call)
    nowMs += 1
    expect(await recordings.removeExpired()).to.equal(1)
    expect(existsSync(file)).to.be.false
    expect((await recordings.get(id))!.state).to.equal('deleted')
    expect((await recordings.get(running))!.state).to.equal('recording')
    expect(await recordings.removeExpired()).to.equal(0)
  })

  it('more than one batch goes in one round, also where files are missing already', async () => {
    const rows = Array.from({ length: 450 }, (_, index) => ({
      ...{
        _id: `old-${index}`,
        state: 'stored',
        startedAt: new Date(index),
        file: `1970/01/01/${index}.wav`,
      },
    }))
    await RecordingModel.insertMany(rows)
    expect(await recordings.removeExpired()).to.equal(450)
    expect(await RecordingModel.countDocuments({ state: 'deleted' })).to.equal(450)
  })

  it('kept for ever where no retention is set', async () => {
    const forever = new Recordings({
      ...{ dataDir, now: () => nowMs, timezone: 'UTC', retentionDays: 0 },
      onError: () => undefined,
    })
    await RecordingModel.create({
      _id: 'old',
      state: 'stored',
      startedAt: new Date(0),
      file: 'a/b/c/old.wav',
    })
    expect(await forever.removeExpired()).to.equal(0)
  })

  describe('their shape', () => {
    const file = path.join(dataDir, 'shape.wav')

    it('shows each channel by itself', async () => {
      await toneFile(file, { ms: 1000, left: 1, right: 0.25 })
      const peaks = (await peaksOf(file, 100))!
      expect(peaks.durationMs).to.equal(1000)
      expect(peaks.channels.map((channel) => channel.length)).to.deep.equal([100, 100])
      for (const value of peaks.channels[0]!) expect(value).to.be.closeTo(1, 0.001)
      for (const value of peaks.channels[1]!) expect(value).to.be.closeTo(0.25, 0.001)
    })

    it('shows where it is loud and where silent, in a file of several chunks', async () => {
      const bytes = await toneFile(file, { ms: 60_000, left: 0.5, right: 0 })
      // the second half of the left channel is silent
      const half = 44 + (bytes.length - 44) / 2
      await writeFile(file, bytes.fill(0, half))
      const [left, right] = (await peaksOf(file, 10))!.channels
      expect(left!.map((value) => Math.round(value * 10))).to.deep.equal([
        5, 5, 5, 5, 5, 0, 0, 0, 0, 0,
      ])
      expect(new Set(right)).to.deep.equal(new Set([0]))
    })

    it('has no more buckets than samples, and none of nothing', async () => {
      await toneFile(file, { ms: 1, left: 1, right: 1 })
      expect((await peaksOf(file, 4000))!.channels[0]).to.have.length(8)
      await truncate(file, 44)
      expect(await peaksOf(file, 10)).to.equal(undefined)
      expect(await peaksOf(path.join(dataDir, 'none.wav'), 10)).to.equal(undefined)
    })

    it('the loudest negative sample is 1 at most', async () => {
      const bytes = await toneFile(file, { ms: 10, left: 0, right: 0 })
      bytes.writeInt16LE(-32768, 44)
      await writeFile(file, bytes)
      expect((await peaksOf(file, 1))!.channels[0]).to.deep.equal([1])
    })
  })
})
