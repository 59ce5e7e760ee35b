import { expect } from 'chai'
import fc from 'fast-check'
import type { ReplyWindow } from '../../gateway/domain/reply-window.ts'
import {
  closedWindow,
  openWindow,
  takeFromWindow,
  viewWindow,
} from '../../gateway/domain/reply-window.ts'

const HOUR_MS = 3_600_000
const word = { reason: 'message' as const, count: 5, untilMs: 48 * HOUR_MS }

describe('what a provider lets us write', () => {
  it('nothing is granted: nothing can be taken', () => {
    expect(takeFromWindow(closedWindow, 1, 0)).to.equal(undefined)
    expect(viewWindow(closedWindow, 0)).to.deep.equal({ open: false })
  })

  it('five messages for a word, the sixth is refused, and the next word grants five anew', () => {
    let window: ReplyWindow = openWindow(closedWindow, word, 0)
    for (let n = 4; n >= 0; n--) {
      window = takeFromWindow(window, 1, 0)!
      expect(viewWindow(window, 0)).to.include({ left: n, open: n > 0 })
    }
    expect(takeFromWindow(window, 1, 0)).to.equal(undefined)
    window = openWindow(window, word, 0)
    expect(viewWindow(window, 0).left).to.equal(5)
  })

  it('after 48 hours it is closed, whatever is left', () => {
    const window = openWindow(closedWindow, word, 0)
    expect(viewWindow(window, 48 * HOUR_MS - 1)).to.include({ open: true, left: 5 })
    expect(viewWindow(window, 48 * HOUR_MS)).to.deep.equal({ open: false })
    expect(takeFromWindow(window, 1, 48 * HOUR_MS)).to.equal(undefined)
  })

  it('what ends first is used first: a tap on the menu saves the five of the word', () => {
    const both = openWindow(
      openWindow(closedWindow, word, 0),
      { reason: 'menu', count: 3, untilMs: 60_000 },
      0,
    )
    expect(viewWindow(both, 0)).to.include({ left: 8, untilMs: word.untilMs })
    const after = takeFromWindow(both, 3, 0)!
    expect(viewWindow(after, 60_000).left).to.equal(5)
  })

  it('more than is left takes nothing at all', () => {
    const window = openWindow(closedWindow, word, 0)
    expect(takeFromWindow(window, 6, 0)).to.equal(undefined)
    expect(viewWindow(takeFromWindow(window, 5, 0)!, 0)).to.include({ open: false, left: 0 })
  })

  it('where any number is granted, the counted ones are kept', () => {
    const window = openWindow(
      openWindow(closedWindow, word, 0),
      { reason: 'follow', untilMs: HOUR_MS },
      0,
    )
    expect(viewWindow(window, 0)).to.deep.equal({ open: true, untilMs: word.untilMs })
    const after = takeFromWindow(window, 100, 0)!
    expect(viewWindow(after, HOUR_MS).left).to.equal(5)
  })

  it('never is more taken than was granted, in whatever order things happen', () => {
    const step = fc.oneof(
      fc.record({
        grant: fc.record({
          reason: fc.constantFrom('message' as const, 'menu' as const, 'scan' as const),
          count: fc.nat(5),
          untilMs: fc.nat(1000),
        }),
      }),
      fc.record({ take: fc.integer({ min: 1, max: 4 }) }),
      fc.record({ passMs: fc.nat(200) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let [window, nowMs, granted, taken] = [closedWindow, 0, 0, 0]
        for (const each of steps) {
          if ('grant' in each) {
            window = openWindow(window, each.grant, nowMs)
            granted += each.grant.count
          } else if ('take' in each) {
            const next = takeFromWindow(window, each.take, nowMs)
            if (next) [window, taken] = [next, taken + each.take]
          } else nowMs += each.passMs
        }
        return taken <= granted
      }),
    )
  })
})
