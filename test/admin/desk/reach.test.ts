import { expect } from 'chai'
import { remaining, windowMark } from '../../../admin/src/desk/composer/replyWindow.ts'
import { filledParams, missingParams } from '../../../admin/src/desk/composer/templateParams.ts'
import { firstState, reduce } from '../../../admin/src/desk/state.ts'
import type { DeskAction } from '../../../admin/src/desk/state.ts'
import { delivered, emptyThread, pushed } from '../../../admin/src/desk/thread/threadState.ts'
import { isUndelivered } from '../../../admin/src/desk/thread/isUndelivered.ts'
import type { Reach } from '../../../gateway/desk/protocol.ts'
import type { DeliveryState } from '../../../gateway/domain/message.ts'
import { card, message } from './samples.ts'

const HOUR_MS = 3_600_000
const reach: Reach = {
  ...{ accountId: 'wx', channel: 'wechat', maxTextChars: 600, media: true },
  ...{ segments: false, templates: true, window: { open: true, left: 5, untilMs: HOUR_MS } },
}

describe('admin desk: what may still be written', () => {
  it('is calm with messages and time to spare', () => {
    expect(windowMark({ open: true, left: 5, untilMs: HOUR_MS }, 0)).to.deep.equal({
      ...{ tone: 'calm', left: 5, untilMs: HOUR_MS, remainingMs: HOUR_MS },
    })
    expect(windowMark({ open: true, untilMs: HOUR_MS }, 0)).to.include({ tone: 'calm' })
    expect(windowMark({ open: true }, 0)).to.deep.equal({ tone: 'calm' })
  })

  it('is amber at two messages, and below half an hour', () => {
    expect(windowMark({ open: true, left: 2, untilMs: HOUR_MS }, 0).tone).to.equal('amber')
    expect(windowMark({ open: true, left: 3, untilMs: HOUR_MS }, 0).tone).to.equal('calm')
    const untilMs = 30 * 60_000
    expect(windowMark({ open: true, left: 5, untilMs }, 0).tone).to.equal('calm')
    expect(windowMark({ open: true, left: 5, untilMs }, 1).tone).to.equal('amber')
  })

  it('is closed when told so, when the last message went, and when the time is up', () => {
    expect(windowMark({ open: false }, 0)).to.deep.equal({ tone: 'closed' })
    expect(windowMark({ open: true, left: 0, untilMs: HOUR_MS }, 0).tone).to.equal('closed')
    expect(windowMark({ open: true, left: 5, untilMs: HOUR_MS }, HOUR_MS).tone).to.equal('closed')
  })

  it('tells the time left in days, in hours, and by the clock at the end', () => {
    expect(remaining(47 * HOUR_MS)).to.deep.equal({ unit: 'days', days: 1, hours: 23, minutes: 0 })
    expect(remaining(1.5 * HOUR_MS)).to.include({ unit: 'hours', hours: 1, minutes: 30 })
    expect(remaining(HOUR_MS - 1)).to.include({ unit: 'clock', minutes: 59 })
    expect(remaining(-1)).to.include({ unit: 'clock', minutes: 0 })
  })

  it('comes with the thread, follows what is pushed, and goes with it', () => {
    const act = (state: typeof firstState, action: DeskAction) => reduce(state, action, 0)
    let state = act(firstState, { t: 'conversation', card: card('c1') })
    state = act(state, { t: 'opening', conversationId: 'c1' })
    const result = { card: card('c1'), messages: [], more: false, reach }
    state = act(state, { t: 'opened', conversationId: 'c1', afterSeq: 0, result })
    expect(state.reach['c1']).to.equal(reach)
    const closed = { ...reach, window: { open: false } }
    state = act(state, { t: 'reach', conversationId: 'c1', reach: closed })
    expect(state.reach['c1']).to.equal(closed)
    // it goes on by telephone alone
    expect(act(state, { t: 'reach', conversationId: 'c1' }).reach).to.deep.equal({})
    expect(act(state, { t: 'left', conversationId: 'c1' }).reach).to.deep.equal({})
  })
})

describe('admin desk: a template to fill in', () => {
  const template = {
    params: [
      { key: 'place', label: '地点' },
      { key: 'time', label: '时间' },
    ],
  }
  it('names what is missing, and blanks are nothing', () => {
    expect(missingParams(template, { place: '城墙', time: '  ' })).to.deep.equal(['time'])
  })
  it('sends its own parameters, not those of one looked at before', () => {
    const typed = { place: ' 城墙 ', time: '9 点', other: 'x' }
    expect(filledParams(template, typed)).to.deep.equal({ place: '城墙', time: '9 点' })
  })
})

describe('admin desk: a message that did not arrive', () => {
  const thread = (state: DeliveryState) =>
    pushed(emptyThread, message(1, { direction: 'out', delivery: { state } }))
  const stateAfter = (before: DeliveryState, after: DeliveryState) =>
    delivered(thread(before), 1, after).messages[0]!.delivery?.state

  it('begins anew when it is sent again', () => {
    expect(stateAfter('failed', 'queued')).to.equal('queued')
    expect(stateAfter('unknown', 'queued')).to.equal('queued')
    expect(stateAfter('expired', 'queued')).to.equal('queued')
  })
  it('a late receipt moves nothing back otherwise', () => {
    expect(stateAfter('delivered', 'queued')).to.equal('delivered')
    expect(stateAfter('delivered', 'sent')).to.equal('delivered')
    expect(stateAfter('failed', 'sending')).to.equal('failed')
  })
  it('asks for a decision only where there is one to take', () => {
    expect(isUndelivered({ direction: 'out', delivery: { state: 'unknown' } })).to.equal(true)
    expect(isUndelivered({ direction: 'out', delivery: { state: 'sent' } })).to.equal(false)
    expect(isUndelivered({ direction: 'in', delivery: { state: 'failed' } })).to.equal(false)
    expect(isUndelivered({ direction: 'out' })).to.equal(false)
  })
})
