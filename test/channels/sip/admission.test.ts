import { expect } from 'chai'
import { answering, closeAll, engine, policy, RawUa, SDP, signed } from './ladder.ts'
import { VirtualClock } from './virtual-clock.ts'

const strangers = policy({ peerByAddress: () => undefined })

describe('sip: who comes in', () => {
  afterEach(closeAll)

  it('a stranger is asked for a password; an extension that has it gets through', async () => {
    const yilu = await engine({ policy: strangers })
    const calls = answering(yilu)
    const ua = await RawUa.open(yilu)
    ua.send(ua.request('INVITE', 1, { body: SDP }))
    const challenge = await ua.next('401')
    expect(challenge.all('WWW-Authenticate').join())
      .to.match(/algorithm=MD5/)
      .and.not.match(/SHA/)
    ua.send(ua.request('ACK', 1, { to: challenge.tag('To') }))
    expect(yilu.stats().transactions).to.equal(0)
    ua.send(signed(ua.request('INVITE', 2, { body: SDP }), challenge, '801', 'secret'))
    await ua.next('200 INVITE')
    expect(calls[0]!.peer).to.deep.equal({ kind: 'extension', id: '801' })
  })

  it('where SHA-256 is offered too it comes first, and is used', async () => {
    const yilu = await engine({ policy: strangers, challengeWith: ['SHA-256', 'MD5'] })
    const calls = answering(yilu)
    const ua = await RawUa.open(yilu)
    ua.send(ua.request('INVITE', 1, { body: SDP }))
    const challenge = await ua.next('401')
    expect(challenge.all('WWW-Authenticate')).to.have.length(2)
    expect(challenge.header('WWW-Authenticate')).to.contain('SHA-256')
    const again = signed(ua.request('INVITE', 2, { body: SDP }), challenge, '801', 'secret')
    expect(again.toString()).to.contain('algorithm=SHA-256')
    ua.send(again)
    await ua.next('200 INVITE')
    expect(calls).to.have.length(1)
  })

  it('a wrong password is 403; after ten the address hears nothing for a minute', async () => {
    const clock = new VirtualClock()
    const yilu = await engine({ policy: strangers, clock })
    const ua = await RawUa.open(yilu)
    ua.send(ua.request('INVITE', 1, { body: SDP }))
    const challenge = await ua.next('401')
    for (let seq = 2; seq <= 11; seq++) {
      const userName = seq % 2 ? '801' : 'nobody'
      ua.send(signed(ua.request('INVITE', seq, { body: SDP }), challenge, userName, 'guess'))
      await ua.next('403')
    }
    ua.send(ua.request('INVITE', 12, { body: SDP }))
    await ua.flush()
    expect(ua.count('401')).to.equal(1)
    clock.advance(61_000)
    ua.send(ua.request('INVITE', 13, { body: SDP }))
    await ua.next('401')
  })

  it('a scanner that never answers a challenge is left alone and costs nothing', async () => {
    const yilu = await engine({ policy: strangers })
    const ua = await RawUa.open(yilu)
    for (let seq = 1; seq <= 400; seq++) {
      ua.send(ua.request('INVITE', seq, { user: String(1000 + seq), body: SDP }))
      if (seq % 50 === 0) await ua.flush()
    }
    await ua.flush()
    expect(ua.count('401')).to.equal(300)
    expect(yilu.stats()).to.include({ transactions: 0, calls: 0 })
  })

  it('a trunk is known by its address and asked nothing', async () => {
    const yilu = await engine()
    const calls = answering(yilu)
    const ua = await RawUa.open(yilu)
    ua.send(ua.request('INVITE', 1, { body: SDP }))
    await ua.next('200')
    expect(calls[0]!.peer).to.deep.equal({ kind: 'trunk', id: 'trunk' })
    expect(calls[0]!.source).to.deep.equal({ host: '127.0.0.1', port: ua.port, transport: 'udp' })
  })

  it('full: 503 with Retry-After, nothing is remembered', async () => {
    const full = policy({ admit: () => ({ ok: false, retryAfterSeconds: 7 }) })
    const yilu = await engine({ policy: full })
    answering(yilu)
    const ua = await RawUa.open(yilu)
    ua.send(ua.request('INVITE', 1, { body: SDP }))
    expect((await ua.next('503')).header('Retry-After')).to.equal('7')
    expect(yilu.stats().transactions).to.equal(0)
  })

  it('nobody takes calls yet: 503', async () => {
    const ua = await RawUa.open(await engine())
    ua.send(ua.request('INVITE', 1, { body: SDP }))
    await ua.next('503')
  })

  it('refusals say what they are told to say', async () => {
    const yilu = await engine()
    const ua = await RawUa.open(yilu)
    yilu.onCall = (call) =>
      call.local.number === '1'
        ? call.refuse(302, { contact: 'sip:2@127.0.0.1', reason: 'Gone there' })
        : call.refuse(503, { retryAfterSeconds: 30 })
    ua.send(ua.request('INVITE', 1, { user: '1', body: SDP }))
    const moved = await ua.next('302')
    expect(moved.line).to.equal('SIP/2.0 302 Gone there')
    expect(moved.header('Contact')).to.equal('<sip:2@127.0.0.1>')
    ua.send(ua.request('INVITE', 2, { user: '2', body: SDP }))
    expect((await ua.next('503')).header('Retry-After')).to.equal('30')
  })

  it('a handler that throws costs its own call and no more', async () => {
    const logged: string[] = []
    const yilu = await engine({ log: (event) => logged.push(event) })
    yilu.onCall = () => {
      throw new Error('bug')
    }
    const ua = await RawUa.open(yilu)
    ua.send(ua.request('INVITE', 1, { body: SDP }))
    await ua.flush()
    expect(logged).to.deep.equal(['call handler failed'])
  })
})
