import { expect } from 'chai'
import { parse } from 'csv-parse/sync'
import { columnsOf } from '../../gateway/knowledge/import/columns.ts'
import { readPairs } from '../../gateway/knowledge/import/read-pairs.ts'
import { readTable } from '../../gateway/knowledge/import/read-table.ts'
import type { ImportPreview } from '../../gateway/knowledge/import/schema.ts'
import type { CategoryView, KnowledgeView } from '../../gateway/knowledge/schema.ts'
import type { Room } from './room.ts'
import { openRoom } from './room.ts'

describe('importing knowledge', function () {
  this.timeout(30_000)
  let room: Room
  before(async () => {
    room = await openRoom()
  })
  after(() => room.close())
  beforeEach(() => room.empty())

  async function preview(content: string | Buffer, name: string, columns?: string) {
    const form = new FormData()
    form.append('file', new Blob([new Uint8Array(Buffer.from(content as string))]), name)
    const query = columns === undefined ? '' : `?columns=${encodeURIComponent(columns)}`
    const response = await room.door.ask('su', 'POST', `/knowledge/import/preview${query}`, {
      body: form,
    })
    return (await response.json()) as ImportPreview & { code?: string }
  }
  /** as the console does: the sound rows, in one go */
  const takeIn = ({ rows }: ImportPreview) =>
    room.ask<{ created: number; changed: number; same: number }>(
      'su',
      'POST',
      '/knowledge/import',
      {
        rows: rows.filter(({ problems }) => problems.length === 0),
      },
    )
  const all = async () =>
    (await room.ask<{ items: KnowledgeView[] }>('su', 'GET', '/knowledge')).items

  const SHEET = [
    '问题,答案,相似问法,分类,生效日期,失效日期',
    '城墙几点关门,晚上十点,城墙关门时间|城墙开到几点,景点,2026/5/1,2026年12月31日',
    'Is the wall lit at night?,Yes,,Sights,,',
    '没有答案的问题,,,景点,,',
    '城墙几点关门?,九点,,景点,,',
    '日期不对,好,,景点,2026-02-30,',
  ].join('\n')

  it('shows what each row would make and what is wrong with it, and takes in the sound ones as drafts', async () => {
    await room.ask('su', 'POST', '/knowledge/categories', { name: { zh: '景点', en: 'Sights' } })
    const shown = await preview(SHEET, '问答.csv')
    expect(shown.columns).to.deep.equal(['question', 'answer', 'variants', 'category', 'validFrom', 'validUntil']) // prettier-ignore
    expect(shown.rows.map(({ row, problems, state }) => [row, state, problems])).to.deep.equal([
      [2, 'new', []],
      [3, 'new', []],
      [4, 'new', ['noAnswer']],
      [5, 'new', ['repeated']],
      [6, 'new', ['badDate']],
    ])
    expect(await takeIn(shown)).to.deep.equal({ created: 2, changed: 0, same: 0 })
    const [wall, lit] = (await all()).sort((a) => (a.question['zh-CN'] ? -1 : 1))
    expect(wall).to.deep.include({
      approved: false,
      question: { 'zh-CN': '城墙几点关门' },
      variants: { 'zh-CN': ['城墙关门时间', '城墙开到几点'] },
      validFrom: '2026-05-01',
      validUntil: '2026-12-31',
    })
    expect(lit!.question).to.deep.equal({ en: 'Is the wall lit at night?' })
    const { items } = await room.ask<{ items: CategoryView[] }>('su', 'GET', '/knowledge/categories') // prettier-ignore
    expect(items.map(({ entries }) => entries)).to.deep.equal([2])
    expect(room.knowledge.search('城墙几点关门', 'zh-CN', 1)).to.deep.equal([])
  })

  it('the same file again changes nothing; an edited one changes what it says, as a draft beside what is told', async () => {
    await takeIn(await preview(SHEET, 'a.csv'))
    const again = await preview(SHEET, 'a.csv')
    expect(again.rows.slice(0, 2).map(({ state }) => state)).to.deep.equal(['same', 'same'])
    expect(await takeIn(again)).to.deep.equal({ created: 0, changed: 0, same: 2 })
    const [wall] = (await all()).filter(({ question }) => question['zh-CN'])
    await room.ask('chen', 'PATCH', `/knowledge/${wall!.id}`, { version: 1, approved: true })
    const edited = await preview(SHEET.replace('晚上十点', '晚上八点'), 'a.csv')
    expect(edited.rows[0]).to.include({ state: 'changed', entryId: wall!.id })
    expect(await takeIn(edited)).to.deep.equal({ created: 0, changed: 1, same: 1 })
    expect(room.knowledge.search('城墙几点关门', 'zh-CN', 1)[0]!.answer).to.equal('晚上十点')
    expect((await all()).find(({ id }) => id === wall!.id)).to.deep.include({
      approved: false,
      answer: { 'zh-CN': '晚上八点' },
    })
  })

  it('unknown headings are mapped by hand', async () => {
    const sheet = 'Frage\tAntwort\tNotiz\nWo ist das Tor?\tIm Süden\tx\n'
    const shown = await preview(sheet, 'a.csv')
    expect(shown.columns).to.deep.equal([null, null, null])
    expect(shown.rows[0]!.problems).to.deep.equal(['noQuestion'])
    const mapped = await preview(sheet, 'a.csv', 'question.de,answer.de,')
    expect(mapped.rows[0]).to.deep.include({
      question: { de: 'Wo ist das Tor?' },
      answer: { de: 'Im Süden' },
      problems: [],
    })
    expect(await preview(sheet, 'a.csv', '$where')).to.include({ code: 'BAD_REQUEST' })
  })

  it('what is exported comes back without loss, and a spreadsheet runs none of it', async () => {
    await room.ask('su', 'POST', '/knowledge/categories', { name: { zh: '景点', en: 'Sights' } })
    const hostile = ['=1+1', '+86', '-2', '@SUM(A1)', "'=x", "''", "it's", '\t=1', 'a|b', 'x, "y"; z', ' %0', '|cmd', '=全角'] // prettier-ignore
    for (const [index, text] of hostile.entries()) {
      await room.add(`${text} 问题${index}`, `${text}\n第二行`, {
        variants: { 'zh-CN': [text.trim()], en: [`${text} one`, `${text} two`] },
        question: { 'zh-CN': `${text} 问题${index}`, en: `${text} question ${index}` },
        answer: { 'zh-CN': `${text}\n第二行`, en: text },
        keywords: ['城墙', `词${index}`],
        source: text,
        validFrom: '2026-05-01',
      })
    }
    const before = await all()
    const response = await room.door.ask('su', 'GET', '/knowledge/export')
    const file = Buffer.from(await response.arrayBuffer())
    const cells = (parse(file, { bom: true }) as string[][]).flat()
    expect(cells.filter((cell) => /^[\s\p{C}]*[=+\-@|%=]/u.test(cell))).to.deep.equal([])
    const shown = await preview(file, 'knowledge.csv')
    expect(shown.rows).to.have.length(hostile.length)
    expect(shown.rows.filter(({ state }) => state !== 'same')).to.deep.equal([])
    // into an empty house: the same words, unapproved
    await room.empty()
    await takeIn(shown)
    const bare = (list: KnowledgeView[]) =>
      list
        .map(({ question, answer, variants, keywords, source, validFrom }) =>
          JSON.stringify({ question, answer, variants, keywords, source, validFrom }),
        )
        .sort()
    expect(bare(await all())).to.deep.equal(bare(before))
  })

  it('script in a document becomes its words', async () => {
    const shown = await preview(
      '问题,答案\n<img src=x onerror=alert(1)>几点开门,<script>alert(1)</script>八点\n',
      'a.csv',
    )
    expect(JSON.stringify(shown.rows)).not.to.match(/<script|<img|onerror/)
  })

  it('what is no document, or far too much of one, is refused by name and nothing is taken in', async () => {
    expect(await preview(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 1, 1, 1, 0]), 'a.xlsx')).to.include({ code: 'BAD_DOCUMENT' }) // prettier-ignore
    expect(await preview(Buffer.alloc(10 * 1024 * 1024 + 10, 'a,'), 'a.csv')).to.include({ code: 'DOCUMENT_TOO_LARGE' }) // prettier-ignore
    const rows = Array.from({ length: 5002 }, (_, n) => `问题${n},答案`).join('\n')
    expect(await preview(`问题,答案\n${rows}`, 'a.csv')).to.include({ code: 'DOCUMENT_TOO_LARGE' })
    expect(await room.ask('su', 'POST', '/knowledge/import', { rows: [{ row: 1, question: { 'zh-CN': '' }, answer: {}, variants: {} }] })).to.include({ code: 'BAD_REQUEST' }) // prettier-ignore
    expect(await all()).to.deep.equal([])
  })

  it('a question much like one there is, is pointed out', async () => {
    await room.add('兵马俑门票多少钱', '一百二')
    await room.add('城墙门票多少钱', '五十四')
    const shown = await preview('问题,答案\n请问兵马俑的门票多少钱呀,一百二\n', 'a.csv')
    expect(shown.rows[0]!.alike![0]!.question).to.equal('兵马俑门票多少钱')
  })

  describe('from a text', () => {
    it('takes what is marked as question and answer, over several lines', () => {
      const { rows, skipped } = readPairs([
        '旅游热线常见问答',
        '问:城墙几点关门?',
        '答:晚上十点。',
        '节假日顺延。',
        '问题2:可以骑车吗? 答:可以',
        'Q: Is it lit?',
        'A: Yes.',
        '问:没有答案的?',
      ])
      expect(skipped).to.equal(1)
      expect(rows.map(({ draft, problems }) => [draft.row, Object.values(draft.question)[0], Object.values(draft.answer)[0], problems])).to.deep.equal([
        [2, '城墙几点关门?', '晚上十点。\n节假日顺延。', []],
        [5, '可以骑车吗?', '可以', []],
        [6, 'Is it lit?', 'Yes.', []],
        [8, '没有答案的?', '', ['noAnswer']],
      ]) // prettier-ignore
      expect(Object.keys(rows[2]!.draft.question)).to.deep.equal(['en'])
    })

    it('takes short lines that end in a question mark, numbered or not, where nothing is marked', () => {
      const { rows } = readPairs([
        '一、开放时间?',
        '八点到十八点。',
        '2. 门票多少钱?',
        '五十四元。',
        '学生半价。',
      ])
      expect(rows.map(({ draft }) => [draft.question['zh-CN'], draft.answer['zh-CN']])).to.deep.equal([
        ['开放时间?', '八点到十八点。'],
        ['门票多少钱?', '五十四元。\n学生半价。'],
      ]) // prettier-ignore
    })
  })

  it('headings are understood in both languages, with the language they are about', () => {
    expect(columnsOf(['编号', '标准问题(中文)', '英文问题', 'Answer (EN)', '回答 zh', '相似问', '标签', '出处', '有效期至', '备注', 'question_en'])).to.deep.equal(['id', 'question.zh-CN', 'question.en', 'answer.en', 'answer.zh-CN', 'variants', 'keywords', 'source', 'validUntil', undefined, undefined]) // prettier-ignore
  })

  it('the language of a row is that of its column, or of its question', () => {
    const columns = columnsOf(['question', 'answer', 'lang'])
    const langs = (...rows: string[][]) =>
      readTable(rows, columns).map(({ draft, problems }) => [...Object.keys(draft.question), ...problems]) // prettier-ignore
    expect(langs(['几点', '八点', ''], ['when', '8', ''], ['いつ', '八時', 'ja'], ['x', 'y', '??'])).to.deep.equal([['zh-CN'], ['en'], ['ja'], ['en', 'badLang']]) // prettier-ignore
  })
})
