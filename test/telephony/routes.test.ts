import { expect } from 'chai'
import { createBus } from '../../gateway/bus/bus.ts'
import { fail } from '../../gateway/errors.ts'
import { FlowModel } from '../../gateway/flows/model.ts'
import { Extensions } from '../../gateway/telephony/extensions.ts'
import { Numbers } from '../../gateway/telephony/numbers.ts'
import type { TelephonyPort } from '../../gateway/telephony/port.ts'
import { telephonyOff } from '../../gateway/telephony/port.ts'
import { telephonyRoutes } from '../../gateway/telephony/routes.ts'
import { telephonyStatusView } from '../../gateway/telephony/schema.ts'
import { seedTelephony } from '../../gateway/telephony/seed.ts'
import { TelephonySettings } from '../../gateway/telephony/settings.ts'
import { Trunks } from '../../gateway/telephony/trunks.ts'
import type { Door } from '../harness/route-door.ts'
import { member, openDoor } from '../harness/route-door.ts'
import { openTemporaryStore } from '../intake/temporary-store.ts'

describe('telephony over REST', function () {
  this.timeout(30_000)
  let store: { close(): Promise<void> }
  let door: Door
  let settings: TelephonySettings
  const port: TelephonyPort = {
    status: async () => telephonyOff('EADDRINUSE'),
    ping: async (id) => (id === 'local' ? 200 : fail('NOT_FOUND')),
    callOut: async () => fail('TELEPHONY_OFF'),
  }

  before(async () => {
    store = await openTemporaryStore()
    const bus = createBus((_topic, error) => {
      throw error
    })
    const secret = 's'
    settings = new TelephonySettings({ secret })
    await FlowModel.create({ _id: 'main', name: 'Main', kind: 'main' })
    await Promise.all(seedTelephony())
    await settings.start(bus, (error) => {
      throw error
    })
    const rooms = {
      trunks: new Trunks({ bus, secret }),
      numbers: new Numbers({ bus }),
      extensions: new Extensions({ bus }),
    }
    const staff = [
      member('admin', 'administrator'),
      member('chen', 'teamLeader'),
      member('lin', 'agent'),
    ]
    door = await openDoor(telephonyRoutes({ settings, port, ...rooms }), staff)
  })
  after(async () => {
    await door.close()
    await store.close()
  })

  const get = async <T>(who: string, path: string) =>
    (await (await door.ask(who, 'GET', path)).json()) as T
  const post = async (path: string, body: object) => {
    const response = await door.ask('admin', 'POST', path, { body })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }

  it('a fresh installation answers calls from this machine on any number', async () => {
    expect(settings.peerByAddress('127.0.0.1')).to.deep.equal({ kind: 'trunk', id: 'local' })
    expect(settings.peerByAddress('::1')?.id).to.equal('local')
    expect(settings.account('12301')?.flowId).to.equal('main')
    expect(settings.account('anything')?._id).to.equal('phone')
    expect(settings.trunksForCalling('10086')).to.deep.equal([])
  })

  it('an agent learns the numbers to show, and nothing else of telephony', async () => {
    expect(await get('lin', '/telephony/numbers')).to.deep.equal({ items: [] })
    const made = await post('/telephony/trunks', {
      ...{ id: 'carrier', name: 'Carrier', host: 'sip.cn', outbound: true },
      ...{ callerNumbers: ['02912301'], credentials: { userName: 'u', password: 'hidden' } },
    })
    expect(made.status).to.equal(200)
    expect(JSON.stringify(made.body)).to.not.include('hidden')
    const { items } = await get<{ items: object[] }>('lin', '/telephony/numbers')
    expect(items).to.deep.equal([{ number: '02912301', name: '电话热线' }])
    for (const path of ['trunks', 'number-plan', 'extensions', 'status'])
      for (const who of ['lin', 'chen'])
        expect((await door.ask(who, 'GET', `/telephony/${path}`)).status, path).to.equal(403)
  })

  it('the status tells why telephony does not run', async () => {
    const status = telephonyStatusView.parse(await get('admin', '/telephony/status'))
    expect(status).to.include({ running: false, fault: 'EADDRINUSE', realm: 'yilu' })
  })

  it('a test of a trunk tells what came back', async () => {
    const { body } = await post('/telephony/trunks/local/ping', {})
    expect(body).to.include({ status: 200 })
    expect((await post('/telephony/trunks/nowhere/ping', {})).status).to.equal(404)
  })

  it('a refusal names the field and who has what was asked for', async () => {
    const taken = await post('/telephony/number-plan', {
      ...{ id: 'n2', name: 'N2', flowId: 'main', numbers: ['12301'] },
    })
    expect(taken.status).to.equal(409)
    expect(JSON.stringify(taken.body)).to.include('"by":"电话热线"')
    const wrong = await post('/telephony/trunks', {
      ...{ id: 't', name: 'T', host: 'h', inbound: { byAddress: ['10.0.0.0/99'] } },
    })
    expect(wrong.status).to.equal(400)
    expect(JSON.stringify(wrong.body)).to.include('inbound.byAddress.0')
  })

  it('an extension comes with its password once; the list has none', async () => {
    const { body } = await post('/telephony/extensions', { id: '801', name: 'Front desk' })
    expect(body.password).to.match(/^[a-z2-9]{20}$/)
    const { items } = await get<{ items: object[] }>('admin', '/telephony/extensions')
    expect(items).to.deep.equal([{ id: '801', name: 'Front desk', enabled: true, version: 1 }])
    expect((await post('/telephony/extensions', { id: '801', name: 'Again' })).status).to.equal(409)
    const reset = await post('/telephony/extensions/801/password-reset', {})
    expect(reset.body.password).to.not.equal(body.password)
    expect((await door.ask('admin', 'DELETE', '/telephony/extensions/801')).status).to.equal(204)
    expect((await door.ask('admin', 'DELETE', '/telephony/extensions/801')).status).to.equal(404)
  })
})
