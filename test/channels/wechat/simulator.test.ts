import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { decrypt, getSignature } from '@wecom/crypto'
import { expect } from 'chai'
import { WechatSimulator } from '../../simulators/wechat.ts'
import { TokenFamilies } from '../../simulators/wechat-tokens.ts'
import { Tourists } from '../../simulators/wechat-tourists.ts'

const MINUTE = 60_000

describe('the simulator of WeChat keeps the rules of the original', () => {
  let nowMs: number
  const now = () => nowMs
  beforeEach(() => {
    nowMs = 1_780_000_000_000
  })

  it('signs and encrypts as the public example does', () => {
    // developer.work.weixin.qq.com 90968, example 1: the library it uses agrees
    const cipher =
      'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ=='
    expect(getSignature('QDG6eK', '1409659589', '263014780', cipher)).to.equal(
      '5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3',
    )
    expect(decrypt('jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C', cipher)).to.include({
      ...{ message: '1616140317555161061', id: 'wx5823bf96d3bd56c7' },
    })
  })

  it('stable_token: the same until five minutes before its end, then both are good', () => {
    const tokens = new TokenFamilies(now)
    const first = tokens.giveStable(false)
    expect(first.access_token.length).to.be.greaterThan(100)
    nowMs += 7200_000 - 6 * MINUTE
    expect(tokens.giveStable(false)).to.deep.equal({ ...first, expires_in: 360 })
    nowMs += 2 * MINUTE
    const second = tokens.giveStable(false)
    expect(second.access_token).not.to.equal(first.access_token)
    expect(second.expires_in).to.equal(7200)
    expect(tokens.fault(first.access_token)).to.equal(undefined)
    nowMs += 5 * MINUTE
    expect(tokens.fault(first.access_token)).to.equal(42001)
    expect(tokens.fault('guessed')).to.equal(40001)
  })

  it('stable_token: forced at most every 30 seconds, and the old one dies at once', () => {
    const tokens = new TokenFamilies(now)
    const first = tokens.giveStable(false).access_token
    const second = tokens.giveStable(true).access_token
    expect(tokens.fault(first)).to.equal(40001)
    expect(tokens.giveStable(true).access_token).to.equal(second)
    nowMs += 30_000
    expect(tokens.giveStable(true).access_token).not.to.equal(second)
  })

  it('the classic token: a new one kills the one before after five minutes', () => {
    const tokens = new TokenFamilies(now)
    const first = tokens.giveClassic().access_token
    const stable = tokens.giveStable(false).access_token
    tokens.giveClassic()
    expect(tokens.fault(first)).to.equal(undefined)
    nowMs += 5 * MINUTE
    expect(tokens.fault(first)).to.equal(42001)
    expect(tokens.fault(stable)).to.equal(undefined)
  })

  it('five for a word, three for a tap, a follow or a scan', () => {
    const tourists = new Tourists(now)
    const taken = () => {
      let count = 0
      while (tourists.take('o') === undefined) count++
      return count
    }
    expect(tourists.take('o')).to.equal(45015)
    tourists.did('o', 'follow')
    expect(taken()).to.equal(3)
    expect(tourists.take('o')).to.equal(45047)
    tourists.did('o', 'message')
    tourists.did('o', 'menu')
    expect(taken()).to.equal(8)
    tourists.did('o', 'scan')
    nowMs += MINUTE
    // the word still stands, used up
    expect(tourists.take('o')).to.equal(45047)
    nowMs += 48 * 60 * MINUTE
    expect(tourists.take('o')).to.equal(45015)
  })

  it('typing: within 30 seconds of a word, for 15 seconds, not twice', () => {
    const tourists = new Tourists(now)
    expect(tourists.typing('o', 'Typing')).to.equal(45080)
    tourists.did('o', 'message')
    expect(tourists.typing('o', 'Typing')).to.equal(undefined)
    expect(tourists.typing('o', 'Typing')).to.equal(45081)
    nowMs += 15_000
    expect(tourists.typing('o', 'Typing')).to.equal(undefined)
    expect(tourists.typing('o', 'Type')).to.equal(45072)
    nowMs += 16_000
    expect(tourists.typing('o', 'Typing')).to.equal(45080)
  })

  it('tells three times, and gives up', async () => {
    let asked = 0
    const deaf = createServer(() => void asked++)
    deaf.listen(0, '127.0.0.1')
    await once(deaf, 'listening')
    const wechat = new WechatSimulator({ callbackTimeoutMs: 500 })
    wechat.callback = `http://127.0.0.1:${(deaf.address() as AddressInfo).port}/`
    expect(await wechat.says('o', 'x')).to.deep.equal({ statuses: [0, 0, 0], taken: false })
    expect([asked, wechat.retries, wechat.gaveUp]).to.deep.equal([3, 2, 1])
    deaf.closeAllConnections()
    deaf.close()
  })
})
