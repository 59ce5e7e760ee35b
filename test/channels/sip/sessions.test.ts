import { expect } from 'chai'
import {
  answeredBy,
  answering,
  closeAll,
  engine,
  established,
  RawUa,
  SDP,
  theirRequest,
  told,
} from './ladder.ts'
import { VirtualClock } from './virtual-clock.ts'

const HOLD = `${SDP}a=sendonly\r\n`
const HELD = `${SDP}a=recvonly\r\n`

describe('sip: changing a call', () => {
  afterEach(closeAll)

  it('they hold by re-INVITE and take back by UPDATE', async () => {
    const yilu = await engine()
    const calls = answering(yilu)
    const ua = await RawUa.open(yilu)
    const { to } = await established(ua)
    const offers: (string | undefined)[] = []
    calls[0]!.onOffer = async (sdp) => (offers.push(sdp), HELD)
    ua.send(ua.request('INVITE', 2, { to, body: HOLD }))
    const ok = await ua.next('200 INVITE')
    expect(ok.body).to.equal(HELD)
    ua.send(ua.request('ACK', 2, { to, branch: 'z9hG4bKack2' }))
    ua.send(ua.request('UPDATE', 3, { to, body: SDP }))
    expect((await ua.next('200 UPDATE')).body).to.equal(HELD)
    expect(offers).to.deep.equal([HOLD, SDP])
  })

  it('they ask us to propose within the call', async () => {
    const yilu = await engine()
    const calls = answering(yilu)
    const ua = await RawUa.open(yilu)
    const { to } = await established(ua)
    const answer = told<string>()
    calls[0]!.onOffer = async (sdp) => (expect(sdp).to.equal(undefined), SDP)
    calls[0]!.onAnswer = answer.tell
    ua.send(ua.request('INVITE', 2, { to }))
    expect((await ua.next('200 INVITE')).body).to.equal(SDP)
    ua.send(ua.request('ACK', 2, { to, branch: 'z9hG4bKack2', body: HELD }))
    expect(await answer.promise).to.equal(HELD)
  })

  it('an offer we cannot take is 488 and the call goes on', async () => {
    const yilu = await engine()
    const calls = answering(yilu)
    const ua = await RawUa.open(yilu)
    const { to } = await established(ua)
    calls[0]!.onOffer = () => Promise.reject(new Error('no codec'))
    ua.send(ua.request('INVITE', 2, { to, body: SDP }))
    await ua.next('488 INVITE')
    ua.send(ua.request('ACK', 2, { to }))
    ua.send(ua.request('INFO', 3, { to }))
    await ua.next('200 INFO')
    expect(calls[0]!.state).to.equal('answered')
  })

  it('a second offer while the first is thought about is 500 with Retry-After', async () => {
    const yilu = await engine()
    const calls = answering(yilu)
    const ua = await RawUa.open(yilu)
    const { to } = await established(ua)
    const go = told<string>()
    calls[0]!.onOffer = () => go.promise
    ua.send(ua.request('INVITE', 2, { to, body: SDP }))
    await ua.next('100 INVITE')
    ua.send(ua.request('UPDATE', 3, { to, body: SDP }))
    expect((await ua.next('500 UPDATE')).header('Retry-After')).to.match(/^\d+$/)
    go.tell(SDP)
    await ua.next('200 INVITE')
  })

  it('we hold: their answer comes back', async () => {
    const yilu = await engine()
    const ua = await RawUa.open(yilu)
    const { call } = await answeredBy(ua, yilu)
    const answer = call.reoffer(HOLD)
    const reinvite = await ua.next('INVITE')
    expect(reinvite.tag('To')).to.equal(ua.tag)
    expect(reinvite.body).to.equal(HOLD)
    ua.answer(reinvite, 200, { body: HELD })
    expect((await ua.next('ACK')).seq).to.equal(reinvite.seq)
    expect(await answer).to.equal(HELD)
    // the 200 is repeated: so is the ACK
    ua.answer(reinvite, 200, { body: HELD })
    expect((await ua.next('ACK')).seq).to.equal(reinvite.seq)
  })

  it('both ends ask at once: theirs gets 491, ours waits and comes again', async () => {
    const yilu = await engine()
    const ua = await RawUa.open(yilu)
    const { call, invite } = await answeredBy(ua, yilu)
    call.onOffer = async () => HELD
    const answer = call.reoffer(HOLD)
    const first = await ua.next('INVITE')
    const theirs = theirRequest(ua, invite, 'INVITE', 1, SDP)
    ua.send(theirs, invite.fromPort)
    await ua.next('491 INVITE')
    ua.answer(first, 491)
    await ua.next('ACK')
    const second = await ua.next('INVITE')
    expect(second.seq).to.be.above(first.seq)
    ua.answer(second, 200, { body: HELD })
    expect(await answer).to.equal(HELD)
  })

  it('a change refused leaves the call as it was', async () => {
    const yilu = await engine()
    const ua = await RawUa.open(yilu)
    const { call } = await answeredBy(ua, yilu)
    const answer = call.reoffer(HOLD).catch((e: Error) => e.message)
    ua.answer(await ua.next('INVITE'), 488)
    await ua.next('ACK')
    expect(await answer).to.match(/^SESSION_REFUSED/)
    expect(call.state).to.equal('answered')
  })

  it('a change answered with 481 ends the call', async () => {
    const yilu = await engine()
    const ua = await RawUa.open(yilu)
    const { call } = await answeredBy(ua, yilu)
    const ended = told<string>()
    call.onEnded = ({ by, status }) => ended.tell(`${by} ${status}`)
    call.reoffer(HOLD).catch(() => undefined)
    ua.answer(await ua.next('INVITE'), 481)
    expect(await ended.promise).to.equal('fault 481')
  })

  it('two changes of ours go one after the other', async () => {
    const yilu = await engine()
    const ua = await RawUa.open(yilu)
    const { call } = await answeredBy(ua, yilu)
    const both = Promise.all([call.reoffer(HOLD), call.reoffer(SDP)])
    const first = await ua.next('INVITE')
    expect(first.body).to.equal(HOLD)
    expect(ua.count('INVITE')).to.equal(2)
    ua.answer(first, 200, { body: HELD })
    const second = await ua.next('INVITE')
    expect(second.body).to.equal(SDP)
    ua.answer(second, 200, { body: SDP })
    expect(await both).to.deep.equal([HELD, SDP])
  })

  it('their Contact moves with a re-INVITE', async () => {
    const yilu = await engine()
    const calls = answering(yilu)
    const ua = await RawUa.open(yilu)
    const elsewhere = await RawUa.open(yilu)
    const { to } = await established(ua)
    const contact = `<sip:a@127.0.0.1:${elsewhere.port}>`
    ua.send(ua.request('UPDATE', 2, { to, contact }))
    await ua.next('200 UPDATE')
    calls[0]!.hangUp()
    const bye = await elsewhere.next('BYE')
    expect(bye.line).to.contain(`:${elsewhere.port} `)
    elsewhere.answer(bye, 200)
  })
})

