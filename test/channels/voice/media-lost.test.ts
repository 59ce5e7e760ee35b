/** The media worker of a talk dies: everybody is told, nobody is stuck, and the next call works. */
import { expect } from 'chai'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Envelope } from '../../../channels/channel.ts'
import { createSipEngine } from '../../../channels/sip/stack.ts'
import type { SipEngine } from '../../../channels/sip/sip-engine.ts'
import { TrunkLines } from '../../../channels/voice/trunk-lines.ts'
import { Voice } from '../../../channels/voice/voice.ts'
import type { VoiceOptions } from '../../../channels/voice/voice-options.ts'
import type { Conversation } from '../../../gateway/domain/conversation.ts'
import { createMediaEngine } from '../../../media/engine/engine.ts'
import { SimulatedPhone } from '../../harness/phone.ts'
import { AGENT, CALLER } from './scene.ts'

const LIN = '13811112222'

describe('the media worker dies during a talk', function () {
  this.timeout(30_000)
  let dir: string
  let media: Awaited<ReturnType<typeof createMediaEngine>>
  let sip: SipEngine
  let voice: Voice
  let tourist: SimulatedPhone
  let outside: SimulatedPhone
  const told: Envelope[] = []
  const finished: object[] = []
  const errors: unknown[] = []

  before(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'yilu-media-lost-'))
    media = await createMediaEngine({ onError: (error) => errors.push(error) })
    sip = await createSipEngine({
      listen: [{ transport: 'udp', host: '127.0.0.1', port: 0 }],
      policy: {
        realm: 'test',
        peerByAddress: () => ({ kind: 'trunk', id: 'local' }),
        credentials: () => undefined,
        admit: () => ({ ok: true }),
      },
    })
    tourist = await SimulatedPhone.start()
    outside = await SimulatedPhone.start()
    voice = new Voice(options())
  })
  after(async () => {
    await tourist.stop()
    await outside.stop()
    await voice.stop()
    await rm(dir, { recursive: true })
  })

  /** An intake in which every call belongs to one agent, on a telephone, from its first moment. */
  function options(): VoiceOptions {
    const trunk = {
      ...{ _id: 'out', host: '127.0.0.1', port: outside.port, transport: 'udp' as const },
      callerNumbers: ['02912301'],
    }
    const ignore = async () => undefined
    return {
      ...({ conversations: {}, identities: {} } as Pick<
        VoiceOptions,
        'conversations' | 'identities'
      >),
      media,
      sip,
      speech: { say: async () => ({ file: '' }) } as unknown as VoiceOptions['speech'],
      voiceOf: () => ({}),
      asr: { locales: () => [] } as unknown as VoiceOptions['asr'],
      lines: new TrunkLines(),
      book: {
        account: () =>
          ({ _id: 'phone', record: true }) as ReturnType<VoiceOptions['book']['account']>,
        trunksForCalling: () => [trunk],
        trunk: () => trunk,
        clientCredentials: () => undefined,
      },
      async receive(envelope) {
        told.push(envelope)
        if (envelope.kind === 'call') voice.changed(legOf(envelope), changeOf(envelope))
        return 'new'
      },
      recordings: {
        begin: async () => ({ id: 'r', file: path.join(dir, `${told.length}.wav`) }),
        finish: async (_id, result) => finished.push(result),
      },
      voicemail: { leave: ignore },
      audioFile: async () => '',
      recordingFile: async () => '',
      saveFile: async () => ({}) as never,
      music: async () => [],
      ringback: async () => undefined,
      queue: () => undefined,
      position: () => undefined,
      agent: () => ({
        displayName: '林',
        device: { kind: 'number', number: LIN },
        connected: true,
      }),
      ...{ accept: ignore, decline: ignore, finish: ignore, leaveTo: ignore, takeOver: ignore },
      ...{ handBack: ignore, agentUnreachable: ignore, note: ignore },
      publish: () => undefined,
      now: Date.now,
      onError: (error) => errors.push(error),
    } as VoiceOptions
  }

  const legOf = ({ accountId, threadKey }: Envelope): Conversation['legs'][number] => ({
    ...{ id: 'leg', accountId, channel: 'voice', identityId: 'i', threadKey },
    state: 'open',
    openedAt: new Date(),
  })
  const changeOf = (envelope: Envelope) => ({
    after: {
      ...{ _id: envelope.threadKey, contactId: 'c', state: 'agent', agentId: 'lin', lang: 'zh-CN' },
      legs: [legOf(envelope)],
    } as unknown as Conversation,
    messages: [],
  })

  async function talk() {
    const rings = outside.answer('answer', 0, LIN)
    const [caller, agent] = await Promise.all([
      tourist.call(sip.listening[0]!.port, '12301', '13900000001'),
      rings,
    ])
    caller.hum(CALLER)
    agent.hum(AGENT)
    await Promise.all([caller.hearsTone(AGENT), agent.hearsTone(CALLER)])
    return { caller, agent }
  }

  it('both ends get a BYE that says why, the conversation is told of a fault, and the next call is talked', async () => {
    const { caller, agent } = await talk()
    media.crashWorker(0, 'exit')
    const ends = await Promise.all([caller.ended, agent.ended])
    expect(ends.map(({ by }) => by)).to.deep.equal(['them', 'them'])
    expect(ends[0].reason).to.include('media failure')
    const hungUp = () => told.filter(({ kind }) => kind === 'hangUp')
    while (!hungUp().length) await new Promise((resolve) => setTimeout(resolve, 10))
    expect(hungUp().map(({ outcome }) => outcome)).to.deep.equal(['fault'])
    expect([...voice.calls]).to.have.length(0)
    expect(finished).to.have.length(1)

    // a new worker takes the place of the one that died
    while (!media.load().some(({ used }) => used < 1))
      await new Promise((resolve) => setTimeout(resolve, 10))
    const next = await talk()
    next.caller.hangUp()
    await next.agent.ended
    while (hungUp().length < 2) await new Promise((resolve) => setTimeout(resolve, 10))
    expect(hungUp().map(({ outcome }) => outcome)).to.deep.equal(['fault', 'contact'])
  })
})
