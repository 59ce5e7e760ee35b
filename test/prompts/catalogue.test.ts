import { expect } from 'chai'
import { textHash } from '../../bots/flow/versions.ts'
import { sampleFlows } from '../../bots/samples/hotline/index.ts'
import { catalogue } from '../../gateway/prompts/catalogue.ts'
import { stemOf } from '../../gateway/prompts/file-name.ts'
import { promptsIn } from '../../gateway/prompts/prompts-in.ts'
import { readingListCsv, readingListHtml } from '../../gateway/prompts/reading-list.ts'
import { recordPrompt } from '../../gateway/prompts/record-prompt.ts'

const flow = (prompt: object, more: object = {}) => ({
  schema: 1,
  id: 'f',
  langs: ['zh-CN', 'en'],
  blocks: { hello: { type: 'say', label: '问候', prompt }, ...more },
})
const list = (draft: unknown, live?: unknown) =>
  catalogue([{ id: 'f', name: '流程', draft, live }], new Map([['m1', 1200]]))

describe('the catalogue of prompts', () => {
  it('tells what is recorded, recorded from another text, synthetic and missing', () => {
    const audio = (ofText: string) => ({ mediaId: 'm1', ofText })
    const states = [
      { 'zh-CN': { text: '您好', audio: audio(textHash('您好')) }, en: { text: 'Hello' } },
      { 'zh-CN': { text: '您好!', audio: audio(textHash('您好')) } },
    ].map((prompt) => list(flow(prompt)).map(({ lang, state }) => [lang, state]))
    expect(states).to.deep.equal([
      [
        ['zh-CN', 'recorded'],
        ['en', 'synthetic'],
      ],
      [
        ['zh-CN', 'stale'],
        ['en', 'missing'],
      ],
    ])
  })

  it('says how it is heard, what the block is called, how long the recording is', () => {
    const [entry] = list(
      flow({
        'zh-CN': {
          text: '详见 https://a.cn **12301** {{name}}',
          audio: { mediaId: 'm1', ofText: '' },
        },
      }),
    )
    expect(entry).to.include({
      label: '问候',
      fileName: 'f.hello.prompt.zh-CN',
      variables: true,
      durationMs: 1200,
      mediaId: 'm1',
    })
    expect(entry!.spoken).to.include('12301').and.not.include('https').and.not.include('*')
  })

  it('knows what callers hear now: the same, another wording, or a prompt the draft has no more', () => {
    const old = flow(
      { 'zh-CN': { text: '旧' }, en: { text: 'old' } },
      { gone: { type: 'say', prompt: { en: { text: 'bye' } } } },
    )
    const now = flow({ 'zh-CN': { text: '新' }, en: { text: 'old' } })
    expect(
      list(now, old).map(({ block, lang, live, inDraft }) => [block, lang, live, inDraft]),
    ).to.deep.equal([
      ['hello', 'zh-CN', 'differs', true],
      ['hello', 'en', 'same', true],
      ['gone', 'en', 'same', false],
    ])
  })

  it('finds every prompt of the sample hotline, and none in its tests', () => {
    for (const doc of sampleFlows) {
      const texts = promptsIn(doc).flatMap(({ variants }) => [...variants.values()])
      const written = JSON.stringify({ ...doc, tests: [] }).match(/"text":/g)!.length
      expect(texts.length).to.be.greaterThan(0).and.at.most(written)
      for (const { block } of promptsIn(doc)) if (block) expect(doc.blocks).to.have.property(block)
    }
  })

  it('reads a half-written document, whatever it holds', () => {
    for (const doc of [
      null,
      3,
      'x',
      [],
      {},
      { blocks: null },
      { blocks: { a: null, b: { prompt: { en: null } } } },
      { langs: 'x', blocks: { a: { prompt: { en: { text: 1 } } } } },
    ]) {
      expect(() => list(doc)).not.to.throw()
    }
  })

  it('a recording is put on a wording as it stands, and taken off', () => {
    const doc = flow({ 'zh-CN': { text: '您好' } })
    const at = { block: 'hello', field: 'prompt', lang: 'zh-CN' }
    expect(recordPrompt(doc, at, 'm2')).to.equal(true)
    expect(list(doc)[0]).to.include({ state: 'recorded', mediaId: 'm2' })
    expect(recordPrompt(doc, at, null)).to.equal(true)
    expect(list(doc)[0]).to.include({ state: 'synthetic' })
    for (const wrong of [
      { ...at, lang: 'en' },
      { ...at, block: 'nobody' },
      { ...at, field: '__proto__' },
    ]) {
      expect(recordPrompt(doc, wrong, 'm2')).to.equal(false)
    }
  })
})

describe('the reading list', () => {
  const prompts = list(
    flow({ 'zh-CN': { text: '=HYPERLINK("http://x")' }, en: { text: '<script>"</script>' } }),
  )

  it('is a table that Excel takes for text', () => {
    const csv = readingListCsv(prompts, 'zh-CN')
    expect(csv.charCodeAt(0)).to.equal(0xfeff)
    expect(csv).to.include('"\'=HYPERLINK').and.include('"f.hello.prompt.zh-CN"')
  })

  it('and a page without script', () => {
    const page = readingListHtml(prompts, 'en')
    expect(page).not.to.include('<script')
    expect(page).to.include('&lt;script&gt;')
  })

  it('files are known by their names, whatever computers append to them', () => {
    for (const name of [
      'f.hello.prompt.zh-CN.wav',
      'f.hello.prompt.zh-CN (2).MP3',
      'C:\\a\\f.hello.prompt.zh-CN.flac',
    ]) {
      expect(stemOf(name), name).to.equal('f.hello.prompt.zh-CN')
    }
  })
})
