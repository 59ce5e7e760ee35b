import { expect } from 'chai'
import fc from 'fast-check'
import { cmppParts, readPieces } from '../../../../channels/sms/cmpp/content.ts'
import { readDeliver } from '../../../../channels/sms/cmpp/deliver.ts'
import {
  CmppFrameReader,
  CmppFramingError,
  encodeFrame,
} from '../../../../channels/sms/cmpp/frame.ts'
import { readUserData } from '../../../../channels/sms/udh.ts'
import { encodeDeliver } from '../../../simulators/cmpp.ts'
import { rig } from './rig.ts'

const anyBytes = (maxLength: number) =>
  fc.uint8Array({ maxLength }).map((bytes) => Buffer.from(bytes))
const unicode = fc.string({ unit: 'binary', maxLength: 300 })

describe('CMPP and whatever comes', () => {
  it('a DELIVER of any bytes is read or refused, never thrown over', () => {
    fc.assert(
      fc.property(
        anyBytes(400),
        fc.constantFrom('2.0' as const, '3.0' as const),
        (body, version) => {
          const read = readDeliver(body, version)
          if (read) readPieces([{ coding: read.msgFmt, bytes: readUserData(read.content).body }])
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('a true DELIVER with some bytes changed is read or refused', () => {
    const pdu = { msgId: '0102030405060708', from: '13800138000', to: '10690000', msgFmt: 8 }
    const whole = encodeDeliver(
      { ...pdu, udhi: 1, content: Buffer.from('050003010201', 'hex') },
      0x20,
    )
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 4 }),
        fc.nat(whole.length),
        (changes, cut) => {
          const body = Buffer.from(whole)
          for (const [at, value] of changes) body[at] = value
          const read = readDeliver(body.subarray(0, cut), '2.0')
          if (read) readPieces([{ coding: read.msgFmt, bytes: readUserData(read.content).body }])
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('frames come out the same however the stream is cut', () => {
    const frames = [1, 2, 3].map((sequence) => ({
      ...{ command: 5, sequence, body: Buffer.alloc(sequence * 40, sequence) },
    }))
    const stream = Buffer.concat(frames.map(encodeFrame))
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 8 }), (cuts) => {
        const reader = new CmppFrameReader()
        const bounds = [0, ...cuts.sort((a, b) => a - b), stream.length]
        const read = bounds
          .slice(1)
          .flatMap((end, index) => reader.push(stream.subarray(bounds[index], end)))
        expect(read.map(({ sequence }) => sequence)).to.deep.equal([1, 2, 3])
        expect(read.every(({ body }, index) => body.equals(frames[index]!.body))).to.equal(true)
      }),
    )
  })

  it('a stream of any bytes ends in CmppFramingError at worst, and holds one frame at most', () => {
    fc.assert(
      fc.property(fc.array(anyBytes(300), { maxLength: 20 }), (chunks) => {
        const reader = new CmppFrameReader()
        try {
          for (const chunk of chunks) reader.push(chunk)
        } catch (error) {
          expect(error).to.be.instanceOf(CmppFramingError)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('any text in parts is the same text again, and every part fits', () => {
    fc.assert(
      fc.property(unicode, (text) => {
        const parts = cmppParts(text, 9)
        const pieces = parts.map(({ msgFmt, udhi, content }) => {
          expect(content.length).to.be.at.most(msgFmt === 0 ? 160 : 140)
          return { coding: msgFmt, bytes: udhi ? readUserData(content).body : content }
        })
        expect(readPieces(pieces)).to.equal(text)
      }),
      { numRuns: 500 },
    )
  })

  it('a session survives or ends, and hears again, after each of 20 random writes', async () => {
    const { gateway, events, close } = await rig()
    const samples = fc.sample(anyBytes(200), { numRuns: 20, seed: 4 })
    for (const bytes of samples) {
      gateway.write(encodeFrame({ command: 5, sequence: 1, body: bytes }))
      gateway.write(encodeFrame({ command: bytes[0] ?? 0, sequence: 1, body: bytes }))
    }
    await gateway.say('13800138000', '1', '在吗')
    expect(events.messages.map(({ text }) => text)).to.include('在吗')
    await close()
  })
})
