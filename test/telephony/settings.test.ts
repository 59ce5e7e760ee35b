import { expect } from 'chai'
import type { Bus } from '../../gateway/bus/bus.ts'
import { createBus } from '../../gateway/bus/bus.ts'
import type { YiluError } from '../../gateway/errors.ts'
import { FlowModel } from '../../gateway/flows/model.ts'
import { AccountModel } from '../../gateway/intake/model.ts'
import { ConversationModel } from '../../gateway/intake/model.ts'
import { StaffModel } from '../../gateway/staff/model.ts'
import { digestSecret } from '../../gateway/telephony/digest.ts'
import { extensionOf, Extensions } from '../../gateway/telephony/extensions.ts'
import { ExtensionModel, TrunkModel } from '../../gateway/telephony/model.ts'
import { Numbers } from '../../gateway/telephony/numbers.ts'
import type { CreateNumberBody, CreateTrunkBody } from '../../gateway/telephony/schema.ts'
import {
  createNumberBody,
  createTrunkBody,
  trunkView,
  updateTrunkBody,
} from '../../gateway/telephony/schema.ts'
import { TelephonySettings } from '../../gateway/telephony/settings.ts'
import { trunkOf, Trunks } from '../../gateway/telephony/trunks.ts'
import { openTemporaryStore } from '../intake/temporary-store.ts'

