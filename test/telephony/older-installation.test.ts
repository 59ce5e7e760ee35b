/** An installation from before there were calls is started with a version that has them. */
import { expect } from 'chai'
import { Flows } from '../../gateway/flows/flows.ts'
import { createBus } from '../../gateway/bus/bus.ts'
import { SettingModel } from '../../gateway/desk/model.ts'
import type { Account } from '../../gateway/intake/model.ts'
import { AccountModel } from '../../gateway/intake/model.ts'
import { FlowModel } from '../../gateway/flows/model.ts'
import { seed } from '../../gateway/seed.ts'
import { Staff } from '../../gateway/staff/staff.ts'
import { TrunkModel } from '../../gateway/telephony/model.ts'
import { MailboxModel } from '../../gateway/voicemail/model.ts'
import { openTemporaryStore } from '../intake/temporary-store.ts'

describe('an installation older than calls', function () {
  this.timeout(30_000)
  let store: { close(): Promise<void> }
  const now = () => Date.UTC(2026, 10, 1)

  before(async () => {
    store = await openTemporaryStore()
    await start()
  })
  after(() => store.close())

  async function start(): Promise<void> {
    const bus = createBus((_topic, error) => {
      throw error
    })
    const all = { queues: [], schedules: [], ticketKinds: [], mailboxes: [], sources: [] }
    const flows = new Flows({ bus, now, environment: async () => all })
    await seed({ staff: new Staff({ bus, now }), flows, demo: false, now })
  }
  const counts = async () => [
    await TrunkModel.countDocuments(),
    await AccountModel.countDocuments({ channel: 'voice' }),
    await MailboxModel.countDocuments(),
  ]
  /** as it was before: none of it, and nothing that remembers it */
  async function becomesOld(): Promise<void> {
    await Promise.all([
      TrunkModel.deleteMany({}),
      AccountModel.deleteMany({ channel: 'voice' }),
      MailboxModel.deleteMany({}),
      SettingModel.deleteOne({ _id: 'callsSeeded' }),
    ])
  }

  it('one that had calls from its first day gets nothing back that was removed', async () => {
    expect(await counts()).to.deep.equal([1, 1, 1])
    await AccountModel.deleteMany({ channel: 'voice' })
    await start()
    expect((await counts())[1]).to.equal(0)
  })

  it('gets a trunk, a number on the flow of its web chat, and a mailbox', async () => {
    await becomesOld()
    await AccountModel.updateOne({ _id: 'web' }, { $set: { flowId: 'progress', lang: 'en' } })
    const flows = await FlowModel.find().sort({ _id: 1 }).lean()
    await start()
    expect(await counts()).to.deep.equal([1, 1, 1])
    const phone = await AccountModel.findById('phone').lean<Account>()
    expect(phone).to.include({ flowId: 'progress', lang: 'en', record: false })
    expect(await FlowModel.find().sort({ _id: 1 }).lean()).to.deep.equal(flows)
  })

  it('gets each only where it has none', async () => {
    await becomesOld()
    await TrunkModel.create({ _id: 'carrier', name: 'Carrier', host: 'sip.cn', version: 1 })
    await start()
    expect(await counts()).to.deep.equal([1, 1, 1])
    expect(await TrunkModel.exists({ _id: 'local' })).to.equal(null)
  })

  it('what an administrator removed does not come back at the next start', async () => {
    await becomesOld()
    await start()
    await Promise.all([
      TrunkModel.deleteMany({}),
      AccountModel.deleteMany({ channel: 'voice' }),
      MailboxModel.deleteMany({}),
    ])
    await start()
    expect(await counts()).to.deep.equal([0, 0, 0])
  })
})
