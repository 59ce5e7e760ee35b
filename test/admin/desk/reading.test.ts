import { expect } from 'chai'
import { readExplanation } from '../../../admin/src/desk/actions/explanation.ts'
import { titleFrom } from '../../../admin/src/desk/actions/titleFrom.ts'
import { neighbour, shortcutOf } from '../../../admin/src/desk/keys/shortcuts.ts'
import { contextRows } from '../../../admin/src/desk/side/contextRows.ts'
import { fileSize } from '../../../admin/src/desk/thread/fileSize.ts'
import { message } from './samples.ts'

const press = { code: '', key: '', altKey: false, ctrlKey: false, metaKey: false, inText: false }

describe('admin desk: keys', () => {
  it('Alt and a letter work everywhere, by place and not by sign', () => {
    expect(shortcutOf({ ...press, altKey: true, code: 'KeyA', key: 'å', inText: true })).to.equal(
      'accept',
    )
    expect(shortcutOf({ ...press, code: 'KeyA', key: 'a' })).to.equal(undefined)
    expect(shortcutOf({ ...press, altKey: true, ctrlKey: true, code: 'KeyA' })).to.equal(undefined)
  })

  it('a question mark written into an answer is a question mark', () => {
    expect(shortcutOf({ ...press, key: '?' })).to.equal('help')
    expect(shortcutOf({ ...press, key: '?', inText: true })).to.equal(undefined)
  })

  it('next and previous go round', () => {
    expect(neighbour(['a', 'b'], 'b', 1)).to.equal('a')
    expect(neighbour(['a', 'b'], 'a', -1)).to.equal('b')
    expect(neighbour(['a', 'b'], undefined, 1)).to.equal('a')
    expect(neighbour(['a', 'b'], 'elsewhere', -1)).to.equal('b')
    expect(neighbour([], 'a', 1)).to.equal(undefined)
  })
})

describe('admin desk: what others left to read', () => {
  it('the menu trail stands apart, empty values are left out, objects become words', () => {
    expect(
      contextRows({
        trail: ['主菜单', { label: '投诉' }],
        city: '大理',
        order: { id: 'A1', count: 2 },
        spots: ['苍山', '洱海'],
        empty: '',
        nothing: null,
        urgent: false,
      }),
    ).to.deep.equal({
      trail: ['主菜单', '投诉'],
      rows: [
        { name: 'city', value: '大理' },
        { name: 'order', value: 'id: A1, count: 2' },
        { name: 'spots', value: '苍山, 洱海' },
        { name: 'urgent', value: 'false' },
      ],
    })
  })

  it('the bot’s own place in the flow is said once', () => {
    expect(
      contextRows({ flow: 'main', trail: ['main:hours', 'main:greet', 'rail:ask', '投诉'] }),
    ).to.deep.equal({ trail: ['main:hours', 'greet', 'rail:ask', '投诉'], rows: [] })
  })

  it('steps of the way are told by the names of their blocks, in the language of the console', () => {
    const step = (flow: string, zh: string, en: string) => ({ flow, block: 'x', flowName: `《${flow}》`, zh, en }) // prettier-ignore
    const trail = [step('main', '工作时间', 'Hours'), step('main', '主菜单', '主菜单'), step('rail', '询问', 'Ask')] // prettier-ignore
    expect(contextRows({ trail }, 'en').trail).to.deep.equal(['《main》 › Hours', '主菜单', '《rail》 › Ask']) // prettier-ignore
    expect(contextRows({ trail }).trail[2]).to.equal('《rail》 › 询问')
  })

  it('a ticket begins with the longest thing the visitor wrote', () => {
    const messages = [
      message(1, { parts: [{ type: 'text', text: '你好' }] }),
      message(2, { parts: [{ type: 'text', text: '导游强制购物,\n要求退款' }] }),
      message(3, { direction: 'out', parts: [{ type: 'text', text: 'x'.repeat(90) }] }),
    ]
    expect(titleFrom(messages)).to.equal('导游强制购物, 要求退款')
    expect(titleFrom([])).to.equal('')
  })

  it('an explanation of the router is read as far as it is understood', () => {
    const read = readExplanation({
      waiting: {
        summary: { zh: '没有人', en: 'nobody' },
        waitedMs: 1000,
        agents: [
          { agentId: 'a1', fit: false, reasons: [{ code: 'full', zh: '满', en: 'full' }, 7] },
        ],
      },
      decision: { agentId: 'a2', queueId: 'q', atMs: 5, inputs: { waitingCount: 3, freeCount: 2 } },
    })
    expect(read.summary?.en).to.equal('nobody')
    expect(read.agents).to.deep.equal([
      { agentId: 'a1', fit: false, reasons: [{ zh: '满', en: 'full' }] },
    ])
    expect(read.decision).to.include({ agentId: 'a2', waitingCount: 3, freeCount: 2 })
    expect(readExplanation({ waiting: 'odd', decision: [] })).to.deep.equal({
      summary: undefined,
      waitedMs: undefined,
      agents: [],
      decision: undefined,
    })
  })

  it('sizes read as people say them', () => {
    expect(fileSize(820)).to.equal('820 B')
    expect(fileSize(12_300)).to.equal('12 KB')
    expect(fileSize(3_600_000)).to.equal('3.4 MB')
  })
})
