import { expect } from 'chai'
import type {
  Registration,
  RegistrationState,
  SipEngine,
} from '../../../channels/sip/sip-engine.ts'
import { closeAll, engine, policy, RawUa, HASTY } from './ladder.ts'
import { VirtualClock } from './virtual-clock.ts'

/** States as they come, one by one. */
class States {
  readonly all: RegistrationState[] = []
  #wake: (() => void) | undefined
  readonly onState = (state: RegistrationState): void => {
    this.all.push(state)
    this.#wake?.()
  }
  async next<K extends RegistrationState['state']>(
    kind: K,
  ): Promise<Extract<RegistrationState, { state: K }>> {
    for (;;) {
      const state = this.all.shift()
      if (state?.state === kind) return state as Extract<RegistrationState, { state: K }>
      if (!state) await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }
}

function start(
  yilu: SipEngine,
  port: number,
  changes: Partial<Registration> = {},
): { states: States; stop: () => Promise<void> } {
  const states = new States()
  const stop = yilu.register({
    registrar: { host: '127.0.0.1', port, transport: 'udp' },
    aor: 'sip:801@yilu.test',
    credentials: { userName: '801', password: 'secret' },
    expiresSeconds: 600,
    onState: states.onState,
    ...changes,
  })
  return { states, stop }
}

describe('sip: registering with a provider', () => {
  afterEach(closeAll)

  it('with a registrar that wants the password: bound, and taken back on leaving', async () => {
    const provider = await engine({ policy: policy({ realm: 'yilu.test' }) })
    const yilu = await engine()
    const { states, stop } = start(yilu, provider.listening[0]!.port)
    await states.next('registered')
    const [binding] = provider.bindings('801')
    expect(binding!.uri).to.equal(`sip:801@127.0.0.1:${yilu.listening[0]!.port}`)
    await stop()
    expect(provider.bindings('801')).to.deep.equal([])
  })

  it('a wrong password is told; the next try is not at once', async () => {
    const provider = await engine()
    const yilu = await engine()
    const credentials = { userName: '801', password: 'guess' }
    const { states } = start(yilu, provider.listening[0]!.port, { credentials })
    const failed = await states.next('failed')
    expect(failed.status).to.equal(403)
    expect(failed.retryAtMs - Date.now()).to.be.within(10_000, 31_000)
  })

  it('refreshed in time, as long as the registrar grants', async () => {
    const clock = new VirtualClock()
    const yilu = await engine({ clock })
    const ua = await RawUa.open(yilu)
    const { states } = start(yilu, ua.port)
    const first = await ua.next('REGISTER')
    expect(first.header('Expires')).to.equal('600')
    const contact = `${first.header('Contact')};expires=120`
    ua.answer(first, 200, { contact: `<sip:801@another.test>;expires=9, ${contact}` })
    const { untilMs } = await states.next('registered')
    expect(untilMs - clock.now()).to.equal(120_000)
    clock.advance(95_999)
    await ua.flush()
    expect(ua.count('REGISTER')).to.equal(1)
    clock.advance(1)
    const second = await ua.next('REGISTER')
    expect(second.header('Call-ID')).to.equal(first.header('Call-ID'))
    expect(second.seq).to.equal(first.seq + 1)
    ua.answer(second, 200, { contact })
    await states.next('registered')
  })

  it('asked for longer: 423', async () => {
    const yilu = await engine()
    const ua = await RawUa.open(yilu)
    start(yilu, ua.port, { expiresSeconds: 60 })
    ua.answer(await ua.next('REGISTER'), 423, { extra: ['Min-Expires: 1800'] })
    expect((await ua.next('REGISTER')).header('Expires')).to.equal('1800')
  })

  it('away: the wait grows, and what it asks for is kept to', async () => {
    const clock = new VirtualClock()
    const yilu = await engine({ clock })
    const ua = await RawUa.open(yilu)
    const { states } = start(yilu, ua.port)
    const waits: number[] = []
    for (let i = 0; i < 4; i++) {
      ua.answer(await ua.next('REGISTER'), 500)
      const wait = (await states.next('failed')).retryAtMs - clock.now()
      waits.push(wait)
      clock.advance(wait)
    }
    waits.forEach((wait, i) => expect(wait).to.be.within(15_000 * 2 ** i, 30_000 * 2 ** i))
    ua.answer(await ua.next('REGISTER'), 503, { extra: ['Retry-After: 77'] })
    expect((await states.next('failed')).retryAtMs - clock.now()).to.equal(77_000)
  })

  it('nobody there', async () => {
    const yilu = await engine({ timers: HASTY })
    const ua = await RawUa.open(yilu)
    const { states, stop } = start(yilu, ua.port)
    expect((await states.next('failed')).status).to.equal(408)
    await stop()
  })

  it('the state is told from the first moment', async () => {
    const yilu = await engine()
    const ua = await RawUa.open(yilu)
    const { states } = start(yilu, ua.port)
    expect(states.all[0]).to.deep.equal({ state: 'registering' })
    ua.answer(await ua.next('REGISTER'), 200)
    await states.next('registered')
  })
})
