import { expect } from 'chai'
import { TokenRefused, backoffMs } from '../../../../channels/webchat/widget/connection.ts'
import { online, ready, tokenOf, visitor } from './visitor.ts'

describe('web chat widget: the wire', () => {
  it('backs off exponentially to 30 s, half of it by chance', () => {
    expect([0, 1, 2, 3].map((attempt) => backoffMs(attempt, 1))).to.deep.equal([
      500, 1000, 2000, 4000,
    ])
    expect(backoffMs(3, 0)).to.equal(2000)
    expect(backoffMs(500, 1)).to.equal(30_000)
  })

  it('a server that hangs up right after `ready` is not hammered', async () => {
    const guest = visitor()
    guest.chat.start()
    const dialledAtMs: number[] = []
    for (let attempt = 0; attempt < 5; attempt++) {
      const server = await guest.server()
      dialledAtMs.push(guest.clock.nowMs)
      server.accept()
      server.say(ready())
      server.hangUp()
      while ((await guest.server()) === server) await guest.clock.pass(25)
    }
    const gaps = dialledAtMs.slice(1).map((atMs, index) => atMs - dialledAtMs[index]!)
    expect(gaps).to.deep.equal([...gaps].sort((a, b) => a - b))
    expect(gaps.at(-1)).to.be.at.least(3000)
  })

  it('after a stable connection the first retry is quick again', async () => {
    const guest = visitor()
    const server = await online(guest)
    for (let round = 0; round < 3; round++) {
      const held = await guest.server()
      await guest.clock.pass(6000)
      held.hangUp()
      await guest.clock.pass(600)
      const next = await guest.server()
      expect(next).not.to.equal(held)
      next.accept()
      next.say(ready())
    }
    expect(server.all('hello')).to.have.length(1)
  })

  it('a wire that is silently dead is noticed by the missing pong', async () => {
    const guest = visitor()
    const server = await online(guest)
    await guest.clock.pass(26_000)
    expect(server.all('ping')).to.have.length(1)
    server.say({ t: 'pong' })
    await guest.clock.pass(26_000)
    expect(server.all('ping')).to.have.length(2)
    expect(server.closed).to.equal(false)
    await guest.clock.pass(10_000)
    expect(server.closed).to.equal(true)
    expect(await guest.server()).not.to.equal(server)
  })

  it('the network is back: no waiting for the back-off', async () => {
    const guest = visitor()
    const server = await online(guest)
    server.hangUp()
    expect(guest.chat.state.link).to.equal('offline')
    guest.chat.wake()
    expect(guest.chat.state.link).to.equal('connecting')
    expect(await guest.server()).not.to.equal(server)
  })

  it('a refused account is told in words and asked again a minute later, not sooner', async () => {
    const guest = visitor()
    const error = { code: 'ACCOUNT_DISABLED', zh: '已停用', en: 'disabled' } as const
    guest.tokenDoor.answer = () => Promise.reject(new TokenRefused(error))
    guest.chat.start()
    await guest.clock.pass(5000)
    expect(guest.chat.state.notice?.error).to.deep.equal(error)
    await guest.clock.pass(50_000)
    expect(guest.staleTokens).to.have.length(1)
    await guest.clock.pass(10_000)
    expect(guest.staleTokens).to.have.length(2)
  })

  it('the account is switched off while the token runs out: the old socket is given up', async () => {
    const guest = visitor()
    const server = await online(guest)
    const error = { code: 'ACCOUNT_DISABLED', zh: '已停用', en: 'disabled' } as const
    guest.tokenDoor.answer = () => Promise.reject(new TokenRefused(error))
    server.say({ t: 'expired', error: { code: 'BAD_TOKEN', zh: '过期', en: 'expired' } })
    await guest.clock.pass(0)
    expect(server.closed).to.equal(true)
    expect(guest.chat.state.link).to.equal('offline')
  })

  it('the wire breaks while a new token is fetched: the late answer opens no second socket', async () => {
    const guest = visitor()
    const server = await online(guest)
    const answers: (() => void)[] = []
    guest.tokenDoor.answer = () =>
      new Promise((resolve) => answers.push(() => resolve(tokenOf('late'))))
    server.say({ t: 'expired', error: { code: 'BAD_TOKEN', zh: '过期', en: 'expired' } })
    server.hangUp()
    await guest.clock.pass(2000)
    expect(answers).to.have.length(2)
    for (const answer of answers) answer()
    await guest.clock.pass(0)
    expect(guest.sockets).to.have.length(2)
  })

  it('what comes late from an abandoned socket is not heard', async () => {
    const guest = visitor()
    const first = await online(guest)
    first.hangUp()
    await guest.clock.pass(2000)
    const second = await guest.server()
    second.accept()
    second.say(ready())
    first.say({ t: 'status', status: { state: 'closed' } })
    first.hangUp()
    expect(guest.chat.state).to.include({ link: 'online' })
    expect(guest.chat.state.status.state).to.equal('bot')
  })

  it('text that is no frame is passed over', async () => {
    const guest = visitor()
    const server = await online(guest)
    server.say(null as never, 'x' as never, { t: 'status', status: { state: 'agent' } })
    expect(guest.chat.state.status.state).to.equal('agent')
  })
})
