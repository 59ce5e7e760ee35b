import { expect } from 'chai'
import { WecomSimulator } from '../../simulators/wecom.ts'
import { WecomGateway } from './wecom-gateway.ts'

describe('callbacks of WeCom', () => {
  let wecom: WecomSimulator
  let gateway: WecomGateway
  let url: string

  beforeEach(async () => {
    // the corp and keys of WeCom's own example
    wecom = new WecomSimulator({ corpId: 'wx5823bf96d3bd56c7' })
    await wecom.listen()
    gateway = new WecomGateway()
    const node = await gateway.node([{ id: 'kf', settings: wecom.settings }])
    url = `${node.url}/channels/wecom/kf`
    wecom.callbackUrl = url
  })
  afterEach(async () => {
    await gateway.close()
    await wecom.close()
  })

  const notices = () => [...gateway.kept.keys()].filter((key) => key.includes('notice'))
  const xml = () => wecom.callbackXml('ENCtoken')

  it("answer the check of the address in WeCom's own example", async () => {
    const query = new URLSearchParams({
      msg_signature: '5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3',
      timestamp: '1409659589',
      nonce: '263014780',
      echostr:
        'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==',
    })
    const response = await fetch(`${url}?${query.toString()}`)
    expect(await response.text()).to.equal('1616140317555161061')
    expect(response.headers.get('content-type')).to.match(/^text\/plain/)
  })

  it('are taken with WeCom’s own implementation of the cipher', async () => {
    expect(await wecom.checkAddress()).to.equal(true)
    expect(await wecom.postOnce(xml())).to.equal(200)
    expect(notices()).to.have.length(1)
  })

  it('are answered when the notice is on disk, and not before', async () => {
    let release = () => undefined as void
    gateway.beforeSet = () => new Promise<void>((resolve) => (release = resolve))
    let answered = 0
    const asked = wecom.postOnce(xml()).then((status) => (answered = status))
    await gateway.until(() => release.length === 0 && gateway.kept.size === 0, 'the write')
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(answered).to.equal(0)
    gateway.beforeSet = () => undefined
    release()
    await asked
    expect(answered).to.equal(200)
  })

  it('are refused while the store is down, so that WeCom comes again', async () => {
    gateway.beforeSet = () => {
      throw new Error('down')
    }
    expect(await wecom.postOnce(xml())).to.equal(503)
    expect(gateway.errors).to.have.length(1)
  })

  it('with a wrong signature do nothing, and are shown to the operator', async () => {
    const forged = await wecom.postOnce(xml(), (request) => {
      request.query = request.query.replace(/msg_signature=.{4}/, 'msg_signature=0000')
    })
    expect(forged).to.equal(403)
    const altered = await wecom.postOnce(xml(), (request) => {
      request.body = request.body.replace(
        /(Encrypt><!\[CDATA\[)(.)/,
        (_all, start: string, first: string) => start + (first === 'A' ? 'B' : 'A'),
      )
    })
    expect(altered).to.equal(403)
    const bare = await fetch(url, { method: 'POST', body: xml() })
    expect(bare.status).to.equal(403)
    expect((await fetch(`${url}?echostr=abc`)).status).to.equal(403)
    expect(notices()).to.deep.equal([])
    expect(gateway.faults[0]).to.include({ state: 'warning', code: 'BAD_CALLBACK' })
  })

  it('beyond all bounds are not read', async () => {
    const status = await wecom.postOnce(xml(), (request) => {
      request.body = request.body.replace('</xml>', `${' '.repeat(70_000)}</xml>`)
    })
    expect(status).to.equal(413)
    expect(notices()).to.deep.equal([])
  })

  it('of an account that is not there are not found', async () => {
    wecom.callbackUrl = url.replace(/kf$/, 'other')
    expect(await wecom.postOnce(xml())).to.equal(404)
  })

  it('of other events are answered and do nothing', async () => {
    const event = xml().replace('kf_msg_or_event', 'kf_account_auth_change')
    expect(await wecom.postOnce(event)).to.equal(200)
    expect(notices()).to.deep.equal([])
  })

  it('for another service account of the same corp reach the account it is set up as', async () => {
    const two = await gateway.node([
      { id: 'kf', settings: wecom.settings },
      { id: 'kf2', settings: { ...wecom.settings, openKfId: 'wkSecond' } },
    ])
    wecom.callbackUrl = `${two.url}/channels/wecom/kf`
    expect(await wecom.postOnce(wecom.callbackXml('ENCtoken', 'wkSecond'))).to.equal(200)
    expect(notices()).to.deep.equal(['kf2|notice wkSecond'])
    expect(await wecom.postOnce(wecom.callbackXml('ENCtoken', 'wkUnknown'))).to.equal(200)
    expect(notices()).to.have.length(1)
  })
})
