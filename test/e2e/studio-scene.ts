/** The hotline that is built in the studio, and whoever meets it there. */
import { expect } from 'chai'
import { wavOfTone } from '../channels/voice/wav-of-tone.ts'
import type { SimulatedChat } from '../harness/chat.ts'
import { simulateChat } from '../harness/chat.ts'
import type { PhoneCall } from '../harness/phone.ts'
import { SimulatedPhone } from '../harness/phone.ts'
import type { Hotline } from './hotline.ts'
import { runHotline } from './hotline.ts'
import { until } from './until.ts'

/** Hz: what the recorded prompt sounds like */
const RECORDED = 650
export const recording = {
  name: '欢迎.wav',
  mimeType: 'audio/wav',
  buffer: wavOfTone(RECORDED, 3000),
}

type Words = readonly [zh: string, en: string]
export const welcome: Words = ['欢迎致电旅游热线', 'Welcome to the hotline']
export const degrees: Words = [
  '十二月平均{{result.0.low}}到{{result.0.high}}度',
  'December has {{result.0.low}} to {{result.0.high}} degrees',
]
/** block → what it says, and its choices */
export const menus: Record<string, readonly [said: Words, ...choices: Words[]]> = {
  menu: [
    ['查天气请按1,其他请按2', 'For the weather press 1, for anything else press 2'],
    ['查天气', 'Weather'],
    ['其他', 'Anything else'],
  ],
  menu_2: [
    ['十二月请按1,别的月份请按2', 'For December press 1, for another month press 2'],
    ['十二月', 'December'],
    ['别的月份', 'Another month'],
  ],
  menu_3: [
    ['人工服务请按1,结束请按2', 'For a person press 1, to end press 2'],
    ['人工服务', 'A person'],
    ['结束', 'The end'],
  ],
}
/** what the second version says more in its second menu */
export const MORE = ',资料来自气象台'

/** block, exit → block */
export const lines = [
  'say.next → menu',
  'menu.choice1 → menu_2',
  'menu.choice2 → menu_3',
  'menu.noMatch → end',
  'menu_2.choice1 → query',
  'menu_2.choice2 → subflow',
  'menu_2.noMatch → end',
  'menu_3.choice1 → queue',
  'menu_3.choice2 → end',
  'menu_3.noMatch → end',
  'query.next → say_2',
  'query.error → end',
  'say_2.next → end',
  'subflow.next → end',
  'subflow.error → end',
  'queue.closed → end',
  'queue.timeout → end',
  'queue.failed → end',
]

interface Draft {
  draftVersion: number
  doc: {
    blocks: Record<string, { out?: Record<string, string> }>
    tests?: { name: string }[]
    entry?: string
  }
}

export class StudioScene {
  readonly hotline: Hotline
  private readonly flow: string
  private readonly tourist: SimulatedPhone
  private readonly visitors: SimulatedChat[] = []

  private constructor(hotline: Hotline, flow: string, tourist: SimulatedPhone) {
    this.hotline = hotline
    this.flow = flow
    this.tourist = tourist
  }

  /** A product of its own, with a flow of that id in which nothing is drawn yet. */
  static async open(flow: string): Promise<StudioScene> {
    const [hotline, tourist] = await Promise.all([runHotline(), SimulatedPhone.start()])
    const scene = new StudioScene(hotline, flow, tourist)
    await scene.send('POST', '/flows', { id: flow, name: flow, kind: 'main' })
    const { draftVersion, doc } = await scene.draft()
    const { entry: _entry, ...rest } = doc
    await scene.send('PUT', `/flows/${flow}/draft`, { draftVersion, doc: { ...rest, blocks: {} } })
    return scene
  }

  async stop(): Promise<void> {
    for (const visitor of this.visitors) visitor.cut()
    await this.tourist.stop()
    await this.hotline.stop()
  }

  async linesStored(): Promise<void> {
    const wanted = [...lines].sort().join()
    await this.stored((draft) => linesOf(draft).join() === wanted, 'the lines')
  }

