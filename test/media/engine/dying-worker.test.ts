import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { createMediaEngine } from '../../../media/engine/engine.ts'
import type { Room } from '../../../media/media.ts'
import { RtpPhone } from '../../harness/rtp-phone.ts'

const TONE = 500

describe('a media worker that dies', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'yilu-die-'))
  after(() => rmSync(folder, { recursive: true }))

  for (const how of ['exit', 'throw', 'memory'] as const) {
    it(`by ${how}: its rooms are told, the others go on, and a new one takes its place`, async () => {
      const errors: Error[] = []
      const engine = await createMediaEngine({
        workers: 2,
        recording: { minFreeBytes: 0 },
        onError: (error) => errors.push(error),
      })
      const phone = await RtpPhone.open()
      try {
        const lost = await engine.openRoom()
        const leg = await lost.addRtp()
        const safe = await engine.openRoom()
        const safeLeg = await safe.addRtp()
        expect(engine.load().map(({ rooms }) => rooms)).to.deep.equal([1, 1])
        const playback = leg.play({ silenceMs: 60_000 })
        const file = path.join(folder, `${how}.wav`)
        const recording = await lost.record(file, { left: [leg.id], right: [] })
        phone.talkTo(safeLeg.answer(phone.sdp()).sdp)
        safeLeg.play({ tone: { hz: [TONE], onMs: 100, offMs: 0 } }, { loop: true })

        const told = new Promise<string>((resolve) => (lost.onLost = resolve))
        engine.crashWorker(0, how)
        expect(await told).to.be.a('string')
        expect(await playback.ended).to.equal('closed')
        expect((await recording.stop()).bytes).to.be.at.least(44)
        // what is left of it does nothing and harms nobody
        leg.sendDigits('1')
        leg.close()
        await lost.close()
        const refused = await lost.addRtp().catch((error: { code: string }) => error.code)
        expect(refused).to.equal('NO_CALL')
        expect(errors.some(({ message }) => message.includes('media worker 0 died'))).to.be.true

        await phone.hears([TONE], [TONE])
        await phone.until(() => engine.load()[0]!.used < 1)
        const rooms = await Promise.all([engine.openRoom(), engine.openRoom()])
        await Promise.all(rooms.map((room) => room.addRtp()))
        expect(engine.load()[0]!.rooms).to.be.greaterThan(0)
      } finally {
        phone.close()
        await engine.stop()
      }
    })
  }

  it('refuses what is beyond the admitted load', async () => {
    const engine = await createMediaEngine()
    try {
      let refused: unknown
      const rooms: Room[] = []
      for (let i = 0; i < 400 && !refused; i++) {
        await engine.openRoom().then(
          (room) => rooms.push(room),
          (error: { code: string }) => (refused = error.code),
        )
      }
      expect(refused).to.equal('CALLS_FULL')
      expect(rooms.length).to.equal(300)
      await rooms[0]!.close()
      await engine.openRoom()
    } finally {
      await engine.stop()
    }
  })

  it('has no ports left: refuses the leg and goes on', async () => {
    const engine = await createMediaEngine({ rtpPorts: { from: 47_100, to: 47_109 } })
    try {
      const room = await engine.openRoom()
      const legs = []
      for (let i = 0; i < 4; i++) legs.push(await room.addRtp())
      const refused = await room.addRtp().catch((error: { code: string }) => error.code)
      expect(refused).to.equal('CALLS_FULL')
      for (const leg of legs) expect(leg.offer()).to.match(/m=audio 4710[0-7] /)
      legs[0]!.close()
      expect((await room.addRtp()).offer()).to.match(/m=audio 4710[0-7] /)
    } finally {
      await engine.stop()
    }
  })
})
