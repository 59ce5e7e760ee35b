import { flowDocSchema } from '../../../bots/flow/schema.ts'
import type { Block, Choice, FlowDoc, Prompt } from '../../../bots/flow/schema.ts'
import { Simulation } from '../../../bots/flow/simulate.ts'
import type { SimulationOptions } from '../../../bots/flow/simulate.ts'
import type { Effect, EffectOf } from '../../../bots/flow/state.ts'

export const prompt = (zh: string, en = zh): Prompt => ({ 'zh-CN': { text: zh }, en: { text: en } })

export const choice = (id: string, dtmf: string, zh: string, en: string): Choice => ({
  id,
  dtmf,
  label: { 'zh-CN': zh, en },
})

/** A document around some blocks; an `end` is always there. */
export function flowOf(
  blocks: Record<string, Block>,
  more: Partial<Omit<FlowDoc, 'blocks'>> = {},
): FlowDoc {
  return flowDocSchema.parse({
    schema: 1,
    id: 'main',
    name: '测试',
    kind: 'main',
    langs: ['zh-CN', 'en'],
    defaultLang: 'zh-CN',
    entry: Object.keys(blocks)[0],
    vars: ['answer', 'people', 'phone', 'ticket', 'found'].map((name) => ({ name, type: 'text' })),
    ...more,
    blocks: { ...blocks, end: { type: 'end', prompt: prompt('再见', 'Goodbye'), reason: 'done' } },
  })
}

/** A started conversation with short verbs for what the person does. */
export class Talk extends Simulation {
  constructor(doc: FlowDoc, options: Partial<SimulationOptions> = {}, others: FlowDoc[] = []) {
    super(doc, { channel: 'webchat', ...options }, others)
    this.feed({ in: 'start' })
  }

  write(text: string): this {
    this.feed({ in: 'text', text })
    return this
  }

  press(digits: string): this {
    this.feed({ in: 'dtmf', digits })
    return this
  }

  speak(text: string, confidence = 0.9): this {
    this.feed({ in: 'speech', nbest: [{ text, confidence }] })
    return this
  }

  tap(id: string, block?: string): this {
    this.feed({ in: 'choice', id, ...(block ? { block } : {}) })
    return this
  }

  beSilent(): this {
    this.feed({ in: 'silence' })
    return this
  }

  hangUp(): this {
    this.feed({ in: 'hangup' })
    return this
  }

  record(mediaId: string, seconds?: number, transcript?: string): this {
    const more = {
      ...(seconds === undefined ? {} : { seconds }),
      ...(transcript ? { transcript } : {}),
    }
    this.feed({ in: 'media', kind: 'audio', mediaId, ...more })
    return this
  }

  transferEnds(status: string): this {
    this.feed({ in: 'event', name: 'transfer.status', data: { status } })
    return this
  }

  handoff(status: string): this {
    this.feed({ in: 'event', name: 'handoff.status', data: { status } })
    return this
  }

  variable(name: string): unknown {
    return this.state.frames.at(-1)?.vars[name]
  }

  last<K extends Effect['fx']>(fx: K): EffectOf<K> | undefined {
    return this.effects.findLast((effect): effect is EffectOf<K> => effect.fx === fx)
  }

  get tracked(): string[] {
    return this.effects.flatMap((effect) => (effect.fx === 'track' ? [effect.event] : []))
  }
}

/** Somebody on the telephone. */
export const caller = (
  doc: FlowDoc,
  options: Partial<SimulationOptions> = {},
  others: FlowDoc[] = [],
): Talk => new Talk(doc, { channel: 'voice', ...options }, others)

export const queue = (name = 'general'): Block => ({
  type: 'queue',
  queue: name,
  prompt: prompt('正在转接', 'Connecting'),
  out: { closed: 'end', timeout: 'end', failed: 'end' },
})

/** A small hotline: main menu, complaint with two questions, agent, emergency. */
export function hotline(): FlowDoc {
  return flowOf(
    {
      menu: {
        type: 'menu',
        prompt: prompt('咨询请按1,投诉请按2', 'Press 1 for information, 2 for a complaint'),
        choices: [
          choice('info', '1', '咨询', 'information'),
          choice('complain', '2', '投诉', 'complaint'),
        ],
        out: { info: 'facts', complain: 'people', noMatch: 'agent', other: 'facts' },
      },
      facts: {
        type: 'faq',
        prompt: prompt('请问您想了解什么?', 'What would you like to know?'),
        first: true,
        knowledgeBase: 'tour',
        minScore: 1,
        out: { answered: 'menu', noMatch: 'menu' },
      },
      people: {
        type: 'ask',
        prompt: prompt('几位?', 'How many people?'),
        slot: { type: 'number', min: 1, max: 99 },
        set: 'people',
        retry: { invalid: prompt('请说1到99', 'Please say 1 to 99') },
        out: { next: 'story', noMatch: 'agent' },
      },
      story: {
        type: 'ask',
        prompt: prompt('请说明情况', 'What happened?'),
        slot: { type: 'text' },
        set: 'answer',
        out: { next: 'end', noMatch: 'agent' },
      },
      agent: queue(),
      rescue: { ...queue('rescue'), emergency: true } as Block,
    },
    {
      hotkeys: [
        {
          id: 'agent',
          dtmf: '0',
          say: { 'zh-CN': ['转人工', '人工'], en: ['agent', 'human'] },
          target: 'agent',
        },
        { id: 'repeat', dtmf: '*', say: { 'zh-CN': ['重听'] }, target: '@repeat' },
        { id: 'back', say: { 'zh-CN': ['返回'] }, target: '@back' },
        { id: 'main', dtmf: '#', say: { 'zh-CN': ['主菜单'] }, target: '@main' },
        { id: 'cancel', say: { 'zh-CN': ['不等了'] }, target: 'menu', whileQueued: true },
        {
          id: 'sos',
          emergency: true,
          say: { 'zh-CN': ['救命', '溺水'], en: ['help me'] },
          target: 'rescue',
        },
      ],
    },
  )
}
