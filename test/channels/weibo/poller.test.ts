import { expect } from 'chai'
import type { Envelope } from '../../../channels/channel.ts'
import type { AccountState } from '../../../channels/provider.ts'
import { weiboSettings } from '../../../channels/weibo/account.ts'
import { Poller } from '../../../channels/weibo/poller.ts'
import { WeiboApi } from '../../../channels/weibo/weibo-api.ts'
import { WeiboSimulator } from '../../simulators/weibo.ts'

const STATUS = '4999999999999999999'

/** What is remembered of one account, by several nodes. */
class Memory implements AccountState {
  private readonly values = new Map<string, unknown>()
  private last: Promise<unknown> = Promise.resolve()

  async get<T>(accountId: string, key: string): Promise<T | undefined> {
    return this.values.get(`${accountId}|${key}`) as T | undefined
  }
  async set(accountId: string, key: string, value: unknown): Promise<void> {
    this.values.set(`${accountId}|${key}`, value)
  }
  getSecret(accountId: string, key: string): Promise<string | undefined> {
    return this.get(accountId, key)
  }
  setSecret(accountId: string, key: string, value: string): Promise<void> {
    return this.set(accountId, key, value)
  }
  exclusively<T>(_accountId: string, _key: string, _leaseMs: number, work: () => Promise<T>) {
    const result = this.last.then(work)
    this.last = result.catch(() => undefined)
    return result
  }
}

describe('comments and mentions, read from where the reading stopped', () => {
  let weibo: WeiboSimulator
  let state: Memory
  let nowMs: number
  let received: Envelope[]
  let poll: () => Promise<number>
  /** receive fails so often */
  let failing: number

  beforeEach(async () => {
    weibo = new WeiboSimulator()
    state = new Memory()
    nowMs = Date.UTC(2100, 0, 1)
    received = []
    failing = 0
    const settings = weiboSettings.parse({
      ...weibo.settings(await weibo.listen()),
      pollSeconds: 60,
    })
    const account = { ...{ id: 'w', kind: 'weibo', name: 'w', lang: 'zh-CN' }, settings }
    const poller = new Poller({
      state,
      heard: () => undefined,
      now: () => nowMs,
      receive: async (envelope) => {
        if (failing > 0 && failing-- === 1) throw new Error('the store is away')
        const known = received.some(({ dedupeKey }) => dedupeKey === envelope.dedupeKey)
        if (!known) received.push(envelope)
        return known ? 'duplicate' : 'new'
      },
    })
    poll = () => {
      nowMs += 60_000
      return poller.poll(account, new WeiboApi(settings))
    }
  })
  afterEach(() => weibo.close())

  const comment = (uid: string, text = '你好') =>
    weibo.comment({ uid, name: `游客${uid}`, text, statusId: STATUS })
  const people = () => received.map(({ identity }) => identity.value)

  it('what was said before the account began is left alone', async () => {
    comment('6000000001')
    expect(await poll()).to.equal(0)
    comment('6000000002')
    expect(await poll()).to.equal(1)
    expect(people()).to.deep.equal(['6000000002'])
    expect(await poll()).to.equal(0)
  })

  it('an account nobody ever wrote to takes its first comment', async () => {
    await poll()
    comment('6000000001')
    expect(await poll()).to.equal(1)
  })

  it('more than a page is read to its end, in the order it was written; our own words are not', async () => {
    await poll()
    const all = Array.from({ length: 130 }, (_, at) => String(6_000_000_000 + at))
    for (const uid of all) comment(uid)
    comment(weibo.uid, '谢谢关注')
    expect(await poll()).to.equal(130)
    expect(people()).to.deep.equal(all)
    expect(received[0]).to.deep.include({
      ...{ threadKey: `comment:${STATUS}:6000000000`, displayName: '游客6000000000' },
      parts: [{ type: 'text', text: '你好' }],
    })
  })

  it('Weibo fails in the middle of the list: nothing is skipped', async () => {
    await poll()
    for (let at = 0; at < 70; at++) comment(String(6_000_000_000 + at))
    // the second page
    weibo.failures = [{ words: '/2/comments/to_me.json page=2', how: 10001 }]
    expect(await poll()).to.equal(0)
    expect(await poll()).to.equal(70)
  })

  it('the store fails in the middle: the rest comes with the next turn, and nothing twice', async () => {
    await poll()
    for (let at = 0; at < 10; at++) comment(String(6_000_000_000 + at))
    failing = 5
    await poll().then(
      () => expect.fail('it went on'),
      (error: Error) => expect(error.message).to.equal('the store is away'),
    )
    expect(received).to.have.length(4)
    expect(await poll()).to.equal(6)
    expect(new Set(people()).size).to.equal(10)
  })

  it('another node that has just read leaves nothing to do', async () => {
    await poll()
    comment('6000000001')
    expect(await poll()).to.equal(1)
    comment('6000000002')
    nowMs -= 59_000
    const calls = weibo.calls.length
    expect(await poll()).to.equal(0)
    expect(weibo.calls).to.have.length(calls)
  })
})
