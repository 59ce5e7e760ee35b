import { expect } from 'chai'
import {
  answering,
  closeAll,
  dial,
  engine,
  RawUa,
  SDP,
  theirRequest,
  told,
  HASTY,
} from './ladder.ts'

const EARLY = SDP.replace('40000', '40004')

describe('sip: calls of ours', () => {
  afterEach(closeAll)

  it('two phones answer: the first has the call, the other gets ACK and BYE', async () => {
    const yilu = await engine()
    const ua = await RawUa.open(yilu)
    const { call } = dial(yilu, ua)
    let answers = 0
    call.onAnswered = () => answers++
    const invite = await ua.next('INVITE')
    ua.answer(invite, 180, { tag: 'one' })
    ua.answer(invite, 180, { tag: 'two' })
    ua.answer(invite, 200, { tag: 'two', body: SDP })
    ua.answer(invite, 200, { tag: 'one', body: SDP })
    expect((await ua.next('ACK')).tag('To')).to.equal('two')
    expect((await ua.next('ACK')).tag('To')).to.equal('one')
    const bye = await ua.next('BYE')
    expect(bye.tag('To')).to.equal('one')
    ua.answer(bye, 200)
    // a repeated 200 of either is acknowledged again, and ends nothing
    ua.answer(invite, 200, { tag: 'two', body: SDP })
    expect((await ua.next('ACK')).tag('To')).to.equal('two')
    expect(answers).to.equal(1)
    expect(call.state).to.equal('answered')
  })

  it('answered in the moment we give up: ACK and BYE', async () => {
    const yilu = await engine()
    const ua = await RawUa.open(yilu)
    const { call, end } = dial(yilu, ua)
    const ringing = told<number>()
    call.onProgress = ringing.tell
    const invite = await ua.next('INVITE')
    ua.answer(invite, 180)
    await ringing.promise
    call.hangUp()
    const cancel = await ua.next('CANCEL')
    ua.answer(invite, 200, { body: SDP })
    ua.answer(cancel, 200)
    await ua.next('ACK')
    ua.answer(await ua.next('BYE'), 200)
    expect(await end).to.include({ by: 'us', status: 487 })
  })

  it('given up before anything came back: CANCEL waits for the first answer', async () => {
    const yilu = await engine()
    const ua = await RawUa.open(yilu)
    const { call, end } = dial(yilu, ua)
    const invite = await ua.next('INVITE')
    call.hangUp()
    await end
    await ua.flush()
    expect(ua.count('CANCEL')).to.equal(0)
    ua.answer(invite, 100)
    ua.answer(await ua.next('CANCEL'), 200)
    ua.answer(invite, 487)
    await ua.next('ACK')
  })

  it('it rings for as long as asked, then CANCEL and noAnswer', async () => {
    const yilu = await engine()
    const ua = await RawUa.open(yilu)
    const { end } = dial(yilu, ua, { ringMs: 50 })
    const invite = await ua.next('INVITE')
    ua.answer(invite, 180)
    ua.answer(await ua.next('CANCEL'), 200)
    ua.answer(invite, 487)
    expect(await end).to.include({ by: 'us', status: 487, outcome: 'noAnswer' })
  })

  it('early media, then the answer', async () => {
    const yilu = await engine()
    const ua = await RawUa.open(yilu)
    const { call } = dial(yilu, ua)
    const progress: unknown[] = []
    const answered = told<string | undefined>()
    call.onProgress = (status, sdp) => progress.push([status, sdp])
    call.onAnswered = answered.tell
    const invite = await ua.next('INVITE')
    ua.answer(invite, 100)
    ua.answer(invite, 183, { body: EARLY })
    ua.answer(invite, 180)
    ua.answer(invite, 200, { body: SDP })
    expect(await answered.promise).to.equal(SDP)
    expect(progress).to.deep.equal([
      [183, EARLY],
      [180, undefined],
    ])
  })

  it('reliable early media: PRACK once for each, repetitions are not told twice', async () => {
    const yilu = await engine()
    const ua = await RawUa.open(yilu)
    const { call } = dial(yilu, ua)
    const progress: unknown[] = []
    const answered = told<string | undefined>()
    call.onProgress = (status, sdp) => progress.push([status, sdp])
    call.onAnswered = answered.tell
    const invite = await ua.next('INVITE')
    expect(invite.header('Supported')).to.contain('100rel')
    const reliable = (n: number): string[] => ['Require: 100rel', `RSeq: ${n}`]
    ua.answer(invite, 183, { body: EARLY, extra: reliable(7) })
    ua.answer(invite, 183, { body: EARLY, extra: reliable(7) })
    const prack = await ua.next('PRACK')
    expect(prack.header('RAck')).to.equal(`7 ${invite.seq} INVITE`)
    ua.answer(prack, 200)
    ua.answer(invite, 180, { extra: reliable(9) }) // a gap: 8 was lost
    ua.answer(invite, 180, { extra: reliable(8) })
    ua.answer(await ua.next('PRACK'), 200)
    ua.answer(invite, 200) // the description came before
    expect(await answered.promise).to.equal(undefined)
    expect(progress).to.deep.equal([
      [183, EARLY],
      [180, undefined],
    ])
    expect(ua.count('PRACK')).to.equal(2)
  })

  it('they change early media by UPDATE before they answer', async () => {
    const yilu = await engine()
    const ua = await RawUa.open(yilu)
    const { call } = dial(yilu, ua)
    const offer = told<string | undefined>()
    call.onOffer = async (sdp) => (offer.tell(sdp), SDP)
    const invite = await ua.next('INVITE')
    ua.answer(invite, 183, { body: EARLY, extra: ['Require: 100rel', 'RSeq: 1'] })
    ua.answer(await ua.next('PRACK'), 200)
    ua.send(theirRequest(ua, invite, 'UPDATE', 1, EARLY), invite.fromPort)
    expect((await ua.next('200 UPDATE')).body).to.equal(SDP)
    expect(await offer.promise).to.equal(EARLY)
  })

  it('UPDATE while our first offer is unanswered is 491', async () => {
    const yilu = await engine()
    const ua = await RawUa.open(yilu)
    dial(yilu, ua)
    const invite = await ua.next('INVITE')
    ua.answer(invite, 180)
    ua.send(theirRequest(ua, invite, 'UPDATE', 1, EARLY), invite.fromPort)
    await ua.next('491 UPDATE')
  })

  it('redirected: the best address first, then the next', async () => {
    const yilu = await engine()
    const ua = await RawUa.open(yilu)
    const bad = await RawUa.open(yilu)
    const good = await RawUa.open(yilu)
    const { call } = dial(yilu, ua)
    const answered = told<void>()
    call.onAnswered = () => answered.tell()
    const invite = await ua.next('INVITE')
    const contact = `<sip:x@127.0.0.1:${good.port}>;q=0.3, <sip:x@127.0.0.1:${bad.port}>;q=0.7`
    ua.answer(invite, 302, { contact })
    await ua.next('ACK')
    const second = await bad.next('INVITE')
    expect(second.line).to.equal(`INVITE sip:x@127.0.0.1:${bad.port} SIP/2.0`)
    expect(second.header('Call-ID')).to.equal(invite.header('Call-ID'))
    bad.answer(second, 503)
    const third = await good.next('INVITE')
    expect(third.seq).to.be.above(second.seq)
    good.answer(third, 200, { body: SDP })
    await answered.promise
  })

  it('two servers that send us to each other', async () => {
    const yilu = await engine()
    const ua = await RawUa.open(yilu)
    let n = 0
    ua.onHeard = (heard) => {
      if (heard.what !== 'INVITE') return
      ua.answer(heard, 302, { contact: `<sip:x${n++}@127.0.0.1:${ua.port}>` })
    }
    const { end } = dial(yilu, ua)
    expect(await end).to.include({ by: 'them', status: 302, outcome: 'failed' })
    expect(ua.count('INVITE')).to.equal(8)
  })

  for (const [status, header, algorithm] of [
    [401, 'WWW-Authenticate', 'SHA-256'],
    [407, 'Proxy-Authenticate', 'MD5'],
  ] as const)
    it(`asked for a password by ${status}: the INVITE comes again, signed with ${algorithm}`, async () => {
      const yilu = await engine()
      const ua = await RawUa.open(yilu)
      const { call } = dial(yilu, ua, { credentials: { userName: 'u', password: 'p' } })
      const answered = told<void>()
      call.onAnswered = () => answered.tell()
      const invite = await ua.next('INVITE')
      const challenge = `${header}: Digest realm="r", nonce="n1", qop="auth", algorithm=${algorithm}`
      ua.answer(invite, status, { extra: [challenge] })
      await ua.next('ACK')
      const signed = await ua.next('INVITE')
      const name = status === 401 ? 'Authorization' : 'Proxy-Authorization'
      expect(signed.header(name)).to.contain('username="u"').and.contain('nc=00000001')
      expect(signed.seq).to.equal(invite.seq + 1)
      ua.answer(signed, 200, { body: SDP })
      // RFC 3261 §22.1
      expect((await ua.next('ACK')).header(name)).to.equal(signed.header(name))
      await answered.promise
      call.hangUp()
      const bye = await ua.next('BYE')
      expect(bye.header(name)).to.contain('nc=00000002')
      ua.answer(bye, 200)
    })

  it('a wrong password is asked about once and told', async () => {
    const yilu = await engine()
    const ua = await RawUa.open(yilu)
    const { end } = dial(yilu, ua, { credentials: { userName: 'u', password: 'p' } })
    const extra = ['WWW-Authenticate: Digest realm="r", nonce="n1", qop="auth"']
    ua.answer(await ua.next('INVITE'), 401, { extra })
    ua.answer(await ua.next('INVITE'), 401, { extra })
    expect(await end).to.include({ by: 'them', status: 401, outcome: 'failed' })
  })

  for (const [status, reason, outcome] of [
    [486, '', 'busy'],
    [600, '', 'busy'],
    [480, '', 'unavailable'],
    [480, 'Q.850;cause=19;text="No answer"', 'noAnswer'],
    [503, 'Q.850;cause=17', 'busy'],
    [404, '', 'unknownNumber'],
    [484, '', 'unknownNumber'],
    [603, '', 'declined'],
    [500, '', 'failed'],
    [500, 'Q.850;cause=1;text="Unallocated number"', 'unknownNumber'],
  ] as const)
    it(`${status} ${reason || 'alone'} means ${outcome}`, async () => {
      const yilu = await engine()
      const ua = await RawUa.open(yilu)
      const { end } = dial(yilu, ua)
      const extra = reason ? [`Reason: ${reason}`] : []
      ua.answer(await ua.next('INVITE'), status, { extra })
      await ua.next('ACK')
      expect(await end).to.include({ by: 'them', status, outcome })
    })

  it('nobody there', async () => {
    const yilu = await engine({ timers: HASTY })
    const ua = await RawUa.open(yilu)
    const { end } = dial(yilu, ua)
    expect(await end).to.include({ by: 'fault', status: 408, outcome: 'failed' })
    expect(ua.count('INVITE')).to.be.above(3)
    expect(yilu.stats()).to.include({ calls: 0 })
  })

  it('a number that cannot be called is said at once', async () => {
    const yilu = await engine()
    const ua = await RawUa.open(yilu)
    expect(() => dial(yilu, ua, { uri: 'not a uri' })).to.throw(/^BAD_NUMBER/)
    expect(yilu.stats().calls).to.equal(0)
  })

  it('the first two INVITEs and the first BYE are lost on the way', async () => {
    const yilu = await engine()
    const ua = await RawUa.open(yilu)
    let lost = 0
    ua.onHeard = (heard) => {
      if (heard.what === 'INVITE' && ++lost > 2) ua.answer(heard, 200, { body: SDP })
      if (heard.what === 'BYE' && ++lost > 4) ua.answer(heard, 200)
    }
    const { call } = dial(yilu, ua)
    const answered = told<void>()
    call.onAnswered = () => answered.tell()
    await answered.promise
    lost = 3
    call.hangUp()
    await ua.next('BYE')
    await ua.next('BYE')
    expect(ua.count('INVITE')).to.be.at.least(3)
  })

  it('along a route: Record-Route is followed back in order, loosely', async () => {
    const yilu = await engine()
    const ua = await RawUa.open(yilu)
    const proxy = await RawUa.open(yilu)
    const { call } = dial(yilu, ua)
    const invite = await ua.next('INVITE')
    const routes = [`<sip:far.test;lr>`, `<sip:127.0.0.1:${proxy.port};lr>`]
    ua.answer(invite, 200, { body: SDP, extra: routes.map((r) => `Record-Route: ${r}`) })
    const ack = await proxy.next('ACK')
    expect(ack.line).to.equal(`ACK sip:b@127.0.0.1:${ua.port} SIP/2.0`)
    expect(ack.all('Route')).to.deep.equal([routes[1], routes[0]])
    call.hangUp()
    const bye = await proxy.next('BYE')
    expect(bye.all('Route')).to.deep.equal([routes[1], routes[0]])
    proxy.answer(bye, 200)
  })

  it('along a strict route: the router in the request line, the target last', async () => {
    const yilu = await engine()
    const ua = await RawUa.open(yilu)
    const proxy = await RawUa.open(yilu)
    const { call } = dial(yilu, ua)
    const invite = await ua.next('INVITE')
    const router = `sip:127.0.0.1:${proxy.port}`
    ua.answer(invite, 200, { body: SDP, extra: [`Record-Route: <${router}>`] })
    const ack = await proxy.next('ACK')
    expect(ack.line).to.equal(`ACK ${router} SIP/2.0`)
    expect(ack.all('Route')).to.deep.equal([`<sip:b@127.0.0.1:${ua.port}>`])
    call.hangUp()
    proxy.answer(await proxy.next('BYE'), 200)
  })

  it('ping', async () => {
    const yilu = await engine({ timers: HASTY })
    const other = await engine()
    const { host, port } = other.listening[0]!
    expect(await yilu.ping({ host, port, transport: 'udp' })).to.equal(200)
    const ua = await RawUa.open(yilu)
    expect(await yilu.ping({ host, port: ua.port, transport: 'udp' })).to.equal(408)
  })

  it('one of ours calls another of ours', async () => {
    const yilu = await engine()
    const other = await engine()
    const calls = answering(other)
    const { host, port } = other.listening[0]!
    const call = yilu.call({
      uri: `sip:801@${host}:${port}`,
      from: { number: '1' },
      to: { number: '801' },
      sdp: SDP,
    })
    const answered = told<string | undefined>()
    call.onAnswered = answered.tell
    expect(await answered.promise).to.equal(SDP)
    const ended = told<string>()
    call.onEnded = ({ by, reason }) => ended.tell(`${by} ${reason}`)
    calls[0]!.hangUp({ reason: '再见' })
    expect(await ended.promise).to.equal('them 再见')
  })

  it('going down: calls end, new ones are refused', async () => {
    const yilu = await engine()
    const ua = await RawUa.open(yilu)
    const { call, end } = dial(yilu, ua)
    const answered = told<void>()
    call.onAnswered = () => answered.tell()
    ua.answer(await ua.next('INVITE'), 200, { body: SDP })
    await answered.promise
    const stopped = yilu.stop()
    const bye = await ua.next('BYE')
    ua.send(ua.request('INVITE', 1, { body: SDP }))
    expect((await ua.next('503')).header('Retry-After')).to.equal('10')
    ua.answer(bye, 200)
    await stopped
    expect(await end).to.include({ by: 'us' })
  })
})
