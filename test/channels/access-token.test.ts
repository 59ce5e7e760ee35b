import { expect } from 'chai'
import { AccessToken } from '../../channels/access-token.ts'
import type { AccessTokenOptions, FetchedToken } from '../../channels/access-token.ts'

/** What two nodes share: one store, one lease. */
function sharedState(): AccessTokenOptions['state'] {
  const kept = new Map<string, string>()
  let lane: Promise<unknown> = Promise.resolve()
  return {
    getSecret: async (accountId, key) => kept.get(`${accountId}|${key}`),
    setSecret: async (accountId, key, value) => void kept.set(`${accountId}|${key}`, value),
    exclusively: (_accountId, _key, _leaseMs, work) => {
      const result = lane.then(work)
      lane = result.catch(() => undefined)
      return result
    },
  }
}

describe('the access token of an account', () => {
  let nowMs: number
  let fetched: boolean[]
  let state: AccessTokenOptions['state']
  const node = (
    fetch: (refused: boolean) => Promise<FetchedToken> = async (refused) => ({
      token: `token ${fetched.push(refused)}`,
      expiresInMs: 7_200_000,
    }),
    credentials = ['app', 'secret'],
  ) => new AccessToken({ accountId: 'a', credentials, fetch, state, now: () => nowMs })

  beforeEach(() => {
    nowMs = 1_000_000
    fetched = []
    state = sharedState()
  })

  it('is fetched once, however many ask at once, on however many nodes', async () => {
    const nodes = [node(), node(), node()]
    const tokens = await Promise.all(nodes.flatMap((each) => [each.get(), each.get()]))
    expect(new Set(tokens)).to.deep.equal(new Set(['token 1']))
    expect(fetched).to.deep.equal([false])
  })

  it('is renewed before it ends', async () => {
    const one = node()
    await one.get()
    nowMs += 7_200_000 - 6 * 60_000
    expect(await one.get()).to.equal('token 1')
    nowMs += 2 * 60_000
    expect(await one.get()).to.equal('token 2')
  })

  it('refused on two nodes at once is fetched anew once', async () => {
    const [one, two] = [node(), node()]
    const old = await one.get()
    expect(await two.get()).to.equal(old)
    const tokens = await Promise.all([one.renewed(old), two.renewed(old), one.renewed(old)])
    expect(new Set(tokens)).to.deep.equal(new Set(['token 2']))
    expect(fetched).to.deep.equal([false, true])
  })

  it('of other credentials is not used', async () => {
    await node().get()
    expect(await node(undefined, ['app', 'new secret']).get()).to.equal('token 2')
  })

  it('that could not be fetched is asked for again by the next one', async () => {
    let refuse = true
    const one = node(async () => {
      if (refuse) throw new Error('40125')
      return { token: 'good', expiresInMs: 7_200_000 }
    })
    const error = await one.get().catch((thrown: unknown) => thrown)
    expect(error).to.be.an('error')
    refuse = false
    expect(await one.get()).to.equal('good')
  })
})
