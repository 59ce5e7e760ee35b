import { expect } from 'chai'
import { abandonShare, sortAgents, totals } from '../../../admin/src/wallboard/figures.ts'
import {
  EVERY_MS,
  KEPT_MS,
  loadSamples,
  saveSamples,
  withSample,
} from '../../../admin/src/wallboard/samples.ts'
import { worstPressure } from '../../../admin/src/wallboard/worstPressure.ts'
import type { QueueCard } from '../../../gateway/desk/protocol.ts'
import { agent, welcome } from '../desk/samples.ts'

const queue = (id: string, waiting: number, longestWaitMs: number): QueueCard => ({
  id,
  name: { zh: id, en: id },
  waiting,
  calls: 0,
  longestWaitMs,
  offered: 0,
  readyAgents: 0,
  open: true,
  warnAfterMs: 60_000,
  alarmAfterMs: 120_000,
})

describe('admin wallboard: figures', () => {
  it('adds up queues and agents', () => {
    const sums = totals(
      [queue('a', 2, 30_000), queue('b', 1, 50_000)],
      [
        { ...agent, load: 2 },
        { ...agent, id: 'a2', state: 'wrapUp', load: 1 },
        { ...agent, id: 'a3', state: 'offline' },
      ],
      5000,
    )
    expect(sums).to.deep.equal({
      waiting: 3,
      serving: 3,
      present: 2,
      longestWaitMs: 55_000,
      byState: { ready: 1, busy: 0, wrapUp: 1, offline: 1 },
    })
  })

  it('waiting goes on between two frames, but not in an empty queue', () => {
    expect(worstPressure([queue('a', 1, 55_000)], 0)).to.equal('calm')
    expect(worstPressure([queue('a', 1, 55_000)], 6000)).to.equal('warn')
    expect(worstPressure([queue('a', 0, 0), queue('b', 1, 55_000)], 70_000)).to.equal('alarm')
    expect(worstPressure([queue('a', 0, 0)], 500_000)).to.equal('calm')
  })

  it('a day on which nobody was to be served has no abandon rate', () => {
    const { day } = welcome([])
    expect(abandonShare(day)).to.equal(undefined)
    expect(abandonShare({ ...day, accepted: 3, abandoned: 1 })).to.equal(0.25)
  })

  it('the ready stand first', () => {
    const sorted = sortAgents([
      { ...agent, id: '1', state: 'offline' },
      { ...agent, id: '2', state: 'busy' },
      { ...agent, id: '3', state: 'ready' },
    ])
    expect(sorted.map(({ id }) => id)).to.deep.equal(['3', '2', '1'])
  })

  it('half an hour of samples is kept, however long the screen hangs there', () => {
    let samples = withSample([], { atMs: 0, waiting: 1 })
    for (let atMs = 0; atMs <= 2 * KEPT_MS; atMs += EVERY_MS)
      samples = withSample(samples, { atMs, waiting: 1 })
    expect(samples).to.have.length(KEPT_MS / EVERY_MS)
    expect(samples[0]!.atMs).to.be.greaterThan(KEPT_MS)
  })

  it('many changes in a moment are one sample, the newest', () => {
    const first = withSample([], { atMs: 10_000, waiting: 1 })
    expect(withSample(first, { atMs: 10_100, waiting: 4 })).to.deep.equal([
      { atMs: 10_100, waiting: 4 },
    ])
  })

  it('a reload keeps the chart, a broken value empties it', () => {
    const kept = new Map<string, string>()
    const shelf = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    }
    saveSamples(shelf, [{ atMs: 1, waiting: 2 }])
    expect(loadSamples(shelf)).to.deep.equal([{ atMs: 1, waiting: 2 }])
    expect(loadSamples({ getItem: () => '{"half' })).to.deep.equal([])
  })
})
