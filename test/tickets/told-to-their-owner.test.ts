/** The sample hotline tells the progress of a ticket to whom it belongs, and to nobody who merely knows its number. */
import { expect } from 'chai'
import { SimulatedChat } from '../harness/chat.ts'
import type { RunningProduct } from '../harness/product.ts'
import { runProduct } from '../harness/product.ts'

describe('the progress of a ticket', function () {
  this.timeout(60_000)
  let product: RunningProduct
  before(async () => {
    product = await runProduct()
  })
  after(() => product?.stop())

  it('is told to the visitor who registered it; a stranger with its number is asked to prove theirs, and told nothing', async () => {
    const visitor = await new SimulatedChat(product.url, 'zh-CN').connect()
    await visitor.ask('投诉', /是投诉/)
    await visitor.ask('1', /发生了什么/)
    await visitor.ask('导游带我们进了三家购物店', /哪家单位/)
    await visitor.ask('长安假日旅行社', /哪一天/)
    await visitor.ask('昨天', /电话|号码/)
    await visitor.ask('13892001122', /对吗/)
    const told = await visitor.ask('对', /C\d{8}/)
    const serial = /C\d{8}-?\d{4}/.exec(told)![0]
    await visitor.ask('查进度', /流水号/)
    expect(await visitor.ask(serial, /分派|查到/)).to.match(/等待分派/)
    visitor.cut()

    const stranger = await new SimulatedChat(product.url, 'zh-CN').connect()
    await stranger.ask('查进度', /流水号/)
    await stranger.ask(serial, /保护您的隐私/)
    // no account for short messages: nothing can be proven, so nothing is told
    const answer = await stranger.ask('13892001122', /告诉您进度|分派/)
    expect(answer).to.match(/不能在这里告诉您进度/)
    stranger.cut()
  })
})
