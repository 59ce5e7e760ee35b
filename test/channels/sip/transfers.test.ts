import { expect } from 'chai'
import type { IncomingCall, SipCall } from '../../../channels/sip/sip-engine.ts'
import { answeredBy, answering, closeAll, engine, established, RawUa, SDP, told } from './ladder.ts'

type Refer = Parameters<NonNullable<SipCall['onRefer']>>[0]

describe('sip: transfers', () => {
  afterEach(closeAll)

  it('a phone transfers its caller: accepted, then told how it went', async () => {
    const yilu = await engine()
    const calls = answering(yilu)
    const ua = await RawUa.open(yilu)
    const { to } = await established(ua)
    const refer = told<Refer>()
    calls[0]!.onRefer = async (asked) => (refer.tell(asked), true)
    const referTo =
      'Refer-To: "Li" <sip:802@yilu.test;user=phone?Replaces=a%3Bto-tag%3Db%3Bfrom-tag%3Dc>'
    ua.send(ua.request('REFER', 2, { to, extra: [referTo] }))
    await ua.next('202 REFER')
    const trying = await ua.next('NOTIFY')
    expect(trying.header('Event')).to.equal('refer')
    expect(trying.header('Subscription-State')).to.match(/^active/)
    expect(trying.body).to.match(/^SIP\/2\.0 100/)
    ua.answer(trying, 200)
    const asked = await refer.promise
    expect(asked).to.deep.include({
      to: { number: '802', name: 'Li' },
      uri: 'sip:802@yilu.test;user=phone',
      replaces: 'a;to-tag=b;from-tag=c',
    })
    asked.notify(200)
    const final = await ua.next('NOTIFY')
    expect(final.header('Subscription-State')).to.match(/^terminated/)
    expect(final.body).to.match(/^SIP\/2\.0 200 OK/)
    ua.answer(final, 200)
    asked.notify(486)
    await ua.flush()
    expect(ua.count('NOTIFY')).to.equal(2)
  })

  it('declined, and nobody there to ask', async () => {
    const yilu = await engine()
    const calls = answering(yilu)
    const ua = await RawUa.open(yilu)
    const { to } = await established(ua)
    const extra = ['Refer-To: <sip:802@yilu.test>']
    ua.send(ua.request('REFER', 2, { to, extra }))
    await ua.next('603 REFER')
    calls[0]!.onRefer = async () => false
    ua.send(ua.request('REFER', 3, { to, extra }))
    await ua.next('603 REFER')
    ua.send(ua.request('REFER', 4, { to }))
    await ua.next('400 REFER')
  })

  it('without subscription where the phone wants none (RFC 4488)', async () => {
    const yilu = await engine()
    const calls = answering(yilu)
    const ua = await RawUa.open(yilu)
    const { to } = await established(ua)
    calls[0]!.onRefer = async ({ notify }) => (notify(200), true)
    const extra = ['Refer-To: <sip:802@yilu.test>', 'Refer-Sub: false', 'Require: norefersub']
    ua.send(ua.request('REFER', 2, { to, extra }))
    expect((await ua.next('202 REFER')).header('Refer-Sub')).to.equal('false')
    await ua.flush()
    expect(ua.count('NOTIFY')).to.equal(0)
  })

  it('we ask the other end to call somebody: the status it reports comes back', async () => {
    const yilu = await engine()
    const ua = await RawUa.open(yilu)
    const { call, invite } = await answeredBy(ua, yilu)
    const other = await RawUa.open(yilu)
    const { call: second } = await answeredBy(other, yilu)
    const result = call.refer('sip:802@yilu.test', { replaces: second })
    const refer = await ua.next('REFER')
    expect(refer.header('Refer-To')).to.equal(
      `<sip:802@yilu.test?Replaces=${encodeURIComponent(
        `${second.callId};to-tag=${other.tag};from-tag=${other.heard[0]!.tag('From')}`,
      )}>`,
    )
    ua.answer(refer, 202)
    const notify = (seq: number, state: string, line: string): string =>
      [
        `NOTIFY ${/<([^>]+)>/.exec(invite.header('Contact'))![1]} SIP/2.0`,
        `Via: SIP/2.0/UDP 127.0.0.1:${ua.port};branch=z9hG4bKn${seq}${ua.callId};rport`,
        `From: ${invite.header('To')};tag=${ua.tag}`,
        `To: ${invite.header('From')}`,
        `Call-ID: ${invite.header('Call-ID')}`,
        `CSeq: ${seq} NOTIFY`,
        'Event: refer',
        `Subscription-State: ${state}`,
        'Content-Type: message/sipfrag',
        `Content-Length: ${line.length}`,
        '',
        line,
      ].join('\r\n')
    ua.send(notify(1, 'active;expires=60', 'SIP/2.0 180 Ringing'), invite.fromPort)
    await ua.next('200 NOTIFY')
    ua.send(notify(2, 'terminated;reason=noresource', 'SIP/2.0 486 Busy Here'), invite.fromPort)
    await ua.next('200 NOTIFY')
    expect(await result).to.equal(486)
    ua.send(notify(3, 'terminated', 'SIP/2.0 200 OK'), invite.fromPort)
    await ua.next('481 NOTIFY')
  })

  it('REFER refused, and accepted by one that hangs up at once', async () => {
    const yilu = await engine()
    const ua = await RawUa.open(yilu)
    const { call } = await answeredBy(ua, yilu)
    const first = call.refer('sip:802@yilu.test')
    ua.answer(await ua.next('REFER'), 603)
    expect(await first).to.equal(603)
    const second = call.refer('sip:802@yilu.test')
    ua.answer(await ua.next('REFER'), 202)
    await ua.flush()
    call.hangUp()
    expect(await second).to.equal(202)
  })

  it('an INVITE that replaces a call: the old one ends when the new one is answered', async () => {
    const yilu = await engine()
    const calls: IncomingCall[] = []
    yilu.onCall = (call) => void calls.push(call)
    const ua = await RawUa.open(yilu)
    ua.send(ua.request('INVITE', 1, { body: SDP }))
    await ua.next('100')
    const answered = calls[0]!.answer(SDP)
    const ok = await ua.next('200')
    ua.send(ua.request('ACK', 1, { to: ok.tag('To'), branch: 'z9hG4bKa' }))
    await answered
    const ended = told<string>()
    calls[0]!.onEnded = ({ by, reason }) => ended.tell(`${by} ${reason}`)
    const other = await RawUa.open(yilu)
    const replaces = `Replaces: ${ua.callId};to-tag=${ok.tag('To')};from-tag=${ua.tag}`
    other.send(other.request('INVITE', 1, { body: SDP, extra: [replaces, 'Require: replaces'] }))
    await other.next('100')
    expect(calls[1]!.replaces).to.equal(calls[0])
    expect(calls[0]!.state).to.equal('answered')
    void calls[1]!.answer(SDP)
    await other.next('200')
    ua.answer(await ua.next('BYE'), 200)
    expect(await ended.promise).to.equal('them replaced')
  })

  it('an INVITE that replaces what is not there', async () => {
    const yilu = await engine()
    const calls = answering(yilu)
    const ua = await RawUa.open(yilu)
    const extra = ['Replaces: nothing;to-tag=a;from-tag=b']
    ua.send(ua.request('INVITE', 1, { body: SDP, extra }))
    await ua.next('481')
    ua.send(ua.request('INVITE', 2, { body: SDP, extra: ['Replaces: nonsense'] }))
    await ua.next('400')
    const { to } = await established(await RawUa.open(yilu))
    expect(to).not.to.equal('')
    expect(calls).to.have.length(1)
  })
})
