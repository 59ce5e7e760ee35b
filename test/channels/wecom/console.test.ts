import { expect } from 'chai'
import { WecomSimulator } from '../../simulators/wecom.ts'
import { member, openDoor } from '../../harness/route-door.ts'
import { WecomGateway } from './wecom-gateway.ts'

describe('a WeCom account in the console', () => {
  let wecom: WecomSimulator
  let gateway: WecomGateway

  beforeEach(async () => {
    wecom = new WecomSimulator()
    await wecom.listen()
    gateway = new WecomGateway()
  })
  afterEach(async () => {
    await gateway.close()
    await wecom.close()
  })

  const node = (more: object = {}) =>
    gateway.node([{ id: 'kf', settings: { ...wecom.settings, ...more } }])

  it('is tested: service account, credentials, address, way there', async () => {
    const { channel } = await node()
    expect(await channel.check('kf')).to.deep.equal({ ok: true, detail: '旅游热线' })
    const of = async (more: object) => (await node(more)).channel.check('kf')
    expect(await of({ openKfId: 'wkOther' })).to.include({ ok: false, code: 'PROVIDER_REFUSED' })
    gateway.kept.clear()
    const wrong = await of({ secret: 'something else' })
    expect(wrong).to.include({ ok: false, code: 'PROVIDER_CREDENTIALS' })
    expect(wrong.detail).to.match(/^40001 /)
    gateway.kept.clear()
    expect(await of({ apiBase: 'http://127.0.0.1:1' })).to.include({ code: 'PROVIDER_UNREACHABLE' })
    gateway.kept.clear()
    wecom.trusted = false
    expect(await of({})).to.include({ ok: false, code: 'PROVIDER_IP' })
    wecom.trusted = true
    wecom.accounts[0]!.manage_privilege = false
    expect(await of({})).to.include({ ok: false, code: 'PROVIDER_REFUSED' })
  })

  it('without a service account says so, and lists those there are', async () => {
    for (let n = 0; n < 150; n++)
      wecom.accounts.push({ open_kfid: `wk${n}`, name: `${n}`, manage_privilege: n % 2 === 0 })
    const { channel } = await node({ openKfId: '' })
    await channel.start()
    expect(gateway.faults).to.deep.equal([{ state: 'needsPerson', code: 'NO_SERVICE_ACCOUNT' }])
    expect(wecom.calls.filter(({ path }) => path === 'kf/sync_msg')).to.deep.equal([])
    const door = await openDoor(channel.routes, [member('admin', 'administrator')])
    try {
      const answer = await door.ask('admin', 'GET', '/accounts/kf/wecom/kf-accounts')
      const { items } = (await answer.json()) as { items: object[] }
      expect(items).to.have.length(151)
      expect(items[0]).to.deep.equal({ openKfId: 'wkSimulated', name: '旅游热线', managed: true })
    } finally {
      await door.close()
    }
  })

  it('makes links that tell where they hung', async () => {
    const { channel } = await node()
    const staff = [member('admin', 'administrator'), member('lin', 'agent')]
    const door = await openDoor(channel.routes, staff)
    const ask = (who: string, body: object) =>
      door.ask(who, 'POST', '/accounts/kf/wecom/contact-way', { body })
    try {
      const made = await ask('admin', { scene: 'gate', sceneParam: 'a=1&b' })
      const url = new URL(((await made.json()) as { url: string }).url)
      expect(url.searchParams.get('enc_scene')).to.equal('ENCgate')
      expect(url.searchParams.get('scene_param')).to.equal('a=1&b')
      expect((await ask('admin', { scene: '中文' })).status).to.equal(400)
      expect((await ask('lin', { scene: 'gate' })).status).to.equal(403)
      wecom.fault('kf/add_contact_way', 95017)
      const refused = await ask('admin', {})
      expect(await refused.json()).to.have.property('code', 'PROVIDER_REFUSED')
    } finally {
      await door.close()
    }
  })
})
