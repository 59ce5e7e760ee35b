import { expect } from 'chai'
import { setCustomKinds } from '../../../bots/flow/custom-blocks.ts'
import type { CustomKind } from '../../../bots/flow/custom-blocks.ts'
import { describeKind, kindOf } from '../../../bots/flow/describe.ts'
import { flowDocSchema } from '../../../bots/flow/schema.ts'
import type { FlowDoc } from '../../../bots/flow/schema.ts'
import { Simulation } from '../../../bots/flow/simulate.ts'
import { validate } from '../../../bots/flow/validate.ts'

const said = (zh: string, en: string) => ({ 'zh-CN': { text: zh }, en: { text: en } })
const words = (text: string) => ({ zh: text, en: text })

const tide: CustomKind = {
  id: 'tide',
  description: {
    name: words('tide'),
    help: words('tells the tide'),
    group: 'act',
    initial: { block: 'tide', settings: {} },
    fields: [
      { path: 'settings.port', kind: 'template', label: words('Port'), required: true },
      { path: 'settings.days', kind: 'number', min: 1, max: 7, label: words('Days') },
      { path: 'settings.told', kind: 'prompt', label: words('Told') },
    ],
    exits: { high: words('High'), low: words('Low') },
    channels: {},
  },
}

function flow(settings: Record<string, unknown>, out: Record<string, string>): FlowDoc {
  return flowDocSchema.parse({
    schema: 1,
    id: 'f',
    name: 'f',
    kind: 'main',
    langs: ['zh-CN', 'en'],
    defaultLang: 'zh-CN',
    entry: 'tide',
    vars: [
      { name: 'where', type: 'text' },
      { name: 'metres', type: 'number' },
    ],
    blocks: {
      tide: { type: 'custom', block: 'tide', settings, out },
      high: { type: 'end', reason: 'done', prompt: said('高 {{metres}}', 'high {{metres}}') },
      low: { type: 'end', reason: 'done', prompt: said('低', 'low') },
      sorry: { type: 'end', reason: 'done', prompt: said('抱歉', 'sorry') },
    },
  })
}
const out = { high: 'high', low: 'low', error: 'sorry' }
const settings = { port: '{{where|default:Xiamen}}', days: 2, told: said('看过了', 'looked') }
const problemsOf = (doc: FlowDoc, ids = ['tide']) =>
  validate(doc, { customBlocks: ids }).map(({ code, field }) => `${code} ${field}`)

describe('a custom block', () => {
  before(() => setCustomKinds([tide]))
  after(() => setCustomKinds([]))

  const run = (stub: unknown, lang = 'en') => {
    const talk = new Simulation(flow(settings, out), {
      channel: 'webchat',
      lang,
      vars: { where: 'Quanzhou' },
      stubs: { 'custom:tide': stub },
    })
    talk.feed({ in: 'start' })
    return talk
  }

  it('gets its settings worked out, stores what the code found and leaves by the exit it names', () => {
    const talk = run({ exit: 'high', set: { metres: 4 } })
    const { call } = talk.asked[0]!
    expect(call).to.deep.include({ kind: 'custom', settings: { port: 'Quanzhou', days: 2 } })
    expect((call as { key: string }).key).to.equal('simulation:f:tide:1')
    expect(talk.said).to.equal('high 4')
  })

  it('says words of its own, or a prompt of its settings in the language of the person', () => {
    expect(run({ exit: 'low', say: 'ebb at six' }).said).to.equal('ebb at six\nlow')
    expect(run({ exit: 'low', say: { prompt: 'told' } }, 'zh-CN').said).to.equal('看过了\n低')
  })

  it('that fails, answers nonsense or names an exit it does not have leaves by error', () => {
    for (const stub of [
      { error: 'DOWN' },
      7,
      {},
      { exit: 'nowhere' },
      { exit: 'low', set: { 'a b': 1 } },
    ])
      expect(run(stub).said, JSON.stringify(stub)).to.equal('sorry')
  })

  it('that nothing is stated of goes well in a trial', () => {
    expect(run(undefined).said).to.equal('high ')
  })

  it('is checked for its exits and for what its author says of the settings', () => {
    expect(problemsOf(flow(settings, out))).to.deep.equal([])
    expect(
      problemsOf(flow({ ...settings, port: '' }, { high: 'high', error: 'sorry' })),
    ).to.include.members(['PORT out.low', 'SETTING_MISSING settings.port'])
    expect(problemsOf(flow({ ...settings, days: 9 }, out))).to.deep.equal([
      'SETTING_WRONG settings.days',
    ])
    expect(problemsOf(flow({ ...settings, port: '{{harbour}}' }, out))).to.deep.equal([
      'UNDECLARED settings.port',
    ])
    expect(problemsOf(flow({ ...settings, told: { en: { text: 'x' } } }, out))).to.deep.equal([
      'PROMPT_LANG settings.told',
    ])
  })

  it('whose file is gone is named, and its exits are left as they are', () => {
    setCustomKinds([])
    try {
      expect(problemsOf(flow(settings, out), [])).to.deep.equal(['REF block'])
      expect(kindOf({ type: 'custom', block: 'tide' })).to.equal('custom')
    } finally {
      setCustomKinds([tide])
    }
  })

  it('is a kind of its own to the editor', () => {
    expect(kindOf({ type: 'custom', block: 'tide' })).to.equal('custom:tide')
    expect(describeKind('custom:tide')).to.equal(tide.description)
    expect(describeKind('menu')?.name.en).to.be.a('string')
  })
})
