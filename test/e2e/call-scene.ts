/** An afternoon on the telephone: calls that were recorded, messages left, one call in hand. */
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { SimulatedAgent } from '../harness/agent.ts'
import type { PhoneCall } from '../harness/phone.ts'
import { SimulatedPhone } from '../harness/phone.ts'
import type { Hotline } from './hotline.ts'
import { Scene } from './scene.ts'
import { until } from './until.ts'
import type { Voices } from './voices.ts'
import { renderVoices } from './voices.ts'

/** agents of earlier calls pick up here */
const AGENTS_NUMBER = '13811110000'

export class CallScene {
  readonly voices: Voices
  readonly tourist: SimulatedPhone
  /** whoever is called rings here */
  readonly outside: SimulatedPhone
  readonly hotline: Hotline
  private readonly people: Scene
  private readonly folder: string

  private constructor(
    hotline: Hotline,
    folder: string,
    voices: Voices,
    phones: [SimulatedPhone, SimulatedPhone],
  ) {
    this.hotline = hotline
    this.people = new Scene(hotline)
    this.folder = folder
    this.voices = voices
    this.tourist = phones[0]
    this.outside = phones[1]
  }

  static async open(hotline: Hotline): Promise<CallScene> {
    const folder = mkdtempSync(path.join(tmpdir(), 'yilu-voices-'))
    const [voices, ...phones] = await Promise.all([
      renderVoices(folder),
      SimulatedPhone.start(),
      SimulatedPhone.start(),
    ])
    const scene = new CallScene(hotline, folder, voices, phones)
    await scene.trunks()
    return scene
  }

  /** Somebody calls, presses these keys one after the other, and talks. */
  async calls(from: string, keys: string, ...says: string[]): Promise<PhoneCall> {
    const call = await this.tourist.call(this.hotline.product.sipPort, '12301', from)
    for (const key of keys) {
      call.forget()
      await call.hearsSound()
      call.press(key)
    }
    if (says.length) call.leg.play({ files: says }, { loop: true })
    return call
  }

  /** Two calls of earlier today, and their agent's notes. */
  async earlierCalls(): Promise<void> {
    const { product } = this.hotline
    const { voices } = this
    const amy = new SimulatedAgent(product.url)
    await amy.signIn('amy', product.password('amy'))
    await amy.connect()
    await amy.do({ do: 'phone', device: { kind: 'number', number: AGENTS_NUMBER } })
    for (const [from, name, says, seconds] of [
      ['13892001122', { name: '王芳', vip: true }, voices.tourist, 9],
      ['13700137000', { name: '李建国' }, voices.tourist2, 7],
    ] as const) {
      const rings = this.outside.answer('answer', 0, AGENTS_NUMBER)
      await amy.ready()
      const call = await this.calls(from, '10', says)
      const end = await rings
      await this.people.name(await this.people.newest(), name)
      end.leg.play({ files: [voices.agent] }, { loop: true })
      await new Promise((talked) => setTimeout(talked, seconds * 1000))
      call.hangUp()
      const served = () => amy.card(({ wrapUp }) => wrapUp !== undefined)
      await amy.until(() => served() !== undefined, 'the wrap-up')
      await amy.do({ do: 'wrapUpDone', conversationId: served()!.id, code: 'answered' })
    }
    await amy.do({ do: 'phone', device: { kind: 'browser' } })
    await amy.do({ do: 'state', state: 'offline' })
    amy.cut()
  }

  /** Nobody is there, so people leave messages. */
  async messages(): Promise<void> {
    for (const [from, name, says] of [
      ['13609180000', { name: '孙丽' }, this.voices.message],
      ['13571920000', { name: '周婷' }, this.voices.tourist2],
    ] as const) {
      const call = await this.calls(from, '10')
      const id = await this.people.newest()
      await this.people.name(id, name)
      await this.inState(id, 'queued')
      // the key that asks for it counts once the words about it are through
      const asks = setInterval(() => call.press('1'), 2000)
      await this.inState(id, 'bot')
      clearInterval(asks)
      await call.hearsTone(1000, 0.3)
      await call.leg.play({ files: [says] }).ended
      call.press('#')
      await call.ended
    }
  }

  /** In writing, meanwhile. */
  others(): Promise<void> {
    return this.people.waiting()
  }

  async inState(contactId: string, state: string): Promise<void> {
    await until(async () => {
      const { items } = await this.hotline.admin.get<{ items: { state: string }[] }>(
        `/conversations?contactId=${contactId}&limit=1`,
      )
      return items[0]?.state === state
    }, `the call to be ${state}`)
  }

  async nameNewest(change: { name: string; vip?: boolean; notes?: string }): Promise<void> {
    await this.people.name(await this.people.newest(), change)
  }

  /** The trunk of this machine gets an address as a provider has one: nobody calls over it any more. */
  async showProvider(): Promise<void> {
    const { admin } = this.hotline
    const { items } = await admin.get<{ items: { id: string; version: number }[] }>(
      '/telephony/trunks',
    )
    const { version } = items.find(({ id }) => id === 'telecom')!
    const change = { version, host: '203.0.113.5', port: 5060 }
    const response = await admin.rest('PATCH', '/telephony/trunks/telecom', change)
    if (!response.ok) throw new Error(await response.text())
  }

  async stop(): Promise<void> {
    await this.tourist.stop()
    await this.outside.stop()
    await rm(this.folder, { recursive: true })
  }

  private async trunks(): Promise<void> {
    for (const trunk of [
      {
        id: 'telecom',
        name: '陕西电信 IMS 中继',
        host: '127.0.0.1',
        port: this.outside.port,
        inbound: { byAddress: ['203.0.113.0/28'] },
        outbound: true,
        callerNumbers: ['02912301', '02987654321'],
        maxCalls: 120,
      },
      {
        id: 'unicom',
        name: '陕西联通备用中继',
        host: 'sbc2.example.net',
        port: 5060,
        inbound: { byAddress: ['198.51.100.0/28'] },
        outbound: true,
        callerNumbers: ['02912301'],
        dials: ['1*', '029*'],
        priority: 1,
      },
      {
        id: 'pbx',
        name: '咨询中心总机',
        host: '10.20.0.8',
        port: 5060,
        transport: 'tcp',
        inbound: { byAddress: ['10.20.0.8'] },
      },
    ]) {
      const response = await this.hotline.admin.rest('POST', '/telephony/trunks', trunk)
      if (!response.ok) throw new Error(await response.text())
    }
  }
}
