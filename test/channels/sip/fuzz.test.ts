import { expect } from 'chai'
import { answering, closeAll, engine, established, RawUa, SDP } from './ladder.ts'

const MESSAGES = 4000

/** Pieces that are put where they do not belong. */
const PIECES = [
  '\r\n',
  ';',
  ',',
  '<',
  '>',
  '"',
  '@',
  '=',
  '%00',
  '\u0000',
  '\u{1F600}',
  '-1',
  '99999999999999999999',
  'sip:',
  'tel:',
  ';tag=',
  ';lr',
  'Require: 100rel\r\n',
  'Replaces: a;to-tag=b;from-tag=c\r\n',
  'RAck: x y z\r\n',
  'Session-Expires: 1;refresher=us\r\n',
  'Content-Type: multipart/mixed;boundary=x\r\n',
]

describe('sip: messages that are almost right', () => {
  afterEach(closeAll)

  it(`${MESSAGES} requests and responses with something wrong: nothing throws, calls still come in`, async () => {
    const logged: string[] = []
    const yilu = await engine({
      log: (event, detail) => logged.push(`${event} ${detail['error'] ?? ''}`),
    })
    const calls = answering(yilu)
    const ua = await RawUa.open(yilu)
    const { to } = await established(ua)
    calls[0]!.onRefer = async () => true
    let seed = 20_261_122
    const random = (below: number): number => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed % below
    }
    const methods = ['INVITE', 'ACK', 'BYE', 'CANCEL', 'OPTIONS', 'UPDATE', 'INFO', 'REFER']
    methods.push('PRACK', 'NOTIFY', 'REGISTER', 'SUBSCRIBE')
    const extras = [
      ['Refer-To: <sip:1@x>'],
      ['Event: refer', 'Subscription-State: active'],
      ['RAck: 1 1 INVITE'],
      ['Session-Expires: 90', 'Supported: timer'],
      ['Require: 100rel'],
      ['Contact: *', 'Expires: 0'],
    ]
    for (let n = 0; n < MESSAGES; n++) {
      const method = methods[random(methods.length)]!
      // a BYE that is right would end the call that the others are to reach
      const within = random(2) && method !== 'BYE'
      let text = ua.request(method, n + 2, {
        branch: `z9hG4bKfuzz${n}`,
        ...(within && { to }),
        ...(random(2) && { body: SDP }),
        extra: extras[random(extras.length)]!,
      })
      if (random(8) === 0) text = text.replace(/^[^\r]*/, `SIP/2.0 ${random(800)} OK`)
      for (let i = random(4); i >= 0; i--) {
        const at = random(text.length)
        const cut = random(3) ? 0 : random(30)
        text = text.slice(0, at) + PIECES[random(PIECES.length)]! + text.slice(at + cut)
      }
      ua.send(text)
      if (n % 100 === 99) await ua.flush()
    }
    await ua.flush()
    expect(logged).to.deep.equal([])
    await established(await RawUa.open(yilu))
  }).timeout(20_000)
})
