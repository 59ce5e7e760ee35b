import { expect } from 'chai'
import type { CallEnd } from '../../../channels/sip/sip-engine.ts'
import { answering, closeAll, engine, established, RawUa, SDP, told } from './ladder.ts'

describe('sip: a plain call', () => {
  afterEach(closeAll)

  it('a caller dials, is answered, hangs up', async () => {
    const yilu = await engine()
    const calls = answering(yilu)
    const ua = await RawUa.open(yilu)
    const { ok, to } = await established(ua)
    expect(ok.header('Via'))
      .to.match(/;rport=\d+/)
      .and.match(/;received=127\.0\.0\.1/)
    expect(ok.body).to.equal(SDP)
    const end = told<CallEnd>()
    calls[0]!.onEnded = end.tell
    expect(calls[0]!.local.number).to.equal('12301')
    expect(calls[0]!.offer).to.equal(SDP)
    ua.send(ua.request('BYE', 2, { to }))
    await ua.next('200 BYE')
    expect(await end.promise).to.include({ by: 'them', status: 200 })
    expect(yilu.stats().calls).to.equal(0)
  })

  it('we dial, the other end answers, we hang up', async () => {
    const yilu = await engine()
    const ua = await RawUa.open(yilu)
    const progress = told<number>()
    const answered = told<string | undefined>()
    const end = told<CallEnd>()
    const call = yilu.call({
      uri: `sip:139@127.0.0.1:${ua.port}`,
      from: { number: '12301', name: '热线' },
      to: { number: '139' },
      sdp: SDP,
    })
    call.onProgress = progress.tell
    call.onAnswered = answered.tell
    call.onEnded = end.tell
    const invite = await ua.next('INVITE')
    expect(invite.header('From')).to.contain('"热线"')
    ua.answer(invite, 180)
    expect(await progress.promise).to.equal(180)
    ua.answer(invite, 200, { body: SDP })
    const ack = await ua.next('ACK')
    expect(ack.seq).to.equal(invite.seq)
    expect(await answered.promise).to.equal(SDP)
    call.hangUp()
    const bye = await ua.next('BYE')
    expect(bye.seq).to.be.above(invite.seq)
    ua.answer(bye, 200)
    expect(await end.promise).to.include({ by: 'us', status: 200 })
  })

  it('a caller gives up while it rings', async () => {
    const yilu = await engine()
    const end = told<CallEnd>()
    yilu.onCall = (call) => {
      call.onEnded = end.tell
      void call.ring()
    }
    const ua = await RawUa.open(yilu)
    ua.send(ua.request('INVITE', 1, { body: SDP }))
    await ua.next('180')
    ua.send(ua.request('CANCEL', 1, { branch: `z9hG4bK${ua.callId}INVITE1` }))
    await ua.next('200 CANCEL')
    const terminated = await ua.next('487')
    // timer G: said again until ACK comes
    await ua.next('487')
    const branch = `z9hG4bK${ua.callId}INVITE1`
    ua.send(ua.request('ACK', 1, { to: terminated.tag('To'), branch }))
    expect(await end.promise).to.include({ by: 'them', status: 487 })
  })

  it('we give up while it rings', async () => {
    const yilu = await engine()
    const ua = await RawUa.open(yilu)
    const ringing = told<number>()
    const end = told<CallEnd>()
    const call = yilu.call({
      uri: `sip:139@127.0.0.1:${ua.port}`,
      from: { number: '12301' },
      to: { number: '139' },
      sdp: SDP,
    })
    call.onProgress = ringing.tell
    call.onEnded = end.tell
    const invite = await ua.next('INVITE')
    ua.answer(invite, 180)
    await ringing.promise
    call.hangUp()
    const cancel = await ua.next('CANCEL')
    expect(cancel.header('Via')).to.equal(invite.header('Via'))
    ua.answer(cancel, 200)
    ua.answer(invite, 487)
    const ack = await ua.next('ACK')
    expect(ack.header('Via')).to.equal(invite.header('Via'))
    expect(await end.promise).to.include({ by: 'us', status: 487 })
  })
})
