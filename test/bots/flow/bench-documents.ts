import type { Block, Choice, FlowDoc, Prompt } from '../../../bots/flow/schema.ts'
import type { FlowInput } from '../../../bots/flow/state.ts'

const prompt = (zh: string, en: string): Prompt => ({ 'zh-CN': { text: zh }, en: { text: en } })
const choice = (id: string, dtmf: string, zh: string, en: string): Choice => ({
  id,
  dtmf,
  label: { 'zh-CN': zh, en },
  say: { 'zh-CN': [`我要${zh}`], en: [`${en} please`] },
})
const common: Pick<FlowDoc, 'schema' | 'langs' | 'defaultLang' | 'hotkeys'> = {
  schema: 1,
  langs: ['zh-CN', 'en'],
  defaultLang: 'zh-CN',
  hotkeys: [
    {
      id: 'agent',
      dtmf: '0',
      say: { 'zh-CN': ['转人工', '人工'], en: ['agent', 'human'] },
      target: 'agent',
    },
    {
      id: 'sos',
      emergency: true,
      say: { 'zh-CN': ['救命', '溺水', '车祸'], en: ['help me', 'bleeding'] },
      target: 'agent',
    },
  ],
}
const agent: Block = {
  type: 'queue',
  queue: 'general',
  prompt: prompt('正在为您转接人工', 'Connecting you to a person'),
  out: { closed: 'bye', timeout: 'bye', failed: 'bye' },
}
const bye: Block = {
  type: 'end',
  prompt: prompt('感谢,再见', 'Thank you, goodbye'),
  reason: 'done',
}

export function hotlineFlow(): FlowDoc {
  return {
    ...structuredClone(common),
    id: 'hotline',
    name: '旅游热线',
    kind: 'main',
    entry: 'menu',
    vars: [{ name: 'ticket', type: 'object' }],
    blocks: {
      menu: {
        type: 'menu',
        prompt: prompt(
          '{{contact.name}}您好,咨询请按1,投诉请按2',
          '{{contact.name}}, press 1 for information, 2 for a complaint',
        ),
        choices: [
          choice('info', '1', '咨询', 'information'),
          choice('complain', '2', '投诉', 'complaint'),
        ],
        out: { info: 'facts', complain: 'complaint', noMatch: 'agent', other: 'facts' },
      },
      facts: {
        type: 'faq',
        first: true,
        knowledgeBase: 'tour',
        minScore: 1,
        out: { answered: 'menu', noMatch: 'menu' },
      },
      complaint: {
        type: 'subflow',
        flow: 'complaint',
        results: { ticket: 'ticket' },
        out: { next: 'told', error: 'agent' },
      },
      told: {
        type: 'say',
        prompt: prompt('工单号{{ticket.serial}}', 'Your number is {{ticket.serial}}'),
        out: { next: 'bye' },
      },
      agent,
      bye,
    },
  }
}

