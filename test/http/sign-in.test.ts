import { expect } from 'chai'
import { RawSocket } from '../gateway/raw-socket.ts'
import { expectHealthy, expectRefused } from '../gateway/refusals.ts'
import { SimulatedAgent } from '../harness/agent.ts'
import type { RunningProduct } from '../harness/product.ts'
import { runProduct } from '../harness/product.ts'

describe('signing in', function () {
  this.timeout(60_000)
  let product: RunningProduct
  let admin: SimulatedAgent

  before(async () => {
    // every sign-in below comes from an address of its own, as behind a proxy
    product = await runProduct({ YILU_TRUST_PROXY: '1' })
    admin = await new SimulatedAgent(product.url).signIn('admin', product.password('admin'))
  })
  after(() => product.stop())

  let addresses = 0
  const from = () => ({ 'x-forwarded-for': `10.0.0.${++addresses}` })
  const call = (method: string, path: string, cookie = '', body?: object) =>
    fetch(`${product.url}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', cookie, ...from() },
      ...(body && { body: JSON.stringify(body) }),
    })
  const signIn = async (userName: string, password: string) => {
    const response = await call('POST', '/session', '', { userName, password })
    expect(response.status).to.equal(200)
    return response.headers.getSetCookie()[0]!
  }
  const cookieOf = (setCookie: string) => setCookie.split(';')[0]!

  async function newcomer(userName: string): Promise<{ id: string; oneTimePassword: string }> {
    const body = { userName, displayName: userName, role: 'agent' }
    const response = await admin.rest('POST', '/staff', body)
    return (await response.json()) as { id: string; oneTimePassword: string }
  }

  it('gives a cookie no script can read and no other site can send', async () => {
    const [one, two] = await Promise.all([
      signIn('lin', product.password('lin')),
      signIn('lin', product.password('lin')),
    ])
    expect(one).to.match(/^yilu_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
    expect(cookieOf(one)).not.to.equal(cookieOf(two))
  })

  it('a cookie that was made up, cut short, or belongs to somebody signed out opens nothing', async () => {
    const cookie = cookieOf(await signIn('lin', product.password('lin')))
    const bad = [
      '',
      'yilu_session',
      'yilu_session=',
      'yilu_session=undefined',
      'yilu_session[$ne]=x',
      'yilu_session={"$ne":""}',
      `${cookie}x`,
      cookie.slice(0, -1),
      cookie.toUpperCase(),
      cookie.replace('yilu_session', 'session'),
    ]
    for (const each of bad) await expectRefused(call('GET', '/session', each), 'UNAUTHENTICATED')
    expect((await call('GET', '/session', cookie)).status).to.equal(200)
    expect((await call('DELETE', '/session', cookie)).status).to.equal(204)
    await expectRefused(call('GET', '/session', cookie), 'UNAUTHENTICATED')
    await expectRefused(call('GET', '/staff'), 'UNAUTHENTICATED')
  })

  it('with a one-time password it must be changed before anything else', async () => {
    const { oneTimePassword } = await newcomer('newcomer')
    const cookie = cookieOf(await signIn('newcomer', oneTimePassword))
    const doors = ['/tickets', '/contacts', '/conversations', '/canned-replies', '/desk-choices']
    for (const door of doors)
      await expectRefused(call('GET', door, cookie), 'PASSWORD_CHANGE_REQUIRED')
    const form = new FormData()
    form.append('file', new Blob(['text']), 'a.txt')
    const upload = { method: 'POST', headers: { cookie }, body: form }
    await expectRefused(fetch(`${product.url}/api/v1/uploads`, upload), 'PASSWORD_CHANGE_REQUIRED')
    const change = { current: oneTimePassword, next: 'a longer one' }
    expect((await call('POST', '/session/password', cookie, change)).status).to.equal(204)
    expect((await call('GET', '/tickets', cookie)).status).to.equal(200)
  })

  it('a console is closed when its own session ends, and only then', async () => {
    const { oneTimePassword } = await newcomer('two-browsers')
    const here = cookieOf(await signIn('two-browsers', oneTimePassword))
    const change = { current: oneTimePassword, next: 'a longer one' }
    await call('POST', '/session/password', here, change)
    const there = cookieOf(await signIn('two-browsers', change.next))
    const consoles = await Promise.all(
      [here, there].map((cookie) => new RawSocket(`${product.url}/desk/ws`, { cookie }).open()),
    )
    await Promise.all(consoles.map((each) => each.frame('welcome')))
    const again = { current: change.next, next: 'a third password' }
    expect((await call('POST', '/session/password', here, again)).status).to.equal(204)
    expect(await consoles[1]!.closed()).to.equal(4001)
    consoles[0]!.send({ id: 1, command: { do: 'ping' } })
    await consoles[0]!.frame('done')
    await call('DELETE', '/session', here)
    expect(await consoles[0]!.closed()).to.equal(4001)
  })

  it('a reset signs out every console at once', async () => {
    const { id, oneTimePassword } = await newcomer('reset')
    const agent = new SimulatedAgent(product.url)
    await agent.signIn('reset', oneTimePassword)
    await agent.connect()
    await admin.rest('POST', `/staff/${id}/password-reset`, {})
    await agent.until(() => agent.frames.some(({ t }) => t === 'signedOut'), 'signedOut')
    await agent.until(() => !agent.isOpen, 'the close')
    await expectRefused(call('GET', '/session', agent.cookie), 'UNAUTHENTICATED')
  })

  it('may be tried 30 times in a quarter of an hour from one address, right ones not counted', async () => {
    const guess = (password: string, address: string) =>
      fetch(`${product.url}/api/v1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
        body: JSON.stringify({ userName: 'admin', password }),
      })
    for (let i = 0; i < 3; i++)
      expect((await guess(`${product.password('admin')}-next`, '10.9.0.1')).status).to.equal(200)
    const guesses = await Promise.all(
      Array.from({ length: 40 }, (_, index) => guess(`guess ${index}`, '10.9.0.1')),
    )
    const codes = await Promise.all(
      guesses.map(async (each) => ((await each.json()) as { code: string }).code),
    )
    expect(codes.filter((code) => code === 'BAD_CREDENTIALS')).to.have.length(30)
    expect(codes.filter((code) => code === 'RATE_LIMITED')).to.have.length(10)
    // the right one is locked out from there, and nowhere else
    const right = `${product.password('admin')}-next`
    await expectRefused(guess(right, '10.9.0.1'), 'RATE_LIMITED')
    expect((await guess(right, '10.9.0.2')).status).to.equal(200)
    await expectHealthy(product)
  })
})
