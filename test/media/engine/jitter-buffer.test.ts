import { expect } from 'chai'
import fc from 'fast-check'
import { JitterBuffer } from '../../../media/engine/jitter-buffer.ts'

const FRAME = 160
const packet = (fill: number, length = FRAME) => new Uint8Array(length).fill(fill)

/** Reads until something came, then as long as there is something. */
function readAll(buffer: JitterBuffer): number[] {
  const frames: number[] = []
  const out = new Uint8Array(FRAME)
  for (let i = 0; i < 40; i++) frames.push(buffer.read(out) ? out[0]! : 0)
  return frames
    .join()
    .replace(/^(0,)+|(,0)+$/g, '')
    .split(',')
    .map(Number)
}

describe('the jitter buffer', () => {
  it('hands out in the order of timestamps, over their wrap, once each', () => {
    const buffer = new JitterBuffer()
    const start = 2 ** 32 - 2 * FRAME
    for (const i of [0, 2, 1, 1, 3, 0]) {
      buffer.write((start + i * FRAME) >>> 0, packet(i + 1), 0)
    }
    expect(readAll(buffer)).to.deep.equal([1, 2, 3, 4])
  })

  it('whatever the order and the length of packets within its delay', () => {
    const lengths = fc.constantFrom(80, 160, 240, 320)
    fc.assert(
      fc.property(lengths, fc.shuffledSubarray([1, 2, 3, 4], { minLength: 4 }), (length, order) => {
        const buffer = new JitterBuffer()
        // the first anchors the timeline; two frames may come before it
        buffer.write(10_000, packet(9, length), 0)
        for (const i of order) buffer.write(10_000 + i * length, packet(9, length), 0)
        let got = 0
        for (let i = 0; i < 30; i++) got += buffer.read(new Uint8Array(FRAME))
        expect(got).to.equal(5 * length)
      }),
    )
  })

  it('a lost packet is a gap of its length', () => {
    const buffer = new JitterBuffer()
    for (const i of [0, 1, 3]) buffer.write(i * FRAME, packet(i + 1), 0)
    expect(readAll(buffer)).to.deep.equal([1, 2, 0, 4])
  })

  it('a timestamp that leaps begins a new stream instead of a long silence', () => {
    const buffer = new JitterBuffer()
    buffer.write(0, packet(1), 0)
    expect(readAll(buffer)).to.deep.equal([1])
    buffer.write(4_000_000, packet(2), 0)
    expect(readAll(buffer)).to.deep.equal([2])
    buffer.write(500, packet(3), 0)
    expect(readAll(buffer)).to.deep.equal([3])
  })

  it('packets that come too late make it wait longer, and are counted', () => {
    const buffer = new JitterBuffer()
    const out = new Uint8Array(FRAME)
    buffer.write(0, packet(1), 0)
    for (let i = 0; i < 5; i++) buffer.read(out)
    // from now on everything is 60 ms later than it was
    const heard: number[] = []
    for (let i = 1; i < 20; i++) {
      buffer.write(i * FRAME, packet(i), 0)
      heard.push(buffer.read(out) ? out[0]! : 0)
    }
    expect(buffer.late).to.be.within(1, 3)
    expect(heard.slice(6)).to.deep.equal(heard.slice(6).map((_, i) => heard[6]! + i))
  })

  it('what lasts too long in it is shortened again: a faster clock at the other end', () => {
    const buffer = new JitterBuffer()
    const out = new Uint8Array(FRAME)
    let last = 0
    let sent = 0
    for (let i = 0; i < 3000; i++) {
      // 1 % fast
      for (const upTo = Math.floor(i * 1.01); sent <= upTo; sent++) {
        buffer.write(sent * FRAME, packet(sent % 250), 0)
      }
      if (buffer.read(out)) last = sent
    }
    let waiting = 0
    while (buffer.read(out)) waiting++
    expect(last).to.equal(sent)
    expect(waiting).to.be.at.most(8)
  })

  it('any packets at all leave it working', () => {
    const step = fc.tuple(
      fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      fc.integer({ min: 0, max: 3000 }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
        const buffer = new JitterBuffer()
        for (const [timestamp, length] of steps) {
          buffer.write(timestamp, packet(1, length), length)
          buffer.read(new Uint8Array(FRAME))
        }
        buffer.write(77, packet(7), 0)
        for (let i = 0; i < 60; i++) buffer.read(new Uint8Array(FRAME))
        const far = 2_000_000_000
        buffer.write(far, packet(8), 0)
        buffer.write(far + FRAME, packet(9), 0)
        expect(readAll(buffer).slice(-2)).to.deep.equal([8, 9])
      }),
    )
  })
})
