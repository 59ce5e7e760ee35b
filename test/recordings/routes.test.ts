import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { createBus } from '../../gateway/bus/bus.ts'
import { Contacts } from '../../gateway/contacts/contacts.ts'
import { ContactModel } from '../../gateway/contacts/model.ts'
import { ConversationModel } from '../../gateway/intake/model.ts'
import { fileToPlay } from '../../gateway/recordings/access.ts'
import { RecordingAccessModel, RecordingModel } from '../../gateway/recordings/model.ts'
import type { NewRecording } from '../../gateway/recordings/recordings.ts'
import { Recordings } from '../../gateway/recordings/recordings.ts'
import { recordingRoutes } from '../../gateway/recordings/routes.ts'
import type { RecordingView } from '../../gateway/recordings/schema.ts'
import { MailboxModel } from '../../gateway/voicemail/model.ts'
import { voicemailRoutes } from '../../gateway/voicemail/routes.ts'
import { Voicemails } from '../../gateway/voicemail/voicemails.ts'
import type { Door } from '../harness/route-door.ts'
import { member, openDoor } from '../harness/route-door.ts'
import { openTemporaryStore } from '../intake/temporary-store.ts'
import { toneFile } from './tone-file.ts'

const MINUTE_MS = 60_000

describe('listening to recordings', function () {
  this.timeout(30_000)
  const dataDir = mkdtempSync(path.join(tmpdir(), 'yilu-listening-'))
  let store: { close(): Promise<void> }
  let door: Door
  let nowMs = Date.UTC(2030, 0, 1)
  const now = () => nowMs
  const bus = createBus((_topic, error) => {
    throw error
  })
  const recordings = new Recordings({
    ...{ dataDir, now, timezone: 'Asia/Shanghai', retentionDays: 180 },
    onError: (error) => {
      throw error
    },
  })
  const voicemails = new Voicemails({ bus, settings: { queue: () => undefined }, now })

  before(async () => {
    store = await openTemporaryStore()
    const contacts = new Contacts({ bus, now })
    const about = { recordings, contacts, now }
    door = await openDoor(
      [...recordingRoutes(about), ...voicemailRoutes({ ...about, voicemails })],
      [
        member('chen', 'teamLeader'),
        member('lin', 'agent'),
        member('amy', 'agent'),
        member('su', 'content'),
      ],
    )
    const name = { zh: '信箱', en: 'Mailbox' }
    await MailboxModel.create({ _id: 'general', name, queueIds: [], memberIds: [], version: 1 })
    await ContactModel.create([
      { _id: 'wang', name: '王女士' },
      { _id: 'wang-web', name: 'Wang', mergedInto: 'wang' },
    ])
  })
  after(async () => {
    await door.close()
    await store.close()
    await rm(dataDir, { recursive: true, force: true })
  })
  beforeEach(() =>
    Promise.all([RecordingModel.deleteMany({}), RecordingAccessModel.deleteMany({})]),
  )

  /** A second of sound, said by these agents. */
  async function recorded(agentIds: string[], about: Partial<NewRecording> = {}) {
    const { id, file } = await recordings.begin({
      ...{ kind: 'call', conversationId: 'conv', contactId: 'wang', number: '13900000000' },
      ...about,
    })
    const bytes = await toneFile(file, { ms: 1000, left: 0.5, right: 0.1 })
    await recordings.finish(id, { durationMs: 1000, bytes: bytes.length, agentIds })
    return { id, bytes }
  }
  const audio = (who: string, id: string, range?: string, query = '') =>
    door.ask(who, 'GET', `/recordings/${id}/audio${query}`, {
      ...(range && { headers: { range } }),
    })
  const bodyOf = async (response: Response) => Buffer.from(await response.arrayBuffer())
  const listed = async (who: string, query = '') => {
    const response = await door.ask(who, 'GET', `/recordings${query}`)
    return ((await response.json()) as { items: RecordingView[] }).items.map(({ id }) => id)
  }

  it('by team leaders, and by the agents who talked in it; by nobody else', async () => {
    const { id, bytes } = await recorded(['lin'])
    expect((await bodyOf(await audio('chen', id))).equals(bytes)).to.be.true
    expect((await bodyOf(await audio('lin', id))).equals(bytes)).to.be.true
    for (const who of ['amy', 'su']) {
      for (const part of ['', '/audio', '/peaks'])
        expect((await door.ask(who, 'GET', `/recordings/${id}${part}`)).status, who).to.equal(403)
    }
    expect((await audio('nobody', id)).status).to.equal(401)
    expect((await door.ask('lin', 'GET', `/recordings/${id}/access`)).status).to.equal(403)
    expect((await door.ask('su', 'GET', '/recordings')).status).to.equal(403)
    expect(await listed('amy')).to.deep.equal([])
    expect(await listed('lin')).to.deep.equal([id])
    expect(await listed('chen')).to.deep.equal([id])
  })

  it('by whoever serves or last served the conversation, its earlier calls too', async () => {
    const { id } = await recorded(['lin'], { conversationId: 'handed-on' })
    const of = '?conversationId=handed-on'
    expect((await audio('amy', id)).status).to.equal(403)
    expect(await listed('amy', of)).to.deep.equal([])
    await ConversationModel.create({ _id: 'handed-on', state: 'agent', agentId: 'amy' })
    expect((await bodyOf(await audio('amy', id))).length).to.be.greaterThan(44)
    expect(await listed('amy', of)).to.deep.equal([id])
    await ConversationModel.updateOne(
      { _id: 'handed-on' },
      { $set: { agentId: 'chen', lastAgentId: 'chen' } },
    )
    expect((await audio('amy', id)).status).to.equal(403)
    const later = await recorded(['amy'], { conversationId: 'handed-on' })
    expect(await listed('amy', of)).to.deep.equal([later.id, id])
  })

  it('played into a call it is listening, too: by the same people, and logged', async () => {
    const { id } = await recorded(['lin'])
    const file = await fileToPlay(recordings, id, member('lin', 'agent'), nowMs)
    expect(file).to.equal(await recordings.audioFile(id))
    const refused = await fileToPlay(recordings, id, member('amy', 'agent'), nowMs).catch(
      (error: { code: string }) => error.code,
    )
    expect(refused).to.equal('FORBIDDEN')
    const lines = await RecordingAccessModel.find().lean<{ staffId: string; what: string }[]>()
    expect(lines.map(({ staffId, what }) => `${staffId} ${what}`)).to.deep.equal(['lin play'])
  })

  it('in parts, as players ask for them', async () => {
    const { id, bytes } = await recorded(['lin'])
    const size = bytes.length
    const parts: [range: string, from: number, to: number][] = [
      ['bytes=0-', 0, size - 1],
      ['bytes=44-143', 44, 143],
      ['bytes=-100', size - 100, size - 1],
      [`bytes=${size - 1}-${size + 5000}`, size - 1, size - 1],
    ]
    for (const [range, from, to] of parts) {
      const response = await audio('lin', id, range)
      expect(response.status, range).to.equal(206)
      expect(response.headers.get('content-range')).to.equal(`bytes ${from}-${to}/${size}`)
      expect((await bodyOf(response)).equals(bytes.subarray(from, to + 1)), range).to.be.true
    }
    const beyond = await audio('lin', id, `bytes=${size}-`)
    expect(beyond.status).to.equal(416)
    expect(beyond.headers.get('content-range')).to.equal(`bytes */${size}`)
    // several parts, or something unreadable: the whole
    for (const range of ['bytes=0-1,5-6', 'seconds=0-1', 'bytes=b-a']) {
      const response = await audio('lin', id, range)
      expect(response.status, range).to.equal(200)
      expect((await bodyOf(response)).length).to.equal(size)
    }
  })

  it('it is kept by no browser, and a download has a name that tells no number', async () => {
    const { id } = await recorded(['lin'])
    const response = await audio('lin', id, undefined, '?download=1')
    expect(response.headers.get('cache-control')).to.equal('private, no-store')
    expect(response.headers.get('content-type')).to.equal('audio/wav')
    const disposition = response.headers.get('content-disposition')!
    expect(disposition).to.match(/^attachment; filename="2030\d{4}T\d{6}Z-call-\w+\.wav"$/)
    expect(disposition).to.not.include('139')
    await response.body!.cancel()
  })

  it('each sitting is one line of the log, however many parts were asked for; a download is another', async () => {
    const { id } = await recorded(['lin'])
    for (const range of ['bytes=0-99', 'bytes=100-199', 'bytes=200-299'])
      await bodyOf(await audio('lin', id, range))
    await bodyOf(await audio('lin', id, undefined, '?download=1'))
    await bodyOf(await audio('chen', id))
    nowMs += 30 * MINUTE_MS
    await bodyOf(await audio('lin', id))
    const response = await door.ask('chen', 'GET', `/recordings/${id}/access`)
    const { items } = (await response.json()) as {
      items: { name: string; what: string; requests: number; from: string }[]
    }
    const lines = items.map(({ name, what, requests }) => `${name} ${what} ${requests}`).sort()
    expect(lines).to.deep.equal(['CHEN listen 1', 'LIN download 1', 'LIN listen 1', 'LIN listen 3'])
    expect(items[0]!.from).to.match(/127\.0\.0\.1$/)
  })

  it('asking whether it is there, for its shape, or in vain is no listening', async () => {
    const { id } = await recorded(['lin'])
    const head = await door.ask('lin', 'HEAD', `/recordings/${id}/audio`)
    expect(head.status).to.equal(200)
    expect(Number(head.headers.get('content-length'))).to.equal(44 + 32_000)
    const peaks = await door.ask('lin', 'GET', `/recordings/${id}/peaks?buckets=10`)
    const { channels } = (await peaks.json()) as { channels: number[][] }
    expect(channels.map((channel) => channel.length)).to.deep.equal([10, 10])
    await audio('amy', id)
    await audio('lin', id, 'bytes=999999-')
    expect(await RecordingAccessModel.countDocuments()).to.equal(0)
  })

  it('when the file is gone it is said so', async () => {
    const { id } = await recorded(['lin'])
    await rm(await recordings.audioFile(id))
    expect((await audio('chen', id)).status).to.equal(410)
    expect((await door.ask('chen', 'GET', `/recordings/${id}/peaks`)).status).to.equal(410)
    await RecordingModel.updateOne({ _id: id }, { $set: { state: 'deleted' } })
    expect((await audio('chen', id)).status).to.equal(410)
    expect((await audio('chen', 'none')).status).to.equal(404)
  })

  it('found by number, name, person, queue, time, length and kind', async () => {
    const first = await recorded(['lin'], { queueId: 'general' })
    const startMs = nowMs
    nowMs += MINUTE_MS
    const second = await recorded(['lin', 'amy'], { number: '02988880000', contactId: 'wang-web' })
    nowMs += MINUTE_MS
    const third = await recorded([], {
      kind: 'voicemail',
      contactId: 'other',
      conversationId: 'c2',
    })
    await RecordingModel.updateOne({ _id: third.id }, { $set: { durationMs: 61_000 } })
    const queries: [string, string[]][] = [
      ['', [third.id, second.id, first.id]],
      ['?q=8888', [second.id]],
      ['?q=王', [first.id]],
      ['?contactId=wang', [second.id, first.id]],
      ['?agentId=amy', [second.id]],
      ['?queueId=general', [first.id]],
      ['?kind=voicemail', [third.id]],
      ['?minSeconds=60', [third.id]],
      ['?conversationId=c2', [third.id]],
      [`?fromMs=${startMs + 1}`, [third.id, second.id]],
      [`?toMs=${startMs + MINUTE_MS}`, [first.id]],
      [`?limit=1&beforeMs=${startMs + MINUTE_MS}`, [first.id]],
      ['?q=.*', []],
    ]
    for (const [query, expected] of queries)
      expect(await listed('chen', query), query).to.deep.equal(expected)
    expect(await listed('lin', '?agentId=amy')).to.deep.equal([second.id])
    expect(await listed('amy', '?agentId=lin')).to.deep.equal([second.id])
  })

  it('a voicemail is heard by who sees its mailbox; that is logged, and it is new no longer', async () => {
    const { id } = await recorded([], { kind: 'voicemail' })
    const { _id } = await voicemails.leave({
      ...{ mailbox: 'general', conversationId: 'conv', contactId: 'wang', recordingId: id },
      seconds: 1,
    })
    expect((await audio('lin', id)).status, 'as a recording').to.equal(403)
    const shape = await door.ask('lin', 'GET', `/voicemails/${_id}/peaks`)
    expect(shape.status).to.equal(200)
    const before = await door.ask('lin', 'GET', `/voicemails/${_id}`)
    expect(await before.json()).to.include({ state: 'new', contactName: '王女士' })
    const heard = await door.ask('lin', 'GET', `/voicemails/${_id}/audio`)
    expect((await bodyOf(heard)).length).to.equal(44 + 32_000)
    const after = await door.ask('lin', 'GET', `/voicemails/${_id}`)
    expect(await after.json()).to.include({ state: 'heard' })
    const summary = await door.ask('lin', 'GET', '/voicemails/summary')
    expect(await summary.json()).to.deep.include({ new: 0 })
    expect(await RecordingAccessModel.countDocuments({ recordingId: id, staffId: 'lin' })).to.equal(
      1,
    )
    expect((await door.ask('su', 'GET', `/voicemails/${_id}/audio`)).status).to.equal(403)
  })
})
