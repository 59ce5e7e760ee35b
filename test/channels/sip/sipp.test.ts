import { expect } from 'chai'
import type { IncomingCall, SipEngine, SipTarget } from '../../../channels/sip/sip-engine.ts'
import { RFC_TIMERS } from '../../../channels/sip/timing/sip-timers.ts'
import { closeAll, engine, policy, SDP, told } from './ladder.ts'
import { freePort, runSipp, scenario, sippMissing, startSipp } from './sipp.ts'
import { describeWhere } from '../../harness/needs.ts'

const CALLS = '20'

/** Answers the way the called number asks for. */
function serve(
  yilu: SipEngine,
  handle: (call: IncomingCall) => Promise<void>,
): { ended: string[] } {
  const ended: string[] = []
  yilu.onCall = async (call) => {
    call.onOffer = async () => SDP
    call.onEnded = ({ by, status }) => ended.push(`${by} ${status}`)
    await handle(call).catch(() => undefined)
  }
  return { ended }
}

const ringAndAnswer = async (call: IncomingCall): Promise<void> => {
  await call.ring()
  await call.answer(SDP)
}

describeWhere(sippMissing, 'sip: with sipp at the other end', function () {
  this.timeout(40_000)
  afterEach(closeAll)

  let yilu: SipEngine
  const caller = async (
    args: string[],
    handle = ringAndAnswer,
    options: Parameters<typeof engine>[0] = {},
  ): Promise<string[]> => {
    yilu = await engine({ timers: RFC_TIMERS, ...options })
    const { ended } = serve(yilu, handle)
    const peer = `127.0.0.1:${yilu.listening[0]!.port}`
    const { code, output } = await runSipp([...args, '-m', CALLS, '-r', '50', peer])
    expect(code, output).to.equal(0)
    expect(yilu.stats().calls).to.equal(0)
    return ended
  }

  it('its own caller (uac)', async () => {
    const ended = await caller(['-sn', 'uac'])
    expect(ended).to.deep.equal(Array(20).fill('them 200'))
  })

  it('its own caller over TCP', async () => {
    const listen = [{ transport: 'tcp' as const, host: '127.0.0.1', port: 0 }]
    const ended = await caller(['-sn', 'uac', '-t', 't1'], ringAndAnswer, { listen })
    expect(ended).to.deep.equal(Array(20).fill('them 200'))
  })

  for (const name of ['update', 'hold', 'byedup', 'late-offer', 'info'])
    it(`scenario ${name}`, async () => {
      const ended = await caller(scenario(name))
      expect(ended).to.deep.equal(Array(20).fill('them 200'))
    })

  it('scenario prack', async () => {
    await caller(scenario('prack'), async (call) => {
      await call.ring(SDP)
      await call.answer(SDP)
    })
  })

  it('scenario noack', async () => {
    await caller(scenario('noack'), (call) => call.answer(SDP), { timers: { t1: 50, t2: 400 } })
    // 50, 150 and 350 ms after the first; on a busy machine not all of them in time
    expect(yilu.stats().retransmitted).to.be.at.least(20)
  })

  it('scenario cancel', async () => {
    const ended = await caller(scenario('cancel'), (call) => call.ring())
    expect(ended).to.deep.equal(Array(20).fill('them 487'))
  })

  it('scenario reg: digest as sipp does it', async () => {
    await caller(scenario('reg'), ringAndAnswer, {
      policy: policy({ peerByAddress: () => undefined }),
    })
  })

  it('its own answering side (uas): twenty calls of ours', async () => {
    const port = await freePort()
    const uas = startSipp(['-sn', 'uas', '-p', String(port), '-m', CALLS])
    yilu = await engine({ timers: RFC_TIMERS })
    const target: SipTarget = { host: '127.0.0.1', port, transport: 'udp' }
    const call = (n: number): Promise<string> => {
      const { promise, tell } = told<string>()
      const made = yilu.call({
        uri: `sip:${n}@127.0.0.1:${port}`,
        target,
        from: { number: '12301' },
        to: { number: String(n) },
        sdp: SDP,
      })
      made.onAnswered = (sdp) => {
        expect(sdp).to.contain('m=audio')
        made.hangUp()
      }
      made.onEnded = ({ by, status }) => tell(`${by} ${status}`)
      return promise
    }
    const ended = await Promise.all(Array.from({ length: 20 }, (_, n) => call(n)))
    expect(ended).to.deep.equal(Array(20).fill('us 200'))
    const { code, output } = await uas.done
    expect(code, output).to.equal(0)
  })
})