describe('trunks, numbers and extensions', function () {
  this.timeout(30_000)
  const secret = 'secret of the tests'
  let store: { close(): Promise<void> }
  let bus: Bus
  let trunks: Trunks
  let numbers: Numbers
  let extensions: Extensions
  let settings: TelephonySettings

  before(async () => {
    store = await openTemporaryStore()
    await FlowModel.create({ _id: 'main', name: 'Main', kind: 'main' })
    await StaffModel.create([
      { _id: 'lin', userName: 'lin' },
      { _id: 'amy', userName: 'amy' },
    ])
  })
  after(() => store.close())

  beforeEach(async () => {
    await Promise.all([
      TrunkModel.deleteMany({}),
      ExtensionModel.deleteMany({}),
      AccountModel.deleteMany({}),
      ConversationModel.deleteMany({}),
    ])
    bus = createBus((_topic, error) => {
      throw error
    })
    trunks = new Trunks({ bus, secret })
    numbers = new Numbers({ bus })
    extensions = new Extensions({ bus })
    settings = new TelephonySettings({ secret })
    await settings.start(bus, (error) => {
      throw error
    })
  })

  /** Does it, and waits until the settings in memory have followed. */
  async function followed<T>(act: () => Promise<T>): Promise<T> {
    const changed = new Promise<void>((resolve) => settings.onChange(resolve))
    const result = await act()
    await changed
    return result
  }
  const trunk = (body: Partial<CreateTrunkBody>) =>
    followed(() =>
      trunks.create(
        createTrunkBody.parse({ id: 'carrier', name: 'Carrier', host: 'sip.cn', ...body }),
      ),
    )
  const number = (body: Partial<CreateNumberBody>) =>
    followed(() =>
      numbers.create(
        createNumberBody.parse({
          id: 'hotline',
          name: 'Hotline',
          flowId: 'main',
          numbers: ['12301'],
          ...body,
        }),
      ),
    )
  const refused = (promise: Promise<unknown>) =>
    promise.then(
      () => ({ code: 'done', details: undefined }),
      ({ code, details }: YiluError) => ({ code: code as string, details }),
    )
  const codeOf = async (promise: Promise<unknown>) => (await refused(promise)).code

  it('a call from an address of a trunk is that trunk’s; the narrower range knows better', async () => {
    await trunk({ id: 'wide', inbound: { byAddress: ['10.0.0.0/8', '2001:db8::/32'] } })
    await trunk({ id: 'narrow', inbound: { byAddress: ['10.1.0.0/16'] } })
    expect(settings.peerByAddress('10.2.0.1')).to.deep.equal({ kind: 'trunk', id: 'wide' })
    expect(settings.peerByAddress('::ffff:10.1.0.1')?.id).to.equal('narrow')
    expect(settings.peerByAddress('2001:db8::5')?.id).to.equal('wide')
    expect(settings.peerByAddress('192.0.2.1')).to.equal(undefined)
  })

  it('a disabled trunk lets nobody in and calls nobody', async () => {
    const { version } = await trunk({
      inbound: { byAddress: ['10.0.0.1'], digest: { userName: 'pbx', password: 'p' } },
      outbound: true,
    })
    expect(settings.credentials('pbx')?.peer).to.deep.equal({ kind: 'trunk', id: 'carrier' })
    expect(settings.trunksForCalling('10086')).to.have.length(1)
    await followed(() => trunks.update('carrier', { version, enabled: false }))
    expect(settings.peerByAddress('10.0.0.1')).to.equal(undefined)
    expect(settings.credentials('pbx')).to.equal(undefined)
    expect(settings.trunksForCalling('10086')).to.have.length(0)
    expect(settings.trunk('carrier')).to.equal(undefined)
  })

  it('calling out goes by priority, and only over trunks that may show the number chosen', async () => {
    await trunk({ id: 'second', outbound: true, priority: 2, callerNumbers: ['+862912301'] })
    await trunk({ id: 'first', outbound: true, priority: 1, callerNumbers: ['02912345'] })
    await trunk({ id: 'in-only', callerNumbers: ['029999'] })
    await number({ name: '英文热线', numbers: ['02912345'] })
    expect(settings.trunksForCalling('10086').map(({ _id }) => _id)).to.deep.equal([
      'first',
      'second',
    ])
    expect(settings.trunksForCalling('10086', '+862912301').map(({ _id }) => _id)).to.deep.equal([
      'second',
    ])
    expect(settings.callerNumbers()).to.deep.equal([
      { number: '02912345', name: '英文热线', trunkId: 'first' },
      { number: '+862912301', name: 'Carrier', trunkId: 'second' },
    ])
  })

  it('what a trunk’s secrets are is never told; the server can still say them to the other end', async () => {
    const made = await trunk({
      inbound: { byAddress: [], digest: { userName: 'pbx', password: 'incoming-secret' } },
      credentials: { userName: 'yilu', password: 'outgoing-secret' },
    })
    expect(settings.clientCredentials('carrier')).to.deep.equal({
      userName: 'yilu',
      password: 'outgoing-secret',
    })
    const { md5, sha256 } = digestSecret('pbx', 'incoming-secret')
    expect(settings.credentials('pbx')).to.include({ md5, sha256 })
    const told = JSON.stringify(trunkOf(made))
    for (const part of ['incoming-secret', 'outgoing-secret', md5, sha256, 'v1.'])
      expect(told).to.not.include(part)
    expect(trunkView.parse(trunkOf(made)).credentials).to.deep.equal({
      userName: 'yilu',
      hasPassword: true,
    })
    const stored = JSON.stringify(await TrunkModel.findById('carrier').lean())
    expect(stored).to.not.match(/incoming-secret|outgoing-secret/)
  })

  it('saving without a password keeps the one there is; a new user name of the hash needs it again', async () => {
    await trunk({
      inbound: { byAddress: [], digest: { userName: 'pbx', password: 'p1' } },
      credentials: { userName: 'yilu', password: 'p2' },
    })
    await followed(() =>
      trunks.update('carrier', {
        version: 1,
        inbound: { byAddress: ['10.0.0.1'], digest: { userName: 'pbx' } },
        credentials: { userName: 'yilu2' },
      }),
    )
    expect(settings.credentials('pbx')?.md5).to.equal(digestSecret('pbx', 'p1').md5)
    expect(settings.clientCredentials('carrier')).to.deep.equal({
      userName: 'yilu2',
      password: 'p2',
    })
    const renamed = trunks.update('carrier', {
      version: 2,
      inbound: { byAddress: [], digest: { userName: 'other' } },
    })
    expect(await codeOf(renamed)).to.equal('BAD_REQUEST')
    await followed(() =>
      trunks.update('carrier', {
        version: 2,
        inbound: { byAddress: ['10.0.0.1'], digest: null },
        credentials: null,
      }),
    )
    expect(settings.credentials('pbx')).to.equal(undefined)
    expect(settings.clientCredentials('carrier')).to.equal(undefined)
  })

  it('one address, one user name and one number lead to one place', async () => {
    await trunk({
      inbound: { byAddress: ['10.0.0.0/8'], digest: { userName: 'pbx', password: 'p' } },
    })
    const other = { id: 'other', name: 'Other', host: 'sip.cn' }
    const taken = await refused(
      trunks.create(createTrunkBody.parse({ ...other, inbound: { byAddress: ['10.9.9.9/8'] } })),
    )
    expect(taken).to.deep.equal({
      code: 'TAKEN',
      details: { field: 'inbound.byAddress', value: '10.9.9.9/8', by: 'Carrier' },
    })
    const sameName = { byAddress: [], digest: { userName: 'pbx', password: 'q' } }
    expect(
      await codeOf(trunks.create(createTrunkBody.parse({ ...other, inbound: sameName }))),
    ).to.equal('TAKEN')
    await number({ numbers: ['12301', '029*'] })
    const body = { id: 'b', name: 'B', flowId: 'main' }
    const overlapping = createNumberBody.parse({ ...body, numbers: ['12345', '029*'] })
    expect((await refused(numbers.create(overlapping))).details).to.deep.equal({
      field: 'numbers',
      value: '029*',
      by: 'Hotline',
    })
    const narrower = createNumberBody.parse({
      id: 'b',
      name: 'B',
      flowId: 'main',
      numbers: ['0291*'],
    })
    expect(await codeOf(numbers.create(narrower))).to.equal('done')
    const twice = createNumberBody.parse({
      id: 'c',
      name: 'C',
      flowId: 'main',
      numbers: ['1', '1'],
    })
    expect(await codeOf(numbers.create(twice))).to.equal('TAKEN')
  })

  it('an extension and a trunk cannot have the same user name, nor a member two extensions', async () => {
    await trunk({ inbound: { byAddress: [], digest: { userName: '801', password: 'p' } } })
    expect(await codeOf(extensions.create({ id: '801', name: 'Lin', enabled: true }))).to.equal(
      'TAKEN',
    )
    await extensions.create({ id: '802', name: 'Lin', staffId: 'lin', enabled: true })
    expect(await codeOf(extensions.create({ id: '802', name: 'Amy', enabled: true }))).to.equal(
      'TAKEN',
    )
    const second = extensions.create({ id: '803', name: 'Lin 2', staffId: 'lin', enabled: true })
    expect(await codeOf(second)).to.equal('TAKEN')
    const nobody = extensions.create({ id: '803', name: 'X', staffId: 'nobody', enabled: true })
    expect(await codeOf(nobody)).to.equal('BAD_REQUEST')
    const asTrunk = trunks.update('carrier', {
      version: 1,
      inbound: { byAddress: [], digest: { userName: '802', password: 'p' } },
    })
    expect(await codeOf(asTrunk)).to.equal('TAKEN')
  })

  it('the password of an extension is told once; a new one ends the old one', async () => {
    const { extension, password } = await followed(() =>
      extensions.create({ id: '801', name: 'Lin', staffId: 'lin', enabled: true }),
    )
    expect(settings.credentials('801')).to.deep.equal({
      peer: { kind: 'extension', id: '801' },
      md5: digestSecret('801', password).md5,
      sha256: digestSecret('801', password).sha256,
    })
    expect(settings.extensionOf('lin')?._id).to.equal('801')
    expect(Object.keys(extensionOf(extension))).to.not.include.members(['md5', 'sha256'])
    await followed(() => extensions.resetPassword('801', 'a password of mine'))
    expect(settings.credentials('801')?.md5).to.equal(digestSecret('801', 'a password of mine').md5)
    await followed(() => extensions.update('801', { version: 2, staffId: null, enabled: false }))
    expect(settings.extension('801')).to.equal(undefined)
    expect(settings.extensionOf('lin')).to.equal(undefined)
    expect(settings.credentials('801')).to.equal(undefined)
  })

  it('a called number finds its account, and none when the account is disabled', async () => {
    await number({ numbers: ['12301'] })
    await number({ id: 'rest', name: 'Rest', numbers: ['*'], lang: 'en' })
    await AccountModel.create({ _id: 'web', channel: 'webchat', enabled: true, version: 1 })
    expect(settings.account('12301')?._id).to.equal('hotline')
    expect(settings.account('999')?._id).to.equal('rest')
    await followed(() => numbers.update('rest', { version: 1, enabled: false }))
    expect(settings.account('999')).to.equal(undefined)
  })

  it('a number somebody is calling stays; a flow that does not exist is refused', async () => {
    await number({})
    const unknown = createNumberBody.parse({
      id: 'b',
      name: 'B',
      flowId: 'nowhere',
      numbers: ['1'],
    })
    expect(await codeOf(numbers.create(unknown))).to.equal('BAD_REQUEST')
    await ConversationModel.create({ _id: 'c1', state: 'bot', legs: [{ accountId: 'hotline' }] })
    expect(await codeOf(numbers.remove('hotline'))).to.equal('IN_USE')
    await ConversationModel.updateOne({ _id: 'c1' }, { $set: { state: 'closed' } })
    await followed(() => numbers.remove('hotline'))
    expect(settings.account('12301')).to.equal(undefined)
    expect(await codeOf(numbers.remove('hotline'))).to.equal('NOT_FOUND')
  })

  it('of two changes at once, one is refused', async () => {
    await trunk({})
    await number({})
    const outcomes = await Promise.all([
      codeOf(trunks.update('carrier', { version: 1, name: 'A' })),
      codeOf(trunks.update('carrier', { version: 1, name: 'B' })),
      codeOf(numbers.update('hotline', { version: 1, name: 'A' })),
      codeOf(numbers.update('hotline', { version: 1, name: 'B' })),
    ])
    expect(outcomes.slice(0, 2).sort()).to.deep.equal(['CONFLICT', 'done'])
    expect(outcomes.slice(2).sort()).to.deep.equal(['CONFLICT', 'done'])
  })

  it('what is typed wrong is refused by name', () => {
    const wrong: [object, string][] = [
      [{ host: 'sip cn' }, 'host'],
      [{ port: 0 }, 'port'],
      [{ transport: 'ws' }, 'transport'],
      [{ inbound: { byAddress: ['10.0.0.0/40'] } }, 'inbound.byAddress.0'],
      [{ callerNumbers: ['12-34'] }, 'callerNumbers.0'],
      [{ register: { aor: 'yilu', expiresSeconds: 300 } }, 'register.aor'],
    ]
    for (const [fields, field] of wrong) {
      const parsed = updateTrunkBody.safeParse({ version: 1, ...fields })
      expect(parsed.success, field).to.be.false
      expect(parsed.error!.issues[0]!.path.join('.')).to.equal(field)
    }
    for (const host of ['127.0.0.1', 'sip.example.cn', '::1', '[2001:db8::1]', 'pbx'])
      expect(updateTrunkBody.safeParse({ version: 1, host }).success, host).to.be.true
  })
})
