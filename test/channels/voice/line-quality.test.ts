import { mock } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { expect } from 'chai'
import { LineQuality, qualityBetween } from '../../../channels/voice/line-quality.ts'
import type { Party } from '../../../channels/voice/party.ts'
import type { LegStats } from '../../../media/media.ts'

const nothing: LegStats = {
  packetsReceived: 0,
  packetsLost: 0,
  packetsLate: 0,
  packetsSent: 0,
  jitterMs: 0,
}

describe('voice: how well people are heard', () => {
  it('what is lost or late counts against what was sent since the last look', () => {
    const before = { ...nothing, packetsReceived: 1000, packetsLost: 200, packetsLate: 5 }
    const now = { ...nothing, packetsReceived: 1230, packetsLost: 220, packetsLate: 10 }
    expect(qualityBetween(before, now).lostPercent).to.equal(10)
  })

  it('a line on which nothing came yet is not a bad one', () => {
    expect(qualityBetween(undefined, nothing)).to.deep.equal({ lostPercent: 0, jitterMs: 0 })
  })

  it('counters that began anew are no loss', () => {
    const before = { ...nothing, packetsReceived: 1000, packetsLost: 200 }
    expect(qualityBetween(before, { ...nothing, packetsReceived: 50 }).lostPercent).to.equal(0)
  })

  it('looks only while people talk, and tells only of what changed', async () => {
    mock.timers.enable({ apis: ['setInterval'] })
    try {
      let [asked, told] = [0, 0]
      let stats = nothing
      const leg = {
        id: 'a',
        async stats() {
          asked++
          return stats
        },
      }
      const party = { state: 'connected', leg } as unknown as Party
      const quality = new LineQuality({
        parties: () => [party],
        onChange: () => told++,
        onError: (error) => expect.fail(String(error)),
      })
      const look = async (next: Partial<LegStats>) => {
        stats = { ...stats, ...next }
        mock.timers.tick(5000)
        await turn()
      }
      await look({})
      expect(asked).to.equal(0)
      quality.watch(true)
      quality.watch(true)
      await look({ packetsReceived: 250, jitterMs: 4 })
      expect([asked, told]).to.deep.equal([1, 1])
      expect(party.quality).to.deep.equal({ lostPercent: 0, jitterMs: 5 })
      await look({ packetsReceived: 500, jitterMs: 6 })
      expect([asked, told]).to.deep.equal([2, 1])
      await look({ packetsReceived: 725, packetsLost: 25 })
      expect([asked, told]).to.deep.equal([3, 2])
      expect(party.quality?.lostPercent).to.equal(10)
      quality.watch(false)
      await look({ packetsLost: 100 })
      expect(asked).to.equal(3)
    } finally {
      mock.timers.reset()
    }
  })
})