export function complaintFlow(): FlowDoc {
  const names = ['kind', 'people', 'phone', 'day', 'story', 'ticket']
  return {
    ...structuredClone(common),
    id: 'complaint',
    name: '投诉',
    kind: 'sub',
    entry: 'kind',
    vars: names.map((name) => ({ name, type: 'text', attach: true })),
    blocks: {
      kind: {
        type: 'menu',
        prompt: prompt('导游请按1,酒店请按2,景区请按3', '1 guide, 2 hotel, 3 scenic spot'),
        choices: [
          choice('guide', '1', '导游', 'guide'),
          choice('hotel', '2', '酒店', 'hotel'),
          choice('spot', '3', '景区', 'spot'),
        ],
        set: 'kind',
        out: { guide: 'people', hotel: 'people', spot: 'people', noMatch: 'agent' },
      },
      people: {
        type: 'ask',
        prompt: prompt('几位?', 'How many?'),
        slot: { type: 'number', min: 1 },
        set: 'people',
        out: { next: 'phone', noMatch: 'agent' },
      },
      phone: {
        type: 'ask',
        prompt: prompt('您的手机号?', 'Your number?'),
        slot: { type: 'phone' },
        set: 'phone',
        confirm: prompt('{{phone|digits}},对吗?', '{{phone|digits}}, right?'),
        out: { next: 'day', noMatch: 'agent' },
      },
      day: {
        type: 'ask',
        prompt: prompt('哪天?', 'Which day?'),
        slot: { type: 'date', past: true },
        set: 'day',
        out: { next: 'story', noMatch: 'agent' },
      },
      story: {
        type: 'ask',
        prompt: prompt('请说明情况', 'What happened?'),
        slot: { type: 'text' },
        set: 'story',
        out: { next: 'create', noMatch: 'agent' },
      },
      create: {
        type: 'ticket',
        op: 'create',
        kind: 'complaint',
        fields: {
          kind: { var: 'kind' },
          people: { var: 'people' },
          phone: { var: 'phone' },
          day: { var: 'day' },
          story: { var: 'story' },
        },
        set: 'ticket',
        out: { next: 'bye', error: 'agent' },
      },
      agent,
      bye: { type: 'end', reason: 'return' },
    },
  }
}

/** A conversation with a question, a slip, a correction: twelve turns, two of them results. */
export const complaintInputs: FlowInput[] = [
  { in: 'start' },
  { in: 'text', text: '故宫门票多少钱?' },
  { in: 'result', ok: true, value: [{ id: 'a', question: 'q', answer: '旺季60元', score: 4 }] },
  { in: 'text', text: '我想投诉一下' },
  { in: 'text', text: '是关于酒店的' },
  { in: 'text', text: '我们三个人' },
  { in: 'text', text: '幺三八零零幺三八零零零' },
  { in: 'text', text: '不对,是13900139000' },
  { in: 'text', text: '对的' },
  { in: 'text', text: '上周五' },
  { in: 'text', text: '房间漏水没有人管,前台说要等到明天才有人来修' },
  { in: 'result', ok: true, value: { serial: 'T20260001', status: 'open' } },
]

/** A tree of menus, questions, look-ups and texts, as large as a city's hotline grows. */
export function largeFlow(size: number): FlowDoc {
  const blocks: Record<string, Block> = { agent, bye }
  const words = ['门票', '交通', '住宿', '美食', '天气', '投诉', '线路', '购物', '厕所', '停车']
  const id = (index: number) => (index < size - 2 ? `b${index}` : 'bye')
  for (let i = 0; i < size - 2; i++) {
    const [next, other] = [id(2 * i + 1), id(2 * i + 2)]
    const word = words[i % words.length] ?? '门票'
    const said = prompt(
      `${word}请按1,返回请按2,您好{{name|default:游客}}`,
      `Press 1 or 2 for item ${i}, {{name}}`,
    )
    const kinds: Block[] = [
      {
        type: 'menu',
        prompt: said,
        choices: [choice('a', '1', `${word}一`, `${i} a`), choice('b', '2', `${word}二`, `${i} b`)],
        out: { a: next, b: other, noMatch: 'agent' },
      },
      {
        type: 'ask',
        prompt: said,
        slot: { type: 'text' },
        set: 'name',
        out: { next, noMatch: other },
      },
      {
        type: 'query',
        source: 'weather',
        set: 'found',
        wait: said,
        out: { next, empty: other, error: 'agent' },
      },
      { type: 'say', prompt: said, out: { next } },
      {
        type: 'branch',
        cases: [{ id: 'yes', when: { var: 'name', op: 'notEmpty' } }],
        out: { yes: next, else: other },
      },
    ]
    blocks[`b${i}`] = kinds[i % 7 < 3 ? 0 : (i % 4) + 1] ?? bye
  }
  return {
    ...structuredClone(common),
    id: 'large',
    name: '大流程',
    kind: 'main',
    entry: 'b0',
    vars: ['name', 'found'].map((name) => ({ name, type: 'text' })),
    blocks,
  }
}
