import { expect } from 'chai'
import { answering, closeAll, engine, SDP, told } from './ladder.ts'
import { LossyRelay } from './lossy-relay.ts'
import { VirtualClock } from './virtual-clock.ts'

const CALLS = 100
/** 64·T1 is 6.4 s: the machine may be busy with other things than a hundred calls at once */
const timers = { t1: 100, t2: 800, t4: 1000 }

describe('sip: a bad line', () => {
  let relay: LossyRelay | undefined
  afterEach(async () => {
    await closeAll()
    relay?.close()
    relay = undefined
  })

  it('a hundred calls with 5 % lost, 5 % doubled, 5 % late: all complete, none is answered twice', async () => {
    const callee = await engine({ timers })
    const calls = answering(callee)
    relay = await LossyRelay.open(callee.listening[0]!.port, 0.05, 42)
    const { port } = relay
    const caller = await engine({ timers })
    let answers = 0
    const one = async (n: number): Promise<string> => {
      const call = caller.call({
        uri: `sip:${n}@127.0.0.1:${port}`,
        target: { host: '127.0.0.1', port, transport: 'udp' },
        from: { number: '139' },
        to: { number: String(n) },
        sdp: SDP,
      })
      const ended = told<string>()
      call.onAnswered = () => {
        answers++
        call
          .reoffer(SDP)
          .catch(() => undefined)
          .finally(() => call.hangUp())
      }
      call.onEnded = ({ by, status, reason }) =>
        ended.tell(`${by} ${status} ${reason ?? ''}`.trim())
      return ended.promise
    }
    const ended = await Promise.all(Array.from({ length: CALLS }, (_, n) => one(n)))
    expect(ended).to.deep.equal(Array(CALLS).fill('us 200'))
    expect(answers).to.equal(CALLS)
    expect(new Set(calls.map((call) => call.callId)).size).to.equal(CALLS)
    expect(calls).to.have.length(CALLS)
    expect(relay.lost).to.be.above(40)
    expect(caller.stats().retransmitted + callee.stats().retransmitted).to.be.above(40)
  })

  it('nothing is left behind when the last timer has run', async () => {
    const clock = new VirtualClock()
    const a = await engine({ clock })
    const b = await engine({ clock })
    const calls = answering(b)
    for (let n = 0; n < 5; n++) {
      const call = a.call({
        uri: `sip:${n}@127.0.0.1:${b.listening[0]!.port}`,
        from: { number: '139' },
        to: { number: String(n) },
        sdp: SDP,
      })
      const answered = told<void>()
      const ended = told<void>()
      call.onAnswered = () => answered.tell()
      await answered.promise
      call.onEnded = () => ended.tell()
      if (n % 2) call.hangUp()
      else calls[n]!.hangUp()
      await ended.promise
      const target = { ...b.listening[0]! }
      await a.ping(target)
      await b.ping({ ...a.listening[0]! })
    }
    clock.advance(60_000)
    expect([a.stats(), b.stats()].map((s) => [s.calls, s.transactions, s.dialogs])).to.deep.equal([
      [0, 0, 0],
      [0, 0, 0],
    ])
  })
})
