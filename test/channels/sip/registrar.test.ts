import { expect } from 'chai'
import type { SipEngine } from '../../../channels/sip/sip-engine.ts'
import { closeAll, dial, engine, RawUa, SDP, signed, told, type Heard } from './ladder.ts'
import { VirtualClock } from './virtual-clock.ts'

/** REGISTER with the password, as a phone does it: asked first, then signed. */
async function register(
  ua: RawUa,
  seq: number,
  contact: string,
  extra: string[] = [],
  user = '801',
): Promise<Heard> {
  const parts = { user, uri: 'sip:yilu.test', contact, extra }
  ua.send(ua.request('REGISTER', seq, parts))
  const challenge = await ua.next('401')
  const again = ua.request('REGISTER', seq + 1, parts)
  ua.send(signed(again, challenge, '801', 'secret'))
  for (;;) {
    await ua.flush()
    const answer = ua.heard.find((m) => m.method === 'REGISTER' && m.seq === seq + 1)
    if (answer) return answer
  }
}

const uris = (yilu: SipEngine): string[] => yilu.bindings('801').map((b) => b.uri)

describe('sip: phones of ours register', () => {
  afterEach(closeAll)

  it('registers, is found at the address it came from, and is called there', async () => {
    const clock = new VirtualClock()
    const yilu = await engine({ clock })
    const ua = await RawUa.open(yilu)
    // what the phone believes of itself behind NAT
    const extra = ['User-Agent: Phone 1', 'Path: <sip:edge.test;lr>', 'Expires: 300']
    const ok = await register(ua, 1, '<sip:801@192.168.1.7:5060>', extra)
    expect(ok.what).to.equal('200')
    expect(ok.header('Contact')).to.equal('<sip:801@192.168.1.7:5060>;expires=300')
    const [binding] = yilu.bindings('801')
    expect(binding).to.deep.equal({
      uri: 'sip:801@192.168.1.7:5060',
      target: { host: '127.0.0.1', port: ua.port, transport: 'udp' },
      untilMs: clock.now() + 300_000,
      userAgent: 'Phone 1',
    })
    expect(yilu.stats().registrations).to.equal(1)
    const { call } = dial(yilu, ua, { uri: binding!.uri, target: binding!.target })
    const invite = await ua.next('INVITE')
    expect(invite.line).to.equal('INVITE sip:801@192.168.1.7:5060 SIP/2.0')
    const answered = told<void>()
    call.onAnswered = () => answered.tell()
    ua.answer(invite, 200, { body: SDP, contact: '<sip:801@192.168.1.7:5060>' })
    await ua.next('ACK') // to where it registered from, for its Contact leads nowhere
    await answered.promise
    call.hangUp()
    ua.answer(await ua.next('BYE'), 200)
  })

  it('several phones of one extension: newest first; a binding expires', async () => {
    const clock = new VirtualClock()
    const yilu = await engine({ clock })
    const ua = await RawUa.open(yilu)
    await register(ua, 1, '<sip:801@a.test>;expires=60')
    await register(ua, 3, '<sip:801@b.test>;expires=600')
    expect(uris(yilu)).to.deep.equal(['sip:801@b.test', 'sip:801@a.test'])
    clock.advance(61_000)
    expect(uris(yilu)).to.deep.equal(['sip:801@b.test'])
  })

  it('refresh, and taking one back', async () => {
    const clock = new VirtualClock()
    const yilu = await engine({ clock })
    const ua = await RawUa.open(yilu)
    await register(ua, 1, '<sip:801@a.test>;expires=100')
    clock.advance(80_000)
    await register(ua, 3, '<sip:801@a.test>;expires=100')
    clock.advance(80_000)
    expect(uris(yilu)).to.deep.equal(['sip:801@a.test'])
    const gone = await register(ua, 5, '<sip:801@a.test>;expires=0')
    expect(gone.all('Contact')).to.deep.equal([])
    expect(uris(yilu)).to.deep.equal([])
  })

  it("'*' takes all back, with Expires: 0 only", async () => {
    const yilu = await engine()
    const ua = await RawUa.open(yilu)
    await register(ua, 1, '<sip:801@a.test>, <sip:801@b.test>')
    expect(uris(yilu)).to.have.length(2)
    expect((await register(ua, 3, '*')).what).to.equal('400')
    expect((await register(ua, 5, '*', ['Expires: 0'])).what).to.equal('200')
    expect(uris(yilu)).to.deep.equal([])
  })

  it('too short is 423', async () => {
    const ua = await RawUa.open(await engine())
    const answer = await register(ua, 1, '<sip:801@a.test>;expires=5')
    expect(answer.what).to.equal('423')
    expect(answer.header('Min-Expires')).to.equal('60')
  })

  it("somebody else's extension is 403", async () => {
    const yilu = await engine()
    const ua = await RawUa.open(yilu)
    expect((await register(ua, 1, '<sip:802@a.test>', [], '802')).what).to.equal('403')
    expect(yilu.bindings('802')).to.deep.equal([])
  })

  it('asking only tells what there is', async () => {
    const yilu = await engine()
    const ua = await RawUa.open(yilu)
    await register(ua, 1, '<sip:801@a.test>;expires=100')
    const text = (seq: number): string =>
      ua
        .request('REGISTER', seq, { user: '801', uri: 'sip:yilu.test' })
        .replace(/Contact: [^\r]*\r\n/, '')
    ua.send(text(3))
    const challenge = await ua.next('401')
    ua.send(signed(text(4), challenge, '801', 'secret'))
    expect((await ua.next('200 REGISTER')).header('Contact')).to.contain('sip:801@a.test')
  })
})