describe('sip: session timers', () => {
  afterEach(closeAll)

  it('too short an interval is 422 with the least we bear', async () => {
    const yilu = await engine()
    answering(yilu)
    const ua = await RawUa.open(yilu)
    const extra = ['Supported: timer', 'Session-Expires: 30']
    ua.send(ua.request('INVITE', 1, { body: SDP, extra }))
    expect((await ua.next('422')).header('Min-SE')).to.equal('90')
  })

  it('they refresh: the call lives; they stop: it ends with BYE', async () => {
    const clock = new VirtualClock()
    const yilu = await engine({ clock })
    const calls = answering(yilu)
    const ua = await RawUa.open(yilu)
    const extra = ['Supported: timer', 'Session-Expires: 90;refresher=uac']
    const { ok, to } = await established(ua, { extra })
    expect(ok.header('Session-Expires')).to.equal('90;refresher=uac')
    expect(ok.header('Require')).to.contain('timer')
    await ua.flush()
    clock.advance(55_000)
    ua.send(ua.request('UPDATE', 2, { to, extra }))
    expect((await ua.next('200 UPDATE')).header('Session-Expires')).to.equal('90;refresher=uac')
    clock.advance(55_000)
    expect(calls[0]!.state).to.equal('answered')
    const ended = told<string>()
    calls[0]!.onEnded = ({ by, reason }) => ended.tell(`${by} ${reason}`)
    clock.advance(10_000)
    ua.answer(await ua.next('BYE'), 200)
    expect(await ended.promise).to.equal('fault session expired')
  })

  it('we refresh at half time, by UPDATE where they know it', async () => {
    const clock = new VirtualClock()
    const yilu = await engine({ clock })
    const calls = answering(yilu)
    const ua = await RawUa.open(yilu)
    const extra = ['Supported: timer', 'Session-Expires: 120', 'Allow: INVITE, ACK, BYE, UPDATE']
    const { ok } = await established(ua, { extra })
    expect(ok.header('Session-Expires')).to.equal('120;refresher=uas')
    await ua.flush()
    for (let i = 0; i < 3; i++) {
      clock.advance(60_000)
      const update = await ua.next('UPDATE')
      expect(update.header('Session-Expires')).to.equal('120;refresher=uac')
      ua.answer(update, 200, { extra: ['Session-Expires: 120;refresher=uac'] })
      await ua.flush()
    }
    expect(calls[0]!.state).to.equal('answered')
  })

  it('we refresh by re-INVITE with the same description where they do not', async () => {
    const clock = new VirtualClock()
    const yilu = await engine({ clock })
    const ua = await RawUa.open(yilu)
    await answeredBy(ua, yilu, ['Session-Expires: 90;refresher=uac', 'Require: timer'])
    clock.advance(45_000)
    const reinvite = await ua.next('INVITE')
    expect(reinvite.body).to.equal(SDP)
    ua.answer(reinvite, 200, { body: SDP, extra: ['Session-Expires: 90;refresher=uac'] })
    await ua.next('ACK')
    clock.advance(45_000)
    await ua.next('INVITE')
  })

  it('a call whose other end is gone is found out by the refresh', async () => {
    const clock = new VirtualClock()
    const yilu = await engine({ clock })
    const ua = await RawUa.open(yilu)
    const { call } = await answeredBy(ua, yilu, [
      'Session-Expires: 90;refresher=uac',
      'Allow: UPDATE',
    ])
    const ended = told<string>()
    call.onEnded = ({ by, status }) => ended.tell(`${by} ${status}`)
    clock.advance(45_000)
    ua.answer(await ua.next('UPDATE'), 481)
    expect(await ended.promise).to.equal('fault 481')
  })

  it('an interval too short for them is asked for again, longer', async () => {
    const yilu = await engine()
    const ua = await RawUa.open(yilu)
    yilu.call({
      uri: `sip:139@127.0.0.1:${ua.port}`,
      from: { number: '12301' },
      to: { number: '139' },
      sdp: SDP,
    })
    const first = await ua.next('INVITE')
    ua.answer(first, 422, { extra: ['Min-SE: 3600'] })
    const second = await ua.next('INVITE')
    expect(second.header('Session-Expires')).to.equal('3600')
    expect(second.header('Min-SE')).to.equal('3600')
    expect(second.header('Call-ID')).to.equal(first.header('Call-ID'))
    ua.answer(second, 486)
  })
})
