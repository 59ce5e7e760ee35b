import { expect } from 'chai'
import { sampleFlows } from '../../bots/samples/hotline/index.ts'
import { canonicalJson } from '../../bots/flow/versions.ts'
import { sha256 } from '../../bots/flow/sha256.ts'
import type { FlowDoc } from '../../bots/flow/schema.ts'
import type { FlowFile } from '../../gateway/flows/flow-file.ts'
import { makeFlowFile, MAX_FILE_CHARS, readFlowFile } from '../../gateway/flows/flow-file.ts'
import { YiluError } from '../../gateway/errors.ts'
import { recordingsOf, referencesOf, withReferences } from '../../gateway/flows/references.ts'
import type { ImportLook } from '../../gateway/flows/schema.ts'
import { FlowHouse, saying } from './house.ts'

const CHECKSUM = 'a'.repeat(64)

/** talk → part; both name things of the house they come from */
const part = saying('部分', {
  id: 'part',
  kind: 'sub',
  blocks: {
    hello: {
      type: 'say',
      prompt: { 'zh-CN': { text: '部分', audio: { mediaId: 'tape', ofText: 'x' } } },
      out: { next: 'bye' },
    },
    bye: { type: 'end', reason: 'return' },
  },
})
const talk = saying('您好', {
  fallbackQueue: 'theirs',
  blocks: {
    hello: { type: 'subflow', flow: 'part', out: { next: 'hours', error: 'hours' } },
    hours: { type: 'hours', schedule: 'desk', out: { open: 'people', closed: 'bye' } },
    people: {
      type: 'queue',
      queue: 'theirs',
      skills: ['english', 'korean'],
      out: { closed: 'bye', timeout: 'bye', failed: 'bye' },
    },
    bye: { type: 'end', reason: 'done' },
  },
})

