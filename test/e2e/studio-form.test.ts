/** Content staff fill in what a block says and does: each kind of field by keyboard, and the draft holds it. */
import { expect } from 'chai'
import { ownScene } from '../harness/story.ts'
import { needsBrowser } from './browser.ts'
import { ConsolePage } from './console-page.ts'
import { Form } from './flow-form.ts'
import { runHotline } from './hotline.ts'
import type { Hotline } from './hotline.ts'
import { pictureScreens } from './on-failure.ts'
import { until } from './until.ts'
import type { Lang } from './words.ts'

type Loose = Record<string, unknown>
interface Draft {
  draftVersion: number
  doc: Loose & { blocks: Record<string, Loose> }
}

const words = (zh: string, en: string) => ({ 'zh-CN': { text: zh }, en: { text: en } })
const choice = (id: string, dtmf: string, zh: string, en: string) => ({ id, dtmf, label: { 'zh-CN': zh, en } }) // prettier-ignore

/** One block of each kind of field, each ending in `end`. */
const blocks: Record<string, Loose> = {
  hello: { type: 'say', prompt: words('您好', 'Hello'), out: { next: 'menu' } },
  menu: {
    type: 'menu',
    prompt: words('咨询请按1,投诉请按2', 'Press 1 or 2'),
    choices: [choice('info', '1', '咨询', 'Info'), choice('complain', '2', '投诉', 'Complaint')],
    out: { info: 'ask', complain: 'branch', noMatch: 'end' },
  },
  ask: {
    type: 'ask',
    prompt: words('几位?', 'How many?'),
    slot: { type: 'text' },
    set: 'people',
    out: { next: 'branch', noMatch: 'end' },
  },
  branch: {
    type: 'branch',
    cases: [{ id: 'many', when: { var: 'people', op: 'notEmpty' } }],
    out: { many: 'store', else: 'end' },
  },
  store: { type: 'set', assign: [{ var: 'people', value: { literal: 1 } }], out: { next: 'data' } },
  data: { type: 'query', source: '?', set: 'found', out: { next: 'call', error: 'end' } },
  call: { type: 'subflow', flow: 'called', out: { next: 'people', error: 'end' } },
  people: { type: 'queue', queue: '?', out: { closed: 'end', timeout: 'end', failed: 'end' } },
  tongue: {
    type: 'language',
    prompt: words('请选语言', 'Choose a language'),
    choices: [{ lang: 'zh-CN', dtmf: '1', label: '中文' }],
    out: { next: 'rate' },
  },
  rate: {
    type: 'survey',
    survey: 'satisfaction',
    prompt: words('请评价', 'Please rate'),
    scale: [{ dtmf: '1', score: 5, label: { 'zh-CN': '满意', en: 'Good' } }],
    out: { next: 'on' },
  },
  sort: { type: 'intent', classifier: '?', minScore: 0.3, intents: [], out: { noMatch: 'end' } },
  on: { type: 'transfer', to: { kind: 'number', value: '110' }, out: { next: 'end', failed: 'end' } }, // prettier-ignore
  end: { type: 'end', reason: 'done' },
}
const vars = [
  { name: 'people', type: 'number' },
  { name: 'phone', type: 'phone', pii: true },
  { name: 'found', type: 'object' },
]
const flow = { schema: 1, name: '表单', kind: 'main', langs: ['zh-CN', 'en'], defaultLang: 'zh-CN', entry: 'hello', vars, blocks } // prettier-ignore
const called = {
  ...flow,
  name: '被调用',
  kind: 'sub',
  entry: 'end',
  params: [{ name: 'place', type: 'text', note: '景点' }],
  vars: [{ name: 'answer', type: 'text' }],
  returns: ['answer'],
  blocks: { end: { type: 'end', reason: 'return' } },
}

