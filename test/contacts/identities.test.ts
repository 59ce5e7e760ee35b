import { expect } from 'chai'
import { Contacts } from '../../gateway/contacts/contacts.ts'
import { Identities } from '../../gateway/contacts/identities.ts'
import { IdentityEventModel, IdentityModel, MergeModel } from '../../gateway/contacts/model.ts'
import { openTemporaryStore } from '../intake/temporary-store.ts'
import { claim, ContactsRoom, identity } from './house.ts'

const DAY = 86_400_000

describe('who somebody is, on a ladder from seen to proven', function () {
  this.timeout(30_000)
  let store: { close(): Promise<void> }
  const room = new ContactsRoom()
  const { contacts, identities } = room

  before(async () => {
    store = await openTemporaryStore()
  })
  after(() => store.close())

  let people = 0
  /** fresh addresses for each test */
  const some = () => {
    const n = ++people
    return { open: `openid-${n}`, kf: `kf-${n}`, union: `union-${n}`, phone: `+86139000${String(10000 + n)}` } // prettier-ignore
  }
  const wechat = (open: string) => claim('wechatOpenid', open, 'proven', 'wx1')
  const unionid = (union: string) => claim('wechatUnionid', union)
  const caller = (phone: string) => claim('phone', phone, 'observed')
  const prove = (contactId: string, phone: string, id: string) =>
    identities.prove(contactId, { kind: 'phone', scope: '', value: phone }, { _id: id, how: 'code', by: 'flow' }) // prettier-ignore

  it('the unionid beside two openids makes one contact of them', async () => {
    const { open, kf, union } = some()
    const a = await room.seen(wechat(open), { alsoKnownAs: [unionid(union)], displayName: '小王' })
    const b = await room.seen(claim('wecomExternal', kf), { alsoKnownAs: [unionid(union)] })
    expect(b.contactId, 'nothing to merge: never two').to.equal(a.contactId)
    expect(b.identityId).to.not.equal(a.identityId)
    expect((await contacts.get(a.contactId))!.name).to.equal('小王')
    expect(await MergeModel.countDocuments({ winnerId: a.contactId })).to.equal(0)
  })

  it('learned later, the older contact takes the younger in', async () => {
    const { open, kf, union } = some()
    const a = await room.seen(wechat(open))
    const b = await room.seen(claim('wecomExternal', kf), { displayName: '王芳' })
    await room.seen(wechat(open), { alsoKnownAs: [unionid(union)] })
    const joined = await room.seen(claim('wecomExternal', kf), { alsoKnownAs: [unionid(union)] })
    expect(joined).to.include({ contactId: a.contactId, identityId: b.identityId })
    const merge = await MergeModel.findOne({ loserId: b.contactId }).lean()
    expect(merge).to.include({ winnerId: a.contactId, rule: 'sameUnionid', by: 'system' })
    expect((await contacts.get(b.contactId))!.name, 'what it did not know').to.equal('王芳')

    await contacts.undo(merge!._id, 'lin')
    expect((await contacts.get(a.contactId))!.name).to.equal(undefined)
    expect((await contacts.get(b.contactId))!.name).to.equal('王芳')
    // a colleague knows better: it is not merged again by itself
    const parted = await room.seen(claim('wecomExternal', kf), { alsoKnownAs: [unionid(union)] })
    expect(parted.contactId).to.equal(b.contactId)
    const again = await contacts.merge(a.contactId, b.contactId, 'lin')
    expect(again.rule).to.equal('agent')
    expect((await room.seen(claim('wecomExternal', kf))).contactId).to.equal(a.contactId)
  })

  it('told many times and at once, it is done once', async () => {
    const { open, kf, union } = some()
    const a = await room.seen(wechat(open), { alsoKnownAs: [unionid(union)] })
    const b = await room.seen(claim('wecomExternal', kf))
    const also = [unionid(union)]
    const nodes = [1, 2, 3].map(() => new Identities(room.now, contacts))
    const found = await Promise.all(
      nodes.map((node) => node.seen({ identity: claim('wecomExternal', kf), alsoKnownAs: also })),
    )
    expect(new Set(found.map(({ contactId }) => contactId))).to.deep.equal(new Set([a.contactId]))
    expect(await MergeModel.countDocuments({ loserId: b.contactId })).to.equal(1)
  })

  it('what is only seen or said merges nobody', async () => {
    const { open, phone } = some()
    const b = await room.seen(caller(phone))
    for (const assurance of ['observed', 'selfAsserted'] as const) {
      const a = await room.seen(wechat(open), { alsoKnownAs: [claim('phone', phone, assurance)] })
      expect(a.contactId).to.not.equal(b.contactId)
      expect((await identity(phone))!.contactId).to.equal(b.contactId)
      // it is written down, for people to see
      expect((await contacts.get(a.contactId))!.phone).to.equal(phone)
    }
  })

  it('assurance is raised, never lowered', async () => {
    const { phone } = some()
    await room.seen(caller(phone))
    await room.seen(claim('phone', phone, 'selfAsserted'))
    expect((await identity(phone))!.assurance).to.equal('selfAsserted')
    await room.seen(claim('phone', phone, 'proven'))
    await room.seen(claim('phone', phone, 'selfAsserted'))
    await room.seen(caller(phone))
    expect((await identity(phone))!.assurance).to.equal('proven')
  })

  it('on the computer of a hotel lobby one signs in after the other', async () => {
    const visitor = claim('webVisitor', 'lobby', 'observed', 'web')
    const ann = claim('webUser', 'ann', 'proven', 'web')
    const bob = claim('webUser', 'bob', 'proven', 'web')
    const first = await room.seen(visitor, { alsoKnownAs: [ann] })
    const second = await room.seen(visitor, { alsoKnownAs: [bob] })
    expect(second.contactId).to.not.equal(first.contactId)
    expect((await identity('ann'))!.contactId).to.equal(first.contactId)
    // from elsewhere each is found again
    const elsewhere = claim('webVisitor', 'at-home', 'observed', 'web')
    expect((await room.seen(elsewhere, { alsoKnownAs: [bob] })).contactId).to.equal(
      second.contactId,
    )
    expect(await MergeModel.countDocuments({ winnerId: first.contactId })).to.equal(0)
  })

  it('a number that was only seen goes to whoever proves it; calls before stay where they were', async () => {
    const { open, phone } = some()
    const called = await room.seen(caller(phone))
    const call = await room.conversation(called.contactId, `call-${phone}`)
    const a = await room.seen(wechat(open))
    const proven = await prove(a.contactId, phone, `code-${phone}`)
    expect(proven.contactId).to.equal(a.contactId)
    expect((await room.seen(caller(phone))).contactId, 'the next call').to.equal(a.contactId)
    expect((await contacts.get(called.contactId))!._id).to.equal(called.contactId)
    const { items } = await room.timeline.page(called.contactId, { limit: 10 })
    expect(items.map(({ id }) => id)).to.include(call)
    expect(await IdentityEventModel.findById(`code-${phone}`).lean()).to.include({
      contactId: a.contactId,
      fromContactId: called.contactId,
    })
    // an agent is told
    const [suggestion] = await room.suggestions.of(a.contactId)
    expect(suggestion).to.include({ otherId: called.contactId, strength: 'strong' })
    expect(suggestion!.reasons[0]).to.include({ kind: 'phone', value: phone, assurance: 'proven' })
  })

  it('proven by a second contact, they are one', async () => {
    const { open, kf, phone } = some()
    const a = await room.seen(wechat(open))
    const b = await room.seen(claim('wecomExternal', kf))
    await prove(b.contactId, phone, `code-${phone}-b`)
    const proven = await prove(a.contactId, phone, `code-${phone}-a`)
    expect(proven.contactId).to.equal(a.contactId)
    expect((await contacts.get(b.contactId))!._id).to.equal(a.contactId)
    const merge = await MergeModel.findOne({ loserId: b.contactId }).lean()
    expect(merge).to.include({ rule: 'provenPhone' })
    // parted again: the last proof says whose it is, and nobody is merged by it
    await contacts.undo(merge!._id, 'lin')
    await prove(a.contactId, phone, `code-${phone}-a2`)
    expect((await identity(phone))!.contactId).to.equal(a.contactId)
    expect((await contacts.get(b.contactId))!._id).to.equal(b.contactId)
  })

  it('a number given to somebody else after a year does not join two people', async () => {
    const { open, kf, phone } = some()
    const before = await room.seen(wechat(open))
    await prove(before.contactId, phone, `old-${phone}`)
    room.nowMs += 365 * DAY
    const now = await room.seen(claim('wecomExternal', kf))
    await prove(now.contactId, phone, `new-${phone}`)
    expect((await identity(phone))!.contactId).to.equal(now.contactId)
    expect((await contacts.get(now.contactId))!._id).to.equal(now.contactId)
    expect(await MergeModel.countDocuments({ loserId: now.contactId })).to.equal(0)
  })

  it('a merge cut off after its event is finished at the next start', async () => {
    const [a, b] = [await room.seen(wechat(some().open)), await room.seen(wechat(some().open))]
    const call = await room.conversation(b.contactId, 'cut-off')
    await MergeModel.create({
      _id: 'half-done',
      ...{ winnerId: a.contactId, loserId: b.contactId, rule: 'sameUnionid', by: 'system' },
      ...{ movedIdentityIds: [b.identityId], movedConversationIds: [call], movedTicketIds: [] },
      filled: { name: '李雷' },
      at: new Date(room.nowMs),
    })
    const next = new Contacts({ bus: room.bus, now: room.now })
    expect(await next.start()).to.equal(1)
    expect((await next.get(b.contactId))!._id).to.equal(a.contactId)
    expect((await next.get(a.contactId))!.name).to.equal('李雷')
    expect((await IdentityModel.findById(b.identityId).lean())!.contactId).to.equal(a.contactId)
    expect(await next.start(), 'only once').to.equal(0)
  })

  it('a parting cut off is finished too, unless they were merged anew', async () => {
    const [a, b] = [await room.seen(wechat(some().open)), await room.seen(wechat(some().open))]
    const event = await contacts.merge(a.contactId, b.contactId, 'lin')
    await MergeModel.updateOne({ _id: event._id }, { $set: { undoneAt: new Date(room.nowMs) } })
    const next = new Contacts({ bus: room.bus, now: room.now })
    expect(await next.start()).to.equal(1)
    expect((await next.get(b.contactId))!._id).to.equal(b.contactId)
    room.nowMs += 1000
    await next.merge(a.contactId, b.contactId, 'lin')
    await MergeModel.updateOne({ _id: event._id }, { $unset: { partedAt: '' } })
    await next.start()
    expect((await next.get(b.contactId))!._id).to.equal(a.contactId)
  })

  it('merged at the same moment in both directions, one of them stands', async () => {
    const [a, b] = [await room.seen(wechat(some().open)), await room.seen(wechat(some().open))]
    const results = await Promise.allSettled([
      contacts.merge(a.contactId, b.contactId, 'lin'),
      contacts.merge(b.contactId, a.contactId, 'amy'),
    ])
    expect(results.map(({ status }) => status)).to.deep.equal(['fulfilled', 'rejected'])
    expect((await contacts.get(a.contactId))!._id).to.equal(a.contactId)
    expect((await contacts.get(b.contactId))!._id).to.equal(a.contactId)
  })
})
