import { expect } from 'chai'
import type { Effect, FlowInput } from '../../bots/flow/state.ts'
import type { FlowRun } from '../../gateway/domain/flow-run.ts'
import { followClosing, followFailure, followTurn } from '../../gateway/measures/following.ts'
import { conversationIn, NOW_MS } from '../domain/conversations.ts'

const place = { flow: 'main', version: 3, block: 'menu' }
const run: FlowRun = { flow: 'main', version: 3, startedAt: new Date(NOW_MS - 40_000) }
const track = (event: string, data?: Record<string, unknown>): Effect => ({
  ...place,
  fx: 'track',
  event,
  ...(data && { data }),
})
const turn = (
  effects: Effect[],
  input: FlowInput = { in: 'text', text: '啥' },
  of: FlowRun | undefined = run,
) => followTurn({ run: of, places: [place], input, effects, nowMs: NOW_MS })
const end = (reason: string): Effect => ({ fx: 'end', reason })
const handoff: Effect = { fx: 'handoff', block: 'people', queue: 'general', context: {} }
const events = (happened: { block: string; event: string; label?: string }[]) =>
  happened.map(({ block, event, label }) =>
    [block, event, label].filter((each) => each !== undefined).join(' '),
  )

describe('what a turn tells of the flow', () => {
  it('who hangs up gives up, and their time in the flow is counted', () => {
    const { happened, run: after } = turn([track('abandon'), end('hangup')], { in: 'hangup' })
    expect(events(happened)).to.deep.equal(['menu abandon', ' gaveUp', ' ms', ' time 60000'])
    expect(happened.find(({ event }) => event === 'ms')!.amount).to.equal(40_000)
    expect(after!.endedAt).to.deep.equal(new Date(NOW_MS))
  })

  it('who talked with an agent and hangs up gives nothing up', () => {
    const asked = { ...run, askedAt: new Date(NOW_MS - 10_000) }
    const { happened } = turn([track('hangup'), end('hangup')], { in: 'hangup' }, asked)
    expect(events(happened)).to.deep.equal(['menu hangup'])
  })

  it('a person is asked for once, however often the hand-off is repeated', () => {
    const first = turn([track('enter'), handoff])
    expect(events(first.happened)).to.include.members(['menu asked', ' asked'])
    const again = turn([handoff], undefined, first.run)
    expect(events(again.happened)).to.deep.equal(['menu asked'])
  })

  it('a flow that broke was not asked for a person by anybody', () => {
    const { happened } = turn([track('loop'), handoff])
    expect(events(happened)).to.deep.equal(['menu loop', ' asked', ' ms', ' time 60000'])
    expect(events(followFailure(run, [place], NOW_MS).happened)).to.include.members([
      'menu broken',
      ' asked',
    ])
  })

  it('what is marked keeps what tells of it, and no word of anybody', () => {
    const { happened } = turn([
      track('survey', { survey: 'csat', score: 4 }),
      track('surveyComment', { comment: '我叫张三' }),
      track('intent', { intent: null }),
      track('fail', { code: 'DOWN' }),
      track('custom:vip', { phone: '138' }),
    ])
    expect(events(happened)).to.deep.equal([
      'menu survey 4',
      'menu surveyComment',
      'menu intent',
      'menu fail DOWN',
      'menu custom vip',
    ])
    expect(JSON.stringify(happened)).to.not.match(/张三|138/)
  })

  it('a conversation closed for silence was left where it waited, at its last word', () => {
    const before = { ...conversationIn('bot'), flowRun: run, bot: {} }
    const closed = { ...before, state: 'closed' as const }
    const left = followClosing(before, closed, () => [place])
    expect(events(left)).to.deep.equal(['menu abandon', ' gaveUp', ' ms', ' time 15000'])
    expect(followClosing(closed, closed, () => [place])).to.deep.equal([])
    const done = { ...closed, flowRun: { ...run, endedAt: new Date(NOW_MS) } }
    expect(followClosing(before, done, () => [place])).to.deep.equal([])
  })

  it('one that an agent had is not given up when it closes', () => {
    const asked = { ...run, askedAt: new Date(NOW_MS - 10_000) }
    const before = { ...conversationIn('agent'), flowRun: asked }
    expect(followClosing(before, { ...before, state: 'closed' }, () => [place])).to.deep.equal([])
  })
})
