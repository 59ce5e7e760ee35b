/** A node whose bot is the real one, on a flow written for the test, and whose figures are counted. */
import { BotHost } from '../../bots/host/bot-host.ts'
import type { BotServices } from '../../bots/host/services.ts'
import { flowDocSchema } from '../../bots/flow/schema.ts'
import type { FlowDoc } from '../../bots/flow/schema.ts'
import type { PublishedFlow } from '../../bots/flow/state.ts'
import { followClosing } from '../../gateway/measures/following.ts'
import { Measures } from '../../gateway/measures/measures.ts'
import { MeasuresModel, WordsModel } from '../../gateway/measures/model.ts'
import type { BlockMeasures, MeasuresQuery } from '../../gateway/measures/schema.ts'
import { QueueModel } from '../../gateway/routing/model.ts'
import { newId } from '../../gateway/store/id.ts'
import { emptyIntake, Rig, word } from '../intake/rig.ts'

const say = (text: string) => ({ 'zh-CN': { text }, en: { text } })

/** A menu, a name that is nobody's business, a colour that is, a mark, and people. */
export const doc: FlowDoc = flowDocSchema.parse({
  schema: 1,
  id: 'main',
  name: 'measured',
  kind: 'main',
  langs: ['zh-CN', 'en'],
  defaultLang: 'zh-CN',
  entry: 'menu',
  input: { maxNoMatch: 1 },
  vars: [
    { name: 'who', type: 'text', pii: true },
    { name: 'colour', type: 'text' },
  ],
  hotkeys: [{ id: 'agent', say: { 'zh-CN': ['人工'], en: ['agent'] }, target: 'people' }],
  blocks: {
    menu: {
      type: 'menu',
      prompt: say('名字、颜色还是打分?'),
      choices: [
        { id: 'name', dtmf: '1', label: { 'zh-CN': '名字', en: 'name' } },
        { id: 'colour', dtmf: '2', label: { 'zh-CN': '颜色', en: 'colour' } },
        { id: 'score', dtmf: '3', label: { 'zh-CN': '打分', en: 'score' } },
      ],
      out: { name: 'name', colour: 'colour', score: 'score', noMatch: 'menu', noInput: 'menu' },
    },
    name: {
      type: 'ask',
      prompt: say('叫什么?'),
      slot: { type: 'number' },
      set: 'who',
      out: { next: 'bye', noMatch: 'menu' },
    },
    colour: {
      type: 'ask',
      prompt: say('什么颜色?'),
      slot: {
        type: 'enum',
        choices: [{ id: 'red', dtmf: '1', label: { 'zh-CN': '红', en: 'red' } }],
      },
      set: 'colour',
      out: { next: 'bye', noMatch: 'menu' },
    },
    score: {
      type: 'survey',
      survey: 'csat',
      prompt: say('几分?'),
      scale: [1, 2, 3, 4, 5].map((score) => ({
        dtmf: `${score}`,
        score,
        label: { 'zh-CN': `${score} 分`, en: `${score}` },
      })),
      out: { next: 'bye' },
    },
    people: {
      type: 'queue',
      queue: 'general',
      out: { closed: 'menu', timeout: 'menu', failed: 'menu', after: 'bye' },
    },
    bye: { type: 'say', prompt: say('再见'), out: { next: 'end' } },
    end: { type: 'end', reason: 'done' },
  },
})

export class Scene {
  readonly rig = new Rig()
  readonly bot: BotHost
  measures: Measures
  readonly published: PublishedFlow[] = [{ id: 'main', version: 1, doc }]

  constructor() {
    const unused = async () => {
      throw new Error('not part of this flow')
    }
    const flow = (id: string, version: number | 'live') =>
      version === 'live'
        ? this.published.findLast((each) => each.id === id)
        : this.published.find((each) => each.id === id && each.version === version)
    const services: BotServices = {
      now: () => this.rig.nowMs,
      flow,
      prepare: async () => undefined,
      hours: () => 'open',
      query: unused,
      createTicket: unused,
      appendTicket: unused,
      lookupTicket: unused,
      sendCode: unused,
      verifyCode: unused,
      searchKnowledge: unused,
      classify: unused,
    }
    this.bot = new BotHost({ services })
    this.rig.reply = (turn) => this.bot.turn(turn)
    this.rig.places = (state) => this.bot.places(state)
    this.measures = this.another()
    this.rig.committed = (before, after, happened) =>
      this.measures.count(after, [
        ...happened,
        ...followClosing(before, after, (state) => this.bot.places(state)),
      ])
  }

  /** As a process of its own counts: the one before it is forgotten. */
  another(): Measures {
    return (this.measures = new Measures({
      now: () => this.rig.nowMs,
      timezone: 'Asia/Shanghai',
      retentionDays: 365,
      flows: {
        get: (id, version) =>
          this.published.find((each) => each.id === id && each.version === version),
        prepare: async () => undefined,
      },
      onError: (error) => this.rig.errors.push(error),
    }))
  }

  async begin(): Promise<void> {
    await emptyIntake()
    await Promise.all(
      [MeasuresModel, WordsModel, QueueModel].map((model) => model.collection.deleteMany({})),
    )
    await QueueModel.create({
      _id: 'general',
      name: { zh: '综合', en: 'General' },
      strategy: 'longestIdle',
      defaultPriority: 5,
      skills: [],
      offerTimeoutMs: 20_000,
      passOverMs: 60_000,
      preferredMs: 30_000,
      ageingMs: 60_000,
      wrapUpMs: 120_000,
      maxWaitMs: 0,
      warnAfterMs: 60_000,
      alarmAfterMs: 180_000,
      enabled: true,
      version: 1,
    })
    await this.rig.settings.start(this.rig.bus, (error) => this.rig.errors.push(error))
  }

  /** A visitor says these things, one after the other. */
  async visitor(thread: string, ...said: string[]): Promise<void> {
    for (const text of said) {
      await this.rig.inbound.receive(word(text, thread))
      await this.rig.quiet()
    }
  }

  async leaves(thread: string): Promise<void> {
    await this.rig.inbound.receive({ ...word('', thread, newId()), parts: [], kind: 'leave' })
    await this.rig.quiet()
  }

  read(query: MeasuresQuery = {}) {
    return this.measures.read('main', query)
  }

  async block(id: string, query: MeasuresQuery = {}): Promise<BlockMeasures | undefined> {
    const { blocks } = await this.read(query)
    return blocks.find(({ block }) => block === id)
  }
}
