import { expect } from 'chai'
import { StreamFramer, limits } from '../../../../channels/sip/message/message.ts'
import type { Framed } from '../../../../channels/sip/message/message.ts'
import { bytesOf, inviteBytes, requestLines } from './messages.ts'

const options = bytesOf(requestLines('Content-Length: 0'))
const ping = Buffer.from('\r\n\r\n')

function told(items: Framed[]): string[] {
  return items.map((one) => (one.kind === 'message' ? one.data.toString() : one.kind))
}

describe('SIP over a stream', () => {
  const stream = Buffer.concat([options, inviteBytes, ping, options, ping, ping, inviteBytes])
  const whole = [options, inviteBytes, 'ping', options, 'ping', 'ping', inviteBytes].map(String)

  for (const size of [1, 2, 3, 7, 100, 1_000, 100_000])
    it(`comes out the same in chunks of ${size} bytes`, () => {
      const framer = new StreamFramer()
      const out: Framed[] = []
      for (let at = 0; at < stream.length; at += size)
        out.push(...framer.push(stream.subarray(at, at + size)))
      expect(told(out)).to.deep.equal(whole)
    })

  it('a single CRLF is the answer to our ping and tells nothing', () => {
    const framer = new StreamFramer()
    expect(framer.push(Buffer.from('\r\n'))).to.deep.equal([])
    expect(told(framer.push(options))).to.deep.equal([options.toString()])
    expect(framer.push(Buffer.from('\r\n'))).to.deep.equal([])
  })

  it('a message keeps its bytes when more arrives', () => {
    const framer = new StreamFramer()
    const [first] = framer.push(options)
    framer.push(Buffer.alloc(3_000, 'x'))
    expect(first).to.have.property('data').that.deep.equals(options)
  })

  it('hundreds of messages in one chunk', () => {
    const many = Buffer.concat(Array<Buffer>(500).fill(options))
    expect(new StreamFramer().push(many)).to.have.length(500)
  })

  it('a message as long as any may be, and none longer', () => {
    const head = (length: number): Buffer => bytesOf(requestLines(`Content-Length: ${length}`))
    const room = limits.messageBytes - head(60_000).length
    const fits = Buffer.concat([head(room), Buffer.alloc(room)])
    expect(
      new StreamFramer().push(Buffer.concat([fits, options])).map((one) => one.kind),
    ).to.deep.equal(['message', 'message'])
    expect(new StreamFramer().push(head(room + 1))).to.deep.equal([
      { kind: 'fault', reason: 'message too long' },
    ])
  })

  for (const [what, bytes] of [
    ['no Content-Length', bytesOf(requestLines())],
    ['a negative one', bytesOf(requestLines('Content-Length: -1'))],
    ['two that differ', bytesOf(requestLines('Content-Length: 4', 'l: 5'))],
    ['one that is no number', bytesOf(requestLines('l: 4x'))],
    ['a head without end', Buffer.alloc(limits.messageBytes, 'x')],
  ] as const)
    it(`${what}: nothing after it is believed`, () => {
      const framer = new StreamFramer()
      expect(framer.push(bytes).map((one) => one.kind)).to.deep.equal(['fault'])
      expect(framer.push(options)).to.deep.equal([])
    })
})
