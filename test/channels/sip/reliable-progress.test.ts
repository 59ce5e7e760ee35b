import { expect } from 'chai'
import { closeAll, engine, RawUa, SDP, told, HASTY } from './ladder.ts'

const REQUIRED = ['Require: 100rel']

describe('sip: reliable progress to callers that require it (RFC 3262)', () => {
  afterEach(closeAll)

  it('183 with early media is repeated until PRACK; 200 then has no second description', async () => {
    const yilu = await engine()
    const rung = told<void>()
    const answered = told<void>()
    yilu.onCall = async (call) => {
      await call.ring(SDP)
      rung.tell()
      await call.answer(SDP)
      answered.tell()
    }
    const ua = await RawUa.open(yilu)
    ua.send(ua.request('INVITE', 1, { body: SDP, extra: REQUIRED }))
    const progress = await ua.next('183')
    expect(progress.header('Require')).to.equal('100rel')
    await ua.next('183')
    const to = progress.tag('To')
    const rack = `RAck: ${progress.header('RSeq')} 1 INVITE`
    ua.send(ua.request('PRACK', 2, { to, extra: ['RAck: 1 1 INVITE'] }))
    await ua.next('481 PRACK')
    ua.send(ua.request('PRACK', 3, { to, extra: [rack] }))
    await ua.next('200 PRACK')
    await rung.promise
    const ok = await ua.next('200 INVITE')
    expect(ok.body).to.equal('')
    ua.send(ua.request('ACK', 1, { to, branch: 'z9hG4bKa' }))
    await answered.promise
    ua.send(ua.request('PRACK', 4, { to, extra: [rack] }))
    await ua.next('481 PRACK')
  })

  it('no PRACK for 64·T1: ring() says so', async () => {
    const yilu = await engine({ timers: HASTY })
    const failed = told<string>()
    yilu.onCall = (call) => {
      call.ring().catch((error: Error) => {
        failed.tell(error.message)
        call.refuse(504)
      })
    }
    const ua = await RawUa.open(yilu)
    ua.send(ua.request('INVITE', 1, { body: SDP, extra: REQUIRED }))
    expect(await failed.promise).to.match(/^NO_CALL/)
    await ua.next('504')
  })

  it('a caller without SDP gets our offer in 183 and answers in PRACK', async () => {
    const yilu = await engine()
    const answer = told<string>()
    yilu.onCall = async (call) => {
      call.onAnswer = answer.tell
      await call.ring(SDP)
      await call.answer(SDP)
    }
    const ua = await RawUa.open(yilu)
    ua.send(ua.request('INVITE', 1, { extra: REQUIRED }))
    const progress = await ua.next('183')
    const to = progress.tag('To')
    const extra = [`RAck: ${progress.header('RSeq')} 1 INVITE`]
    const theirs = SDP.replace('40000', '40002')
    ua.send(ua.request('PRACK', 2, { to, extra, body: theirs }))
    await ua.next('200 PRACK')
    expect(await answer.promise).to.equal(theirs)
    await ua.next('200 INVITE')
    ua.send(ua.request('ACK', 1, { to, branch: 'z9hG4bKa' }))
    ua.send(ua.request('INFO', 3, { to }))
    await ua.next('200 INFO')
  })

  it('an offer in PRACK is answered in its 200', async () => {
    const yilu = await engine()
    yilu.onCall = async (call) => {
      call.onOffer = async (sdp) => sdp!.replace('40000', '50000')
      await call.ring(SDP)
    }
    const ua = await RawUa.open(yilu)
    ua.send(ua.request('INVITE', 1, { body: SDP, extra: REQUIRED }))
    const progress = await ua.next('183')
    const extra = [`RAck: ${progress.header('RSeq')} 1 INVITE`]
    ua.send(ua.request('PRACK', 2, { to: progress.tag('To'), extra, body: SDP }))
    expect((await ua.next('200 PRACK')).body).to.contain('50000')
  })

  it('a caller that gives up between 183 and PRACK', async () => {
    const yilu = await engine()
    const ended = told<number>()
    yilu.onCall = (call) => {
      call.onEnded = ({ status }) => ended.tell(status)
      call.ring(SDP).catch(() => undefined)
    }
    const ua = await RawUa.open(yilu)
    ua.send(ua.request('INVITE', 1, { body: SDP, extra: REQUIRED }))
    await ua.next('183')
    ua.send(ua.request('CANCEL', 1, { branch: `z9hG4bK${ua.callId}INVITE1` }))
    await ua.next('487')
    expect(await ended.promise).to.equal(487)
    const heard = ua.count('183')
    await ua.next('487')
    expect(ua.count('183')).to.equal(heard)
  })
})