describe('the form of a block', function () {
  this.timeout(60_000)
  let hotline: Hotline
  before(function () {
    needsBrowser(this)
  })
  const test = ownScene(
    async () => {
      hotline = await runHotline()
      await make('called', called)
    },
    async () => {
      desks.clear()
      await hotline?.stop()
    },
  )
  afterEach(function () {
    return pictureScreens(this, hotline?.browser)
  })

  const draftOf = (id: string) => hotline.admin.get<Draft>(`/flows/${id}/draft`)
  async function make(id: string, doc: object): Promise<void> {
    const made = await hotline.admin.rest('POST', '/flows', { id, name: id, kind: 'main' })
    expect(made.status, await made.clone().text()).to.equal(200)
    const { draftVersion } = await draftOf(id)
    const body = { draftVersion, doc: { ...doc, id } }
    const stored = await hotline.admin.rest('PUT', `/flows/${id}/draft`, body)
    expect(stored.status, await stored.clone().text()).to.equal(200)
  }
  /** One desk for each language: signing in takes longer than most of these tests. */
  const desks = new Map<Lang, ConsolePage>()
  async function signedIn(lang: Lang): Promise<ConsolePage> {
    const { browser, product } = hotline
    const console = await ConsolePage.open(browser, product.url, lang)
    await console.signIn('admin', `${product.password('admin')}-next`)
    return console
  }
  async function open(id: string, lang: Lang, block?: string): Promise<Form> {
    await make(id, flow)
    const console = desks.get(lang) ?? (await signedIn(lang))
    desks.set(lang, console)
    await console.go(`flows/${id}`)
    const form = new Form(console.page)
    if (block) await form.show(block)
    return form
  }
  async function holds(id: string, fits: (doc: Draft['doc']) => boolean): Promise<Draft['doc']> {
    let doc: Draft['doc'] | undefined
    const look = async () => fits((doc = (await draftOf(id)).doc))
    await until(look, `the draft of ${id}`).catch((error: Error) => {
      throw new Error(`${error.message}: ${JSON.stringify(doc?.blocks).slice(0, 3000)}`)
    })
    return doc!
  }

  test('a prompt in two languages, for the ear, with a variable from the list', async () => {
    const form = await open('prompts', 'zh-CN', 'hello')
    const { page } = form
    await form.type('说什么 · 中文', '欢迎您')
    await form.type('说什么 · 英文', 'Welcome {{nobody}}')
    await form.hears('没有变量“nobody”')
    await form.type('说什么 · 英文', 'Welcome')
    await form.press(/插入变量到“说什么 · 英文”/)
    await form.choose(page.getByRole('combobox', { name: '选一个变量' }), 'phone')
    await page.getByRole('button', { name: '插入 {{phone|mask}}' }).press('Enter')
    await form.menu(/语音念法、渠道、卡片… 说什么 · 中文/, '语音念法')
    await form.type('说什么 · 中文 · 语音念法', '欢迎您来电')
    const doc = await holds('prompts', ({ blocks }) =>
      JSON.stringify(blocks['hello']).includes('欢迎您来电'),
    )
    expect(doc.blocks['hello']!['prompt']).to.deep.equal({
      'zh-CN': { text: '欢迎您', speak: '欢迎您来电' },
      en: { text: 'Welcome{{phone|mask}}' },
    })
    await page.keyboard.press('Escape')
    expect(await form.flaws()).to.deep.equal([])
  })

  test('choices change place with their words, and an exit follows its choice', async () => {
    const form = await open('choices', 'zh-CN', 'menu')
    await form.press('下移选项 1 咨询')
    await form.type('选项 2 咨询 · 名称 · 中文', '问讯')
    await form.type('选项 1 投诉 · 按键', '3')
    await form.press('添加选项')
    await form.type(/选项 3 .* · 名称 · 中文/, '人工')
    await form.type(/选项 3 .* · 名称 · 英文/, 'Agent')
    await form.unfold(form.item(/^选项 1 /))
    await form.type(/选项 1 .* · 代号/, 'complaint')
    const doc = await holds('choices', ({ blocks }) => {
      const out = blocks['menu']!['out'] as Loose
      return out['complaint'] === 'branch' && JSON.stringify(blocks['menu']).includes('Agent')
    })
    const choices = doc.blocks['menu']!['choices'] as Loose[]
    expect(choices.map(({ id, dtmf }) => [id, dtmf])).to.deep.equal([
      ['complaint', '3'],
      ['info', '1'],
      ['choice3', '2'],
    ])
    expect(choices[1]!['label']).to.deep.equal({ 'zh-CN': '问讯', en: 'Info' })
    expect(doc.blocks['menu']!['out']).to.deep.equal({ complaint: 'branch', info: 'ask', noMatch: 'end' }) // prettier-ignore
    // taken out together with its exit; one step back brings both
    await form.press('删除选项 1 投诉')
    await holds('choices', ({ blocks }) => !('complaint' in (blocks['menu']!['out'] as Loose)))
    expect(await form.flaws()).to.deep.equal([])
  })

  test('a question: kind of answer with bounds, what is no number stays until it is mended', async () => {
    const form = await open('slots', 'zh-CN', 'ask')
    await form.choose(form.box('要什么样的回答'), '数量、金额')
    await form.type('最小', '1')
    await form.type('最大', '很多')
    await form.hears('请填一个数字')
    await holds('slots', ({ blocks }) => (blocks['ask']!['slot'] as Loose)['max'] === '很多')
    await form.type('最大', '20')
    await form.toggle('只要整数')
    await form.unfold(form.region)
    await form.type('等多久算没有回应', '12.5')
    await form.press('填写:没听懂时')
    await form.type('没听懂时 · 中文', '请说几位')
    const doc = await holds('slots', ({ blocks }) => blocks['ask']!['retry'] !== undefined && JSON.stringify(blocks['ask']).includes('请说几位')) // prettier-ignore
    expect(doc.blocks['ask']!['slot']).to.deep.equal({ type: 'number', min: 1, max: 20, integer: true }) // prettier-ignore
    expect(doc.blocks['ask']!['input']).to.deep.equal({ timeoutMs: 12_500 })
    expect(doc.blocks['ask']!['retry']).to.deep.equal({
      noMatch: { 'zh-CN': { text: '请说几位' } },
    })
    // emptied, it is gone, and the validator misses no English of it
    await form.type('没听懂时 · 中文', '')
    await holds('slots', ({ blocks }) => blocks['ask']!['retry'] === undefined)
    expect(await form.flaws()).to.deep.equal([])
  })

  test('a variable that does not exist yet is made in place, with the type of the answer', async () => {
    const form = await open('made', 'en', 'ask')
    await form.choose(form.box('Kind of answer'), 'A date')
    await form.type('Store in', 'arrival')
    await form.press('Create variable “arrival”')
    const doc = await holds('made', (now) => JSON.stringify(now['vars']).includes('arrival'))
    expect(doc['vars']).to.deep.include({ name: 'arrival', type: 'date' })
    expect(doc.blocks['ask']!['set']).to.equal('arrival')
  })

  test('a condition without code: groups, operators that fit, values by type', async () => {
    const form = await open('conditions', 'en', 'branch')
    await form.choose(form.box('Case 1 many: comparison'), 'more than')
    await form.type('Case 1 many: value', '9')
    await form.press('One more')
    await form.type(/Case 1 many, condition 2: variable/, 'channel')
    await form.choose(form.box(/Case 1 many, condition 2: comparison/), 'is one of')
    await form.choose(form.box('Case 1 many, condition 2: value', true), 'SMS')
    await form.page.keyboard.press('Escape')
    await form.choose(form.box('Case 1 many: when it holds'), 'Any of these')
    const when = {
      any: [
        { var: 'people', op: '>', value: { literal: 9 } },
        { var: 'channel', op: 'in', value: { literal: ['sms'] } },
      ],
    }
    const doc = await holds('conditions', ({ blocks }) => JSON.stringify(blocks['branch']).includes('"any"') && JSON.stringify(blocks['branch']).includes('sms')) // prettier-ignore
    expect((doc.blocks['branch']!['cases'] as Loose[])[0]!['when']).to.deep.equal(when)
    expect(await form.flaws()).to.deep.equal([])
  })

  test('values that are stored, one from another variable, one as text', async () => {
    const form = await open('values', 'zh-CN', 'store')
    await form.type('第 1 个值', '4')
    await form.press('再存一个值')
    await form.type('第 2 个值存到变量', 'phone')
    await form.choose(form.box('第 2 个值:取值方式'), '变量')
    await form.type('第 2 个值', 'contact.phone')
    const doc = await holds('values', ({ blocks }) => JSON.stringify(blocks['store']).includes('contact.phone')) // prettier-ignore
    expect(doc.blocks['store']!['assign']).to.deep.equal([
      { var: 'people', value: { literal: 4 } },
      { var: 'phone', value: { var: 'contact.phone' } },
    ])
  })

  test('a queue, a source and a flow are chosen from the lists, with what they take and give', async () => {
    const form = await open('references', 'zh-CN', 'people')
    await form.hears('还没有选择队列,请选一个。')
    await form.chooseFirst(form.box(/^队列/))
    await form.show('data')
    await form.choose(form.box(/^数据源/), /weather/)
    await form.press(/^\+ .*(月|month)/i)
    await form.show('call')
    await form.press(/^\+ 景点/)
    await form.type('place', '兵马俑')
    await form.press('带回一个值')
    await form.type('第 1 个:存到变量', 'found')
    const doc = await holds('references', ({ blocks }) => JSON.stringify(blocks['call']).includes('"found"')) // prettier-ignore
    expect(doc.blocks['people']!['queue']).to.be.a('string').and.not.equal('?')
    expect(doc.blocks['data']!['source']).to.equal('weather')
    expect(doc.blocks['data']!['params']).to.have.property('month')
    expect(doc.blocks['call']).to.deep.include({
      args: { place: { literal: '兵马俑' } },
      results: { found: 'answer' },
    })
    await form.gone('还没有选择队列,请选一个。')
    expect(await form.flaws()).to.deep.equal([])
  })

  test('languages to choose from and scores of a survey', async () => {
    const form = await open('lists', 'zh-CN', 'tongue')
    await form.press('添加语言')
    await form.show('rate')
    await form.type('分数 1 满意 · 分数', '10')
    await form.press('添加分数')
    await form.type(/分数 2 .* · 名称 · 中文/, '不满意')
    const doc = await holds('lists', ({ blocks }) => JSON.stringify(blocks['rate']).includes('不满意')) // prettier-ignore
    expect((doc.blocks['tongue']!['choices'] as Loose[])[1]).to.deep.equal({ lang: 'en', dtmf: '2', label: 'English' }) // prettier-ignore
    expect((doc.blocks['rate']!['scale'] as Loose[])[0]).to.include({ score: 10, dtmf: '1' })
    expect(await form.flaws()).to.deep.equal([])
  })

  test('intents come from the set that is chosen, their exits named after them', async () => {
    const set = { id: 'hotline2', name: { zh: '热线', en: 'Hotline' } }
    const made = await hotline.admin.rest('POST', '/intents', set)
    expect(made.status, await made.clone().text()).to.equal(200)
    const intents = [
      { id: 'tickets', name: { zh: '门票', en: 'Tickets' }, examples: {}, keywords: {} },
    ]
    const { version } = (await made.json()) as { version: number }
    const changed = await hotline.admin.rest('PATCH', '/intents/hotline2', { version, intents })
    expect(changed.status, await changed.clone().text()).to.equal(200)
    const form = await open('intents', 'zh-CN', 'sort')
    await form.choose(form.box(/^意图库/), /hotline2/)
    await form.press('添加意图')
    await form.type(/意图 1 tickets · 给出选项时的名称 · 中文/, '门票')
    await form.type(/意图 1 门票 · 给出选项时的名称 · 英文/, 'Tickets')
    const doc = await holds('intents', ({ blocks }) => JSON.stringify(blocks['sort']).includes('Tickets')) // prettier-ignore
    expect(doc.blocks['sort']).to.deep.include({
      classifier: 'hotline2',
      intents: [{ id: 'tickets', intent: 'tickets', label: { 'zh-CN': '门票', en: 'Tickets' } }],
    })
    expect(await form.flaws()).to.deep.equal([])
  })

  test('what cannot work on a channel is marked there', async () => {
    const form = await open('channels', 'zh-CN', 'on')
    const table = form.region.locator('summary', { hasText: '在各渠道上' })
    await table.press('Enter')
    const row = form.region.getByRole('row', { name: /短信/ })
    expect(await row.textContent())
      .to.include('做法不同')
      .and.include('不能转接')
    await form.type('号码', '一一〇')
    await form.hears('“一一〇”不是能拨打的号码')
  })

  test('the flow itself: a language that lacks words, a hotkey that is a text command', async () => {
    const form = await open('whole', 'zh-CN')
    const { page } = form
    await page.getByRole('tab', { name: '流程设置' }).press('Enter')
    await form.type(/^流程名称/, '新名字')
    await form.box(/^语言/).fill('ja')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await form.region
      .locator('summary', { hasText: /日|ja.*还缺 \d+ 处/ })
      .first()
      .waitFor()
    await form.press('添加快捷键')
    await form.unfold(form.item(/^快捷键 1 /))
    await form.type(/快捷键 1 .* · 还可以怎么说 · 中文/, '查询')
    await page.keyboard.press('Enter')
    await form.type(/快捷键 1 .* · 文字命令/, 'phone')
    await form.choose(form.box(/快捷键 1 .* · 转到/), '返回上一步')
    const doc = await holds('whole', (now) => JSON.stringify(now['hotkeys'] ?? null).includes('@back')) // prettier-ignore
    expect(doc).to.deep.include({ name: '新名字', langs: ['zh-CN', 'en', 'ja'] })
    expect(doc['hotkeys']).to.deep.equal([{ id: 'hotkey1', target: '@back', say: { 'zh-CN': ['查询'] }, rest: 'phone' }]) // prettier-ignore
    expect(await form.flaws()).to.deep.equal([])
  })
})