  async testsStored(...names: string[]): Promise<void> {
    const fits = ({ doc: { tests = [] } }: Draft) =>
      tests.map(({ name }) => name).join() === names.join()
    await this.stored(fits, `the tests ${names.join()}`)
  }

  /** Everybody is led into the flow; a visitor and a caller meet it. @returns the caller, before the first menu */
  async meets(): Promise<PhoneCall> {
    const { admin, product } = this.hotline
    const { version, routes } = await admin.get<{ version: number; routes: object[] }>('/flow-routes') // prettier-ignore
    const all = { id: 'all', name: '都到这里', enabled: true, when: {}, flowId: this.flow }
    await this.send('PUT', '/flow-routes', { version, routes: [all, ...routes] })
    const visitor = await this.arrives()
    await visitor.ask('1', /十二月请按1/)
    await visitor.ask('1', /十二月平均-2到6度/)
    const caller = await this.tourist.call(product.sipPort)
    await caller.hearsTone(RECORDED, 0.9)
    // the first menu, by the synthesis
    await caller.hearsOtherThan(RECORDED)
    return caller
  }

  /** Version 2 is live: who comes now gets it, who was inside version 1 finishes there. */
  async meetsTheSecond(caller: PhoneCall): Promise<void> {
    await this.newVisitorHears(MORE, true)
    const { items } = await this.hotline.admin.get<{ items: { version: number; conversations: number }[] }>(`/flows/${this.flow}/versions`) // prettier-ignore
    expect(items.find(({ version }) => version === 1)?.conversations).to.be.greaterThan(0)
    caller.press('1')
    const asked = async () => /十二月请按1/.test(await this.saidOnPhone())
    await until(asked, 'the second menu')
    caller.press('1')
    await caller.ended
    expect(await this.saidOnPhone())
      .to.match(/平均-2到6度/)
      .and.not.include(MORE)
  }

  async meetsTheFirstAgain(): Promise<void> {
    await this.newVisitorHears(MORE, false)
  }

  private async newVisitorHears(words: string, included: boolean): Promise<void> {
    const said = await (await this.arrives()).ask('1', /十二月请按1/)
    expect(said.includes(words), said).to.equal(included)
  }

  private async arrives(): Promise<SimulatedChat> {
    const visitor = await simulateChat(this.hotline.product.url)
    this.visitors.push(visitor)
    await visitor.ask('你好', /查天气请按1/)
    return visitor
  }

  /** Everything the bot has said to the caller. */
  private async saidOnPhone(): Promise<string> {
    const { admin } = this.hotline
    const { items } = await admin.get<{ items: { id: string; channel: string }[] }>('/conversations?limit=50') // prettier-ignore
    const call = items.find(({ channel }) => channel === 'voice')
    const { messages } = await admin.get<{ messages: { parts: { text?: string }[] }[] }>(`/conversations/${call!.id}/messages?limit=200`) // prettier-ignore
    return messages.flatMap(({ parts }) => parts.flatMap(({ text }) => text ?? [])).join('\n')
  }

  private draft(): Promise<Draft> {
    return this.hotline.admin.get<Draft>(`/flows/${this.flow}/draft`)
  }

  private async stored(fits: (draft: Draft) => boolean, what: string): Promise<void> {
    let draft: Draft | undefined
    await until(async () => fits((draft = await this.draft())), what).catch((error: Error) => {
      throw new Error(`${error.message}; ${JSON.stringify(draft?.doc).slice(0, 3000)}`)
    })
  }

  private async send(method: string, path: string, body: object): Promise<void> {
    const answer = await this.hotline.admin.rest(method, path, body)
    expect(answer.status, `${path} ${await answer.clone().text()}`).to.equal(200)
  }
}

const linesOf = ({ doc }: Draft) =>
  Object.entries(doc.blocks)
    .flatMap(([id, { out = {} }]) =>
      Object.entries(out).map(([port, to]) => `${id}.${port} → ${to}`),
    )
    .sort()
