import { expect } from 'chai'
import { createBus } from '../../gateway/bus/bus.ts'
import type { BusTopics } from '../../gateway/bus/bus.ts'
import type { Queue } from '../../gateway/domain/queue.ts'
import type { Role, StaffMember } from '../../gateway/domain/staff.ts'
import { StaffModel } from '../../gateway/staff/model.ts'
import { MailboxModel, VoicemailModel } from '../../gateway/voicemail/model.ts'
import { listVoicemailsQuery } from '../../gateway/voicemail/schema.ts'
import type { LeftMessage } from '../../gateway/voicemail/voicemails.ts'
import { Voicemails } from '../../gateway/voicemail/voicemails.ts'
import { openTemporaryStore } from '../intake/temporary-store.ts'

describe('voicemail', function () {
  this.timeout(30_000)
  let store: { close(): Promise<void> }
  let nowMs = Date.UTC(2030, 0, 1)
  let told: BusTopics['voicemail'][] = []
  const bus = createBus((_topic, error) => {
    throw error
  })
  bus.subscribe('voicemail', (change) => told.push(change))
  const queues: Record<string, Pick<Queue, '_id' | 'skills'>> = {
    english: { _id: 'english', skills: [{ skill: 'english', minLevel: 3 }] },
  }
  const voicemails = new Voicemails({
    bus,
    settings: { queue: (id) => queues[id] as Queue | undefined },
    now: () => nowMs,
  })
  const member = (_id: string, role: Role = 'agent', more: Partial<StaffMember> = {}) =>
    ({ _id, role, skills: {}, queueIds: [], ...more }) as StaffMember
  const lin = member('lin')
  const chen = member('chen', 'teamLeader')
  const left = (recordingId: string, more: Partial<LeftMessage> = {}): LeftMessage => ({
    mailbox: 'general',
    conversationId: 'conv',
    contactId: 'contact',
    recordingId,
    seconds: 9,
    number: '13900000000',
    ...more,
  })
  const all = listVoicemailsQuery.parse({})
  const codeOf = (promise: Promise<unknown>) =>
    promise.then(
      () => 'done',
      (error: { code: string }) => error.code,
    )

  before(async () => {
    store = await openTemporaryStore()
    const name = { zh: '信箱', en: 'Mailbox' }
    await MailboxModel.create([
      { _id: 'general', name, queueIds: [], memberIds: [], version: 1 },
      { _id: 'night', name, queueIds: ['english', 'gone'], memberIds: ['lin'], version: 1 },
    ])
    await StaffModel.create([
      { _id: 'lin', userName: 'lin', disabled: false },
      { _id: 'gone', userName: 'gone', disabled: true },
    ])
  })
  after(() => store.close())
  beforeEach(async () => {
    await VoicemailModel.deleteMany({})
    told = []
  })

  it('the same recording handed in again is the same message, told once', async () => {
    const made = await Promise.all([1, 2, 3].map(() => voicemails.leave(left('r1'))))
    expect(new Set(made.map(({ _id }) => _id)).size).to.equal(1)
    expect(told).to.deep.equal([{ voicemailId: made[0]!._id, mailbox: 'general' }])
  })

  it('in writing too: the same key is the same message, beside the spoken ones', async () => {
    const about = { mailbox: 'general', conversationId: 'conv', contactId: 'contact' }
    const words = { ...about, text: '请回电', key: 'conv:main:leave:3' }
    const made = await Promise.all([1, 2].map(() => voicemails.leaveWords(words)))
    expect(made[0]!._id).to.equal(made[1]!._id)
    await voicemails.leaveWords({ ...words, key: 'conv:main:leave:5' })
    await voicemails.leave(left('r1'))
    expect((await voicemails.find(all, lin)).map(({ transcript }) => transcript)).to.have.members([
      '请回电',
      '请回电',
      undefined,
    ])
  })

  it('one for a mailbox that is no more is heard by somebody all the same', async () => {
    expect((await voicemails.leave(left('r1', { mailbox: 'removed' }))).mailbox).to.equal('general')
  })

  it('a mailbox is seen by its members, by who serves its queue, and by team leaders', async () => {
    const ids = async (who: StaffMember) => (await voicemails.visibleTo(who)).map(({ _id }) => _id)
    expect(await ids(lin)).to.deep.equal(['general', 'night'])
    expect(await ids(chen)).to.deep.equal(['general', 'night'])
    expect(await ids(member('amy'))).to.deep.equal(['general'])
    expect(await ids(member('amy', 'agent', { skills: { english: 3 } }))).to.have.length(2)
    expect(await ids(member('amy', 'agent', { queueIds: ['english'] }))).to.have.length(2)
    expect(
      await ids(member('amy', 'agent', { queueIds: ['x'], skills: { english: 5 } })),
    ).to.have.length(1)
    expect(await ids(member('su', 'content'))).to.deep.equal([])
  })

  it('what one does not see one neither finds, reads nor changes', async () => {
    const { _id } = await voicemails.leave(left('r1', { mailbox: 'night' }))
    const amy = member('amy')
    expect(await voicemails.find(all, amy)).to.deep.equal([])
    expect(await voicemails.find({ ...all, mailbox: 'night' }, amy)).to.deep.equal([])
    expect(await codeOf(voicemails.get(_id, amy))).to.equal('NOT_FOUND')
    expect(await codeOf(voicemails.update(_id, { version: 1, state: 'done' }, amy))).to.equal(
      'NOT_FOUND',
    )
    expect((await voicemails.summary(amy)).new).to.equal(0)
    expect(await voicemails.find(all, lin)).to.have.length(1)
  })

  it('the light is on until somebody has listened; done ones are no longer open', async () => {
    const first = await voicemails.leave(left('r1'))
    await voicemails.leave(left('r2', { mailbox: 'night' }))
    const of = async () => {
      const { new: fresh, mailboxes } = await voicemails.summary(lin)
      return [fresh, ...mailboxes.map((each) => `${each.id} ${each.new}/${each.open}`)]
    }
    expect(await of()).to.deep.equal([2, 'general 1/1', 'night 1/1'])
    told = []
    await voicemails.heard(first._id)
    await voicemails.heard(first._id)
    expect(told).to.have.length(1)
    expect(await of()).to.deep.equal([1, 'general 0/1', 'night 1/1'])
    // based on what was read before anybody listened: listening is no change of theirs
    await voicemails.update(first._id, { version: 1, state: 'done', note: '已回电' }, lin)
    expect(await of()).to.deep.equal([1, 'general 0/0', 'night 1/1'])
    expect(
      (await voicemails.find({ ...all, state: 'open' }, lin)).map((each) => each.recordingId),
    ).to.deep.equal(['r2'])
  })

  it('is given to somebody who is here and taken back; of two changes at once one is refused', async () => {
    const { _id } = await voicemails.leave(left('r1'))
    expect(await codeOf(voicemails.update(_id, { version: 1, assignedTo: 'gone' }, lin))).to.equal(
      'NO_SUCH_AGENT',
    )
    const outcomes = await Promise.all(
      ['a', 'b'].map((note) => codeOf(voicemails.update(_id, { version: 1, note }, lin))),
    )
    expect(outcomes.sort()).to.deep.equal(['CONFLICT', 'done'])
    await voicemails.update(_id, { version: 2, assignedTo: 'lin' }, chen)
    expect(await voicemails.find({ ...all, assignedTo: 'lin' }, lin)).to.have.length(1)
    const freed = await voicemails.update(_id, { version: 3, assignedTo: null }, lin)
    expect(freed.assignedTo).to.equal(undefined)
  })

  it('pages go back in time', async () => {
    for (const recordingId of ['r1', 'r2', 'r3']) {
      nowMs += 1000
      await voicemails.leave(left(recordingId))
    }
    const first = await voicemails.find({ ...all, limit: 2 }, lin)
    expect(first.map((each) => each.recordingId)).to.deep.equal(['r3', 'r2'])
    const beforeMs = first.at(-1)!.leftAt.getTime()
    const second = await voicemails.find({ ...all, limit: 2, beforeMs }, lin)
    expect(second.map((each) => each.recordingId)).to.deep.equal(['r1'])
  })
})