describe('a flow as one file', function () {
  this.timeout(30_000)
  const house = new FlowHouse()
  before(() => house.open())
  after(() => house.close())
  beforeEach(() => house.empty())

  const exported = async (query = '') => {
    await house.draw(part)
    await house.draw(talk)
    house.recordings.set('tape', CHECKSUM)
    return JSON.stringify(await house.must<FlowFile>('GET', `/flows/talk/export${query}`))
  }
  const look = (text: string, more: object = {}) =>
    house.must<ImportLook>('POST', '/flows/-/look', { text, ...more })

  it('holds the flow, the flows it calls, and on wish the checksums of its recordings', async () => {
    const file = readFlowFile(await exported())
    expect(file.flow).to.equal('talk')
    expect(file.flows.map(({ id }) => id)).to.deep.equal(['talk', 'part'])
    expect(file.recordings).to.deep.equal([{ id: 'tape', sha256: CHECKSUM }])
    const without = await house.must<FlowFile>('GET', '/flows/talk/export?recordings=0')
    expect(without.recordings).to.deep.equal([])
  })

  it('of a version goes with the live versions of what it calls, of a draft with drafts', async () => {
    await house.draw(saying('草稿一', { id: 'part', kind: 'sub' }))
    await house.publish('part')
    await house.redraw(saying('草稿二', { id: 'part', kind: 'sub' }))
    await house.draw(saying('', { blocks: { hello: { type: 'goto', flow: 'part' } } }))
    await house.publish('talk')
    const texts = async (query: string) =>
      JSON.stringify((await house.must<FlowFile>('GET', `/flows/talk/export${query}`)).flows)
    expect(await texts('?version=1')).to.include('草稿一')
    expect(await texts('')).to.include('草稿二')
  })

  it('a draft that is no flow yet cannot leave', async () => {
    await house.must('POST', '/flows', { id: 'talk', name: '半' })
    await house.must('PUT', '/flows/talk/draft', {
      draftVersion: 1,
      doc: { name: '半', blocks: 7 },
    })
    expect((await house.ask('GET', '/flows/talk/export')).body.code).to.equal('FLOW_INVALID')
  })

  it('is looked at first: what is new, what is replaced, what it names that is not here', async () => {
    const text = await exported()
    await house.must('DELETE', '/flows/talk')
    await house.must('POST', '/flows/talk/restore')
    await house.redraw(saying('别的内容', { fallbackQueue: 'general' }))
    house.recordings.set('tape', 'b'.repeat(64))
    const seen = await look(text)
    expect(seen.flows.map(({ id, replaces }) => [id, replaces?.same])).to.deep.equal([
      ['part', true],
      ['talk', false],
    ])
    expect(seen.flows[1]!.replaces).to.include({ added: 2, removed: 0, changed: 1, putAway: false })
    expect(seen.missing.map(({ kind, id }) => [kind, id])).to.have.deep.members([
      ['queue', 'theirs'],
      ['skill', 'korean'],
    ])
    expect(seen.missing.find(({ kind }) => kind === 'queue')!.where).to.have.deep.members([
      { flow: 'talk', block: 'people' },
      { flow: 'talk' },
    ])
    expect(seen.recordings).to.deep.equal([{ id: 'tape', state: 'differs' }])
    const draft = await house.must<{ doc: FlowDoc }>('GET', '/flows/talk/draft')
    expect(JSON.stringify(draft.doc)).to.include('别的内容')
  })

  it('under other names everything follows: calls between the flows, queues, skills', async () => {
    const text = await exported()
    const choices = {
      ids: { talk: 'talk-2', part: 'part-2' },
      references: { queue: { theirs: 'general' }, skill: { korean: 'english' } },
    }
    expect((await look(text, choices)).missing).to.deep.equal([])
    await house.must('POST', '/flows/-/import', { text, ...choices })
    const { doc } = await house.must<{ doc: FlowDoc }>('GET', '/flows/talk-2/draft')
    expect(doc.id).to.equal('talk-2')
    expect(doc.fallbackQueue).to.equal('general')
    expect(referencesOf(doc).map(({ kind, id }) => `${kind} ${id}`)).to.have.members([
      'flow part-2',
      'schedule desk',
      'queue general',
      'queue general',
      'skill english',
      'skill english',
    ])
  })

  it('lands as drafts and never live, also in place of a flow that is', async () => {
    await house.draw(saying('线上'))
    await house.publish('talk')
    const { draftVersion } = await house.must<{ draftVersion: number }>('GET', '/flows/talk/draft')
    const text = JSON.stringify(
      makeFlowFile({ flow: 'talk', flows: [saying('文件里')], recordings: [] }),
    )
    const take = (draftVersions: object) =>
      house.ask('POST', '/flows/-/import', { text, draftVersions })
    expect((await take({})).body.code).to.equal('CONFLICT')
    expect((await take({ talk: draftVersion - 1 })).body.code).to.equal('CONFLICT')
    expect((await take({ talk: draftVersion })).status).to.equal(200)
    expect(house.greeting('talk')).to.equal('线上')
    const after = await house.must<{ doc: FlowDoc }>('GET', '/flows/talk/draft')
    expect(JSON.stringify(after.doc)).to.include('文件里')
  })

  it('what is here already word for word is not touched, so nobody who edits it is disturbed', async () => {
    const text = await exported()
    const before = await house.must<{ draftVersion: number }>('GET', '/flows/part/draft')
    await house.redraw({ ...talk, name: '改过' })
    const { flows } = await look(text)
    const draftVersions = Object.fromEntries(
      flows.map(({ as, replaces }) => [as, replaces!.draftVersion]),
    )
    await house.must('POST', '/flows/-/import', { text, draftVersions })
    expect(await house.must('GET', '/flows/part/draft')).to.deep.equal(before)
    const after = await house.must<{ doc: FlowDoc }>('GET', '/flows/talk/draft')
    expect(after.doc.name).to.equal(talk.name)
  })

  it('a flow may be left out; one that was put away here is not trodden on', async () => {
    const text = await exported()
    await house.must('DELETE', '/flows/talk')
    const seen = await look(text, { ids: { part: null } })
    expect(seen.leftOut).to.deep.equal([{ id: 'part', name: '问候' }])
    expect(seen.flows.map(({ id }) => id)).to.deep.equal(['talk'])
    expect(seen.flows[0]!.replaces!.putAway).to.equal(true)
    const refused = await house.ask('POST', '/flows/-/import', { text, ids: { part: null } })
    expect(refused.body.code).to.equal('DUPLICATE')
    const both = await house.ask('POST', '/flows/-/import', { text, ids: { talk: 'x', part: 'x' } })
    expect(both.status).to.equal(400)
  })

  it('the sample hotline comes back from a file as it went in', () => {
    const main = sampleFlows.find(({ id }) => id === 'main')!
    const file = makeFlowFile({ flow: main.id, flows: sampleFlows, recordings: [] })
    const back = readFlowFile(JSON.stringify(file, null, 1))
    expect(canonicalJson(back.flows)).to.equal(canonicalJson(sampleFlows))
    for (const doc of back.flows) {
      expect(canonicalJson(withReferences(doc, {}))).to.equal(canonicalJson(doc))
      expect(recordingsOf(doc)).to.deep.equal([])
    }
  })

  describe('forged ones are refused', () => {
    const sound = makeFlowFile({ flow: 'talk', flows: [saying('您好')], recordings: [] })
    const resigned = (change: (file: Record<string, unknown>) => void): string => {
      const file = structuredClone(sound) as unknown as Record<string, unknown>
      change(file)
      const { flow, flows, recordings } = file
      return JSON.stringify({ ...file, hash: sha256(canonicalJson({ flow, flows, recordings })) })
    }
    const deep = `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`
    const cases: [name: string, text: string, why: string][] = [
      ['no JSON', '{"format":', 'notJson'],
      ['another kind of file', '{"hello":1}', 'notAFlowFile'],
      ['nothing', 'null', 'notAFlowFile'],
      ['a later format', JSON.stringify({ ...sound, v: 2 }), 'newer'],
      ['one word changed', JSON.stringify(sound).replace('您好', '你好'), 'hash'],
      ['a hash of nothing', JSON.stringify({ ...sound, hash: '' }), 'hash'],
      ['twenty thousand brackets', deep, 'tooDeep'],
      [
        'too large',
        JSON.stringify({ ...sound, exportedAt: 'x'.repeat(MAX_FILE_CHARS) }),
        'tooLarge',
      ],
      [
        '__proto__',
        JSON.stringify(sound).replace('"hello":{', '"__proto__":{"x":1},"hello":{'),
        'forbiddenName',
      ],
      [
        'constructor',
        JSON.stringify(sound).replace('"hello":{', '"constructor":{"x":1},"hello":{'),
        'forbiddenName',
      ],
      [
        'a broken schema',
        resigned((file) => (file.flows = [{ ...saying('x'), blocks: { a: { type: 'run' } } }])),
        'schema',
      ],
      [
        'an id that is a path',
        resigned((file) => (file.flows = [saying('x', { id: '../x' })])),
        'schema',
      ],
      [
        'one flow twice',
        resigned((file) => (file.flows = [saying('x'), saying('y')])),
        'flowTwice',
      ],
      ['the flow itself not in it', resigned((file) => (file.flow = 'other')), 'flowMissing'],
      ['more than a file holds', resigned((file) => (file.extra = 1)), 'notAFlowFile'],
    ]
    for (const [name, text, why] of cases)
      it(name, async () => {
        const reading = () => readFlowFile(text)
        expect(reading).to.throw(YiluError).that.deep.include({ code: 'FLOW_FILE_BAD' })
        expect(reading).to.throw(YiluError).with.nested.property('details.why', why)
        for (const door of ['look', 'import'])
          // what is larger than any request may be is turned away before it is read
          expect((await house.ask('POST', `/flows/-/${door}`, { text })).status).to.be.oneOf([
            400, 413,
          ])
        expect((await house.must('GET', '/flows')).items).to.deep.equal([])
        expect(({} as Record<string, unknown>).x).to.equal(undefined)
      })
  })
})
