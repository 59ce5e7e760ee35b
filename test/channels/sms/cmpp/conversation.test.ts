import { once } from 'node:events'
import { expect } from 'chai'
import type { Rig } from './rig.ts'
import { rig, sms } from './rig.ts'

const long =
  '您好，您的投诉已登记，编号 20261122001。景区管理处将在三个工作日内与您联系；如需补充材料，请直接回复本短信。😀祝您在西安旅途愉快，' +
  '城墙、大雁塔与兵马俑的开放时间可回复“开放时间”查询，回复“人工”转人工服务。'

for (const version of ['2.0', '3.0'] as const)
  describe(`CMPP ${version}: a tourist and the hotline`, () => {
    let it1: Rig
    before(async () => {
      it1 = await rig({ version: version === '3.0' ? 0x30 : 0x20 }, { version })
    })
    after(() => it1.close())

    it('a short text out, shown on the telephone, reported as delivered', async () => {
      const { link, gateway, events } = it1
      const result = await link.submit(sms('您好'))
      expect(result).to.include({ ok: true, state: 'sent' })
      expect(gateway.shown.at(-1)).to.deep.equal({
        ...{ to: '13800138000', from: '10690000', text: '您好' },
      })
      expect(gateway.submits.at(-1)).to.include({ udhi: false, msgFmt: 8, msgSrc: '900001' })
      await events.until(() => events.reports.length > 0)
      expect(events.reports).to.deep.equal([
        { providerId: (result as { providerIds: string[] }).providerIds[0], state: 'delivered' },
      ])
    })

    it('a long text out in parts, whole on the telephone, each part reported', async () => {
      const { link, gateway, events } = it1
      events.reports.length = 0
      const result = (await link.submit(sms(long))) as { providerIds: string[] }
      expect(gateway.shown.at(-1)!.text).to.equal(long)
      expect(result.providerIds).to.have.length(2)
      await events.until(() => events.reports.length === 2)
      expect(events.reports.map(({ providerId }) => providerId)).to.have.members(result.providerIds)
    })

    it('plain English goes as ASCII, to a foreign number with the prefix for abroad', async () => {
      const { link, gateway } = it1
      await link.submit(sms('Your ticket is A-17.', { to: '+85261234567' }))
      expect(gateway.submits.at(-1)).to.include({ msgFmt: 0, destination: '0085261234567' })
      expect(gateway.shown.at(-1)!.text).to.equal('Your ticket is A-17.')
    })

    it('a short and a long text in', async () => {
      const { gateway, events } = it1
      expect(await gateway.say('8613800138000', '10690000', '我要投诉')).to.deep.equal([0])
      expect(await gateway.say('13800138000', '10690000', long)).to.deep.equal([0, 0])
      expect(events.messages.map(({ from, to, text }) => [from, to, text])).to.deep.equal([
        ['+8613800138000', '10690000', '我要投诉'],
        ['+8613800138000', '10690000', long],
      ])
    })

    it('parts out of order and twice, over a restart between them', async () => {
      const { gateway, events } = it1
      const before = events.messages.length
      const [first, second] = gateway.partsOf('13900139000', '10690000', long)
      expect(await gateway.deliver(second!)).to.equal(0)
      await it1.restarted()
      await once(gateway, 'connected')
      expect(await gateway.deliver(second!)).to.equal(0)
      expect(await gateway.deliver(first!)).to.equal(0)
      expect(await gateway.deliver(first!)).to.equal(0)
      expect(events.messages.slice(before).map(({ text }) => text)).to.deep.equal([long])
    })

    it('a message delivered twice has one key; two of the same words have two', async () => {
      const { gateway, events } = it1
      const before = events.messages.length
      const [one] = gateway.partsOf('13800138000', '10690000', '在吗')
      const [other] = gateway.partsOf('13800138000', '10690000', '在吗')
      for (const part of [one!, one!, other!]) await gateway.deliver(part)
      expect(events.messages).to.have.length(before + 2)
    })
  })

describe('CMPP: what else goes with a conversation', () => {
  it('the signature stands once before a message', async () => {
    const { link, gateway, close } = await rig({}, { signature: '旅游热线' })
    await link.submit(sms('您好'))
    await link.submit(sms('【另签】您好'))
    expect(gateway.shown.map(({ text }) => text)).to.deep.equal([
      '【旅游热线】您好',
      '【另签】您好',
    ])
    await close()
  })

  it('a gateway of 2.0 answers a CONNECT of 3.0 with its version, and both go on in it', async () => {
    const { gateway, link, close } = await rig({ lenient: true }, { version: '3.0' })
    expect(await link.submit(sms('hello'))).to.include({ ok: true })
    expect(await gateway.say('13800138000', '1', '在吗')).to.deep.equal([0])
    await close()
  })

  it('GBK and wrongly marked GBK are read', async () => {
    const { gateway, events, close } = await rig()
    const content = Buffer.from('d2aacdb6cbdf', 'hex')
    for (const [index, msgFmt] of [15, 0].entries())
      await gateway.deliver({
        msgId: `000000000000000${index}`,
        from: '13800138000',
        to: '1',
        msgFmt,
        content,
      })
    expect(events.messages.map(({ text }) => text)).to.deep.equal(['要投诉', '要投诉'])
    await close()
  })
})
