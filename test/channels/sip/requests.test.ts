import { expect } from 'chai'
import { answering, closeAll, engine, established, RawUa, SDP, told, HASTY } from './ladder.ts'

describe('sip: what any peer may send', () => {
  afterEach(closeAll)

  it('BYE said twice is answered twice', async () => {
    const yilu = await engine()
    answering(yilu)
    const ua = await RawUa.open(yilu)
    const { to } = await established(ua)
    const bye = ua.request('BYE', 2, { to })
    ua.send(bye)
    await ua.next('200 BYE')
    ua.send(bye)
    await ua.next('200 BYE')
    expect(yilu.stats().retransmitted).to.equal(1)
  })

  it('200 is said again until ACK comes', async () => {
    const yilu = await engine()
    const calls = answering(yilu)
    const ua = await RawUa.open(yilu)
    ua.send(ua.request('INVITE', 1, { body: SDP }))
    const first = await ua.next('200 INVITE')
    await ua.next('200 INVITE')
    await ua.next('200 INVITE')
    const answered = told<void>()
    calls[0]!.onAnswered = () => answered.tell()
    ua.send(ua.request('ACK', 1, { to: first.tag('To'), branch: `z9hG4bKack${ua.callId}` }))
    await answered.promise
    const heard = ua.count('200 INVITE')
    ua.send(ua.request('BYE', 2, { to: first.tag('To') }))
    await ua.next('200 BYE')
    expect(ua.count('200 INVITE')).to.equal(heard)
  })

  it('an ACK that never comes ends the call with BYE', async () => {
    const yilu = await engine({ timers: HASTY })
    const rejected = told<string>()
    const ended = told<string>()
    yilu.onCall = (call) => {
      call.onEnded = (end) => ended.tell(`${end.by} ${end.status}`)
      call.answer(SDP).catch((error: Error) => rejected.tell(error.message))
    }
    const ua = await RawUa.open(yilu)
    ua.send(ua.request('INVITE', 1, { body: SDP }))
    const bye = await ua.next('BYE')
    ua.answer(bye, 200)
    expect(await ended.promise).to.equal('fault 408')
    expect(await rejected.promise).to.match(/^NO_CALL/)
    expect(yilu.stats().calls).to.equal(0)
  })

  it('INVITE said three times makes one call', async () => {
    const yilu = await engine()
    const calls = answering(yilu)
    const ua = await RawUa.open(yilu)
    const invite = ua.request('INVITE', 1, { body: SDP })
    for (let i = 0; i < 3; i++) ua.send(invite)
    const ok = await ua.next('200 INVITE')
    ua.send(ua.request('ACK', 1, { to: ok.tag('To'), branch: `z9hG4bKack${ua.callId}` }))
    await ua.flush()
    expect(calls).to.have.length(1)
    const tags = new Set(ua.heard.filter((m) => m.what === '200').map((m) => m.tag('To')))
    tags.delete(ua.heard.at(-1)!.tag('To')) // that of OPTIONS
    expect(tags.size).to.equal(1)
  })

  it('CANCEL of nothing', async () => {
    const ua = await RawUa.open(await engine())
    ua.send(ua.request('CANCEL', 1, { branch: 'z9hG4bKnone' }))
    await ua.next('481 CANCEL')
  })

  it('CANCEL after the answer changes nothing', async () => {
    const yilu = await engine()
    const calls = answering(yilu)
    const ua = await RawUa.open(yilu)
    await established(ua)
    ua.send(ua.request('CANCEL', 1, { branch: `z9hG4bK${ua.callId}INVITE1` }))
    await ua.next('200 CANCEL')
    expect(calls[0]!.state).to.equal('answered')
  })

  it('compact headers', async () => {
    const yilu = await engine()
    answering(yilu)
    const ua = await RawUa.open(yilu)
    const { to } = await established(ua, { compact: true })
    ua.send(ua.request('BYE', 2, { to, compact: true }))
    await ua.next('200 BYE')
  })

  it('keys by INFO', async () => {
    const yilu = await engine()
    const digits: string[] = []
    const calls = answering(yilu)
    const ua = await RawUa.open(yilu)
    const { to } = await established(ua)
    calls[0]!.onDigit = (digit) => digits.push(digit)
    const relay = { type: 'application/dtmf-relay', to }
    ua.send(ua.request('INFO', 2, { ...relay, body: 'Signal=5\r\nDuration=160\r\n' }))
    await ua.next('200 INFO')
    ua.send(ua.request('INFO', 3, { ...relay, body: 'Signal= 11\r\nDuration= 100\r\n' }))
    await ua.next('200 INFO')
    ua.send(ua.request('INFO', 4, { to, type: 'application/dtmf', body: '*' }))
    await ua.next('200 INFO')
    ua.send(ua.request('INFO', 5, { to, type: 'application/unknown', body: 'x' }))
    await ua.next('415 INFO')
    expect(digits).to.deep.equal(['5', '#', '*'])
  })

  it('an INVITE without SDP: our offer in 200, their answer in ACK', async () => {
    const yilu = await engine()
    const answer = told<string>()
    yilu.onCall = (call) => {
      expect(call.offer).to.equal(undefined)
      call.onAnswer = answer.tell
      call.answer(SDP).catch(() => undefined)
    }
    const ua = await RawUa.open(yilu)
    ua.send(ua.request('INVITE', 1))
    const ok = await ua.next('200 INVITE')
    expect(ok.body).to.equal(SDP)
    const theirs = SDP.replace('40000', '40002')
    const branch = `z9hG4bKack${ua.callId}`
    ua.send(ua.request('ACK', 1, { to: ok.tag('To'), branch, body: theirs }))
    expect(await answer.promise).to.equal(theirs)
  })

  it('an INVITE without SDP whose ACK has none either is ended', async () => {
    const yilu = await engine()
    answering(yilu)
    const ua = await RawUa.open(yilu)
    ua.send(ua.request('INVITE', 1))
    const ok = await ua.next('200 INVITE')
    ua.send(ua.request('ACK', 1, { to: ok.tag('To'), branch: `z9hG4bKack${ua.callId}` }))
    ua.answer(await ua.next('BYE'), 200)
  })

  it('OPTIONS tells what we can do', async () => {
    const ua = await RawUa.open(await engine())
    ua.send(ua.request('OPTIONS', 1))
    const ok = await ua.next('200 OPTIONS')
    expect(ok.header('Allow')).to.contain('UPDATE')
    expect(ok.header('Supported')).to.contain('timer')
  })

  it('tel: and sips: in the request line', async () => {
    const yilu = await engine()
    const calls = answering(yilu)
    const ua = await RawUa.open(yilu)
    await established(ua, { uri: 'tel:+86-12301;phone-context=x' })
    expect(calls[0]!.local.number).to.equal('+8612301')
    const other = await RawUa.open(yilu)
    await established(other, { uri: 'sips:12301@127.0.0.1' })
    expect(calls[1]!.local.number).to.equal('12301')
  })

  it('requests within calls that never were', async () => {
    const ua = await RawUa.open(await engine())
    for (const method of ['BYE', 'INVITE', 'UPDATE', 'INFO', 'REFER', 'PRACK', 'NOTIFY']) {
      ua.send(ua.request(method, 9, { to: 'zzz' }))
      await ua.next(`481 ${method}`)
    }
    ua.send(ua.request('ACK', 9, { to: 'zzz' }))
    await ua.flush()
  })

  it('names in Chinese come back as they came', async () => {
    const yilu = await engine()
    const calls = answering(yilu)
    const ua = await RawUa.open(yilu)
    ua.send(ua.request('INVITE', 1, { body: SDP }).replace('From: <', 'From: "游客张三" <'))
    const ok = await ua.next('200 INVITE')
    expect(ok.header('From')).to.contain('"游客张三"')
    expect(calls[0]!.remote).to.deep.equal({ number: 'a', name: '游客张三' })
  })

  it('garbage does no harm', async () => {
    const yilu = await engine()
    const ua = await RawUa.open(yilu)
    let seed = 1
    const byte = (): number => (seed = (seed * 48271) % 2147483647) & 255
    for (let i = 0; i < 200; i++) ua.send(Buffer.from(Array.from({ length: 60 }, byte)))
    ua.send('INVITE sip:x SIP/2.0\r\n\r\n')
    ua.send('INVITE sip:x SIP/2.0\r\nVia: garbage\r\nCSeq: a\r\n\r\n')
    ua.send('\r\n\r\n')
    ua.send('SIP/2.0 200\r\nVia: SIP/2.0/UDP a\r\n\r\n')
    await ua.flush()
    expect(yilu.stats().malformed).to.be.at.least(200)
  })

  it('a request that cannot be read but answered gets 400', async () => {
    const ua = await RawUa.open(await engine())
    ua.send(ua.request('INVITE', 1, { body: SDP }).replace('CSeq: 1 INVITE', 'CSeq: 1 BYE'))
    await ua.next('400')
  })

  it('methods that are not for us, and that nobody knows', async () => {
    const ua = await RawUa.open(await engine())
    ua.send(ua.request('SUBSCRIBE', 1))
    expect((await ua.next('405')).header('Allow')).to.contain('INVITE')
    ua.send(ua.request('DANCE', 2))
    expect((await ua.next('501')).header('Allow')).to.contain('INVITE')
  })

  it('an extension we lack', async () => {
    const yilu = await engine()
    answering(yilu)
    const ua = await RawUa.open(yilu)
    ua.send(ua.request('INVITE', 1, { body: SDP, extra: ['Require: 100rel, precondition'] }))
    expect((await ua.next('420')).header('Unsupported')).to.equal('precondition')
  })

  it('the same INVITE along two paths', async () => {
    const yilu = await engine()
    const calls = answering(yilu)
    const ua = await RawUa.open(yilu)
    ua.send(ua.request('INVITE', 1, { body: SDP }))
    ua.send(ua.request('INVITE', 1, { body: SDP, branch: 'z9hG4bKotherpath' }))
    await ua.next('482')
    expect(calls).to.have.length(1)
  })

  it('a request older than the last within a call', async () => {
    const yilu = await engine()
    answering(yilu)
    const ua = await RawUa.open(yilu)
    const { to } = await established(ua)
    ua.send(ua.request('INFO', 7, { to }))
    await ua.next('200 INFO')
    ua.send(ua.request('INFO', 6, { to }))
    await ua.next('500 INFO')
  })

  it('an invitation that expires', async () => {
    const yilu = await engine()
    yilu.onCall = (call) => void call.ring()
    const ua = await RawUa.open(yilu)
    ua.send(ua.request('INVITE', 1, { body: SDP, extra: ['Expires: 1'] }))
    await ua.next('180')
    await ua.next('487')
  })

  it('a second call while the first is rung: each has its own', async () => {
    const yilu = await engine()
    yilu.onCall = (call) => void call.ring()
    const one = await RawUa.open(yilu)
    const two = await RawUa.open(yilu)
    one.send(one.request('INVITE', 1, { body: SDP }))
    two.send(two.request('INVITE', 1, { body: SDP }))
    const a = await one.next('180')
    const b = await two.next('180')
    expect(a.tag('To')).not.to.equal(b.tag('To'))
    expect(yilu.stats().calls).to.equal(2)
  })
})
