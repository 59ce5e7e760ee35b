import { expect } from 'chai'
import { ApiError } from '../../../../admin/src/api/error.ts'
import type { Doc } from '../../../../admin/src/flows/doc.ts'
import { blocksOf } from '../../../../admin/src/flows/doc.ts'
import { connect } from '../../../../admin/src/flows/document/connect.ts'
import { editBlock } from '../../../../admin/src/flows/document/blocks.ts'
import { DraftStore } from '../../../../admin/src/flows/editor/draft-store.ts'
import type { DraftView } from '../../../../admin/src/flows/editor/draft-store.ts'
import { keepSame } from '../../../../admin/src/flows/keep-same.ts'
import type { Unsaved } from '../../../../admin/src/flows/unsaved.ts'

const doc = (): Doc => ({
  id: 'x',
  blocks: {
    a: { type: 'say', prompt: { en: { text: 'A' } }, out: {} },
    b: { type: 'say', prompt: { en: { text: 'B' } }, out: {} },
  },
})
const say = (id: string, text: string) => (now: Doc) =>
  editBlock(now, id, (block) => ({ ...block, prompt: { en: { text } } }))
const textOf = (of: Doc, id: string) => JSON.stringify(blocksOf(of)[id]?.['prompt'])

/** Keeps drafts by the server's rule: a storing based on an older one is a conflict. */
class Shelf {
  stored: DraftView = { draftVersion: 1, doc: doc() }
  down = false
  puts = 0
  /** runs while a storing is on its way */
  onPut: (() => void) | undefined

  put(draftVersion: number, next: Doc): Promise<DraftView> {
    this.puts++
    this.onPut?.()
    this.onPut = undefined
    if (this.down) return Promise.reject(refusal('OFFLINE', 0))
    if (draftVersion !== this.stored.draftVersion) return Promise.reject(refusal('CONFLICT', 409))
    // as the server answers: a copy, over the wire
    this.stored = { draftVersion: draftVersion + 1, doc: structuredClone(next) }
    return Promise.resolve(structuredClone(this.stored))
  }

  /** Somebody else at work. */
  change(edit: (now: Doc) => Doc): void {
    const { draftVersion, doc: now } = this.stored
    this.stored = { draftVersion: draftVersion + 1, doc: edit(now) }
  }
}
const refusal = (code: 'OFFLINE' | 'CONFLICT', status: number) =>
  new ApiError(status, { code, zh: code, en: code } as ConstructorParameters<typeof ApiError>[1])

function open(shelf: Shelf, kept?: Unsaved) {
  const box: { kept: Unsaved | undefined } = { kept }
  const store = new DraftStore(structuredClone(shelf.stored), kept, {
    put: (version, next) => shelf.put(version, next),
    get: () => Promise.resolve(structuredClone(shelf.stored)),
    keep: (unsaved) => (box.kept = unsaved),
    autosaveMs: 0,
  })
  return { store, box }
}

describe('the draft under edit', () => {
  it('goes back and forth; typing into one field is one step', () => {
    const { store } = open(new Shelf())
    for (const text of ['H', 'Ho', 'Hot']) store.change(say('a', text), 'a prompt')
    store.part()
    store.change(say('a', 'Hotel'), 'a prompt')
    store.undo()
    expect(textOf(store.doc, 'a')).to.contain('"Hot"')
    store.undo()
    expect(textOf(store.doc, 'a')).to.contain('"A"')
    expect(store.dirty, 'back at what is stored').to.equal(false)
    store.redo()
    store.change(say('b', 'other'))
    store.redo()
    expect(textOf(store.doc, 'a'), 'a new step ends what could be done again').to.contain('"Hot"')
    store.stop()
  })
  it('is saved, and what was typed meanwhile stays and is saved next', async () => {
    const shelf = new Shelf()
    const { store } = open(shelf)
    store.change(say('a', 'one'))
    shelf.onPut = () => store.change(say('b', 'two'))
    expect(await store.save()).to.equal(true)
    expect(textOf(shelf.stored.doc, 'a')).to.contain('one')
    expect([store.dirty, textOf(store.doc, 'b')]).to.deep.equal([true, '{"en":{"text":"two"}}'])
    expect(await store.save()).to.equal(true)
    expect([store.dirty, shelf.stored.draftVersion]).to.deep.equal([false, 3])
    expect(await store.save(), 'nothing to do').to.equal(true)
    expect(shelf.puts).to.equal(2)
    store.stop()
  })
  it('two savings at once do not conflict with each other', async () => {
    const shelf = new Shelf()
    const { store } = open(shelf)
    store.change(say('a', 'one'))
    const first = store.save()
    store.change(say('a', 'two'))
    expect(await Promise.all([first, store.save()])).to.deep.equal([true, true])
    expect(textOf(shelf.stored.doc, 'a')).to.contain('two')
    store.stop()
  })
  it('is kept in the browser while the server is away, and comes back into the next window', async () => {
    const shelf = new Shelf()
    const first = open(shelf)
    first.store.change(say('a', 'precious'))
    shelf.down = true
    expect(await first.store.save()).to.equal(false)
    expect((first.store.snapshot().error as ApiError).code).to.equal('OFFLINE')
    first.store.stop()
    shelf.down = false
    const next = open(shelf, first.box.kept)
    expect(next.store.snapshot().restored).to.equal(true)
    expect(textOf(next.store.doc, 'a')).to.contain('precious')
    expect(await next.store.save()).to.equal(true)
    expect(next.box.kept, 'nothing is left to keep').to.equal(undefined)
    next.store.stop()
  })
})

describe('two people edit one draft', () => {
  it('what each changes is merged while saving, also in one block', async () => {
    const shelf = new Shelf()
    const { store } = open(shelf)
    store.change(say('a', 'mine'))
    store.change((now) => connect(now, 'b', 'next', 'a'))
    shelf.change(say('b', 'theirs'))
    expect(await store.save()).to.equal(true)
    for (const of of [store.doc, shelf.stored.doc]) {
      expect(textOf(of, 'a')).to.contain('mine')
      expect(blocksOf(of)['b']).to.deep.equal({ type: 'say', prompt: { en: { text: 'theirs' } }, out: { next: 'a' } }) // prettier-ignore
    }
    expect(store.snapshot().merged).to.equal(true)
    store.stop()
  })
  it('undoing my step does not undo theirs', async () => {
    const shelf = new Shelf()
    const { store } = open(shelf)
    store.change(say('a', 'mine'))
    shelf.change(say('b', 'theirs'))
    await store.save()
    store.undo()
    expect([textOf(store.doc, 'a'), textOf(store.doc, 'b')]).to.deep.equal([
      '{"en":{"text":"A"}}',
      '{"en":{"text":"theirs"}}',
    ])
    store.stop()
  })
  it('what both changed waits for a person; mine is kept, theirs can be taken', async () => {
    const shelf = new Shelf()
    const { store } = open(shelf)
    store.change(say('a', 'mine'))
    shelf.change(say('a', 'theirs'))
    expect(await store.save()).to.equal(false)
    expect(store.snapshot().clash?.what).to.deep.equal(['a'])
    expect(textOf(store.doc, 'a')).to.contain('mine')
    expect(textOf(shelf.stored.doc, 'a'), 'nothing of theirs is written over').to.contain('theirs')
    store.takeTheirs('a')
    expect(textOf(store.doc, 'a')).to.contain('theirs')
    store.undo()
    expect(await store.save(), 'or mine after all, on purpose').to.equal(true)
    expect(textOf(shelf.stored.doc, 'a')).to.contain('mine')
    store.stop()
  })
  it('what they store comes in while I look on', async () => {
    const shelf = new Shelf()
    const { store } = open(shelf)
    const { a } = blocksOf(store.doc)
    shelf.change(say('b', 'theirs'))
    await store.pull()
    expect(textOf(store.doc, 'b')).to.contain('theirs')
    expect(blocksOf(store.doc)['a'], 'what did not change is not drawn again').to.equal(a)
    expect(store.dirty).to.equal(false)
    store.stop()
  })
})

describe('the draft as JSON', () => {
  it('is a view of the document: typing changes it, changing it is seen', () => {
    const { store } = open(new Shelf())
    const { b } = blocksOf(store.doc)
    store.type(JSON.stringify(say('a', 'typed')(store.doc)))
    expect(textOf(store.doc, 'a')).to.contain('typed')
    expect(blocksOf(store.doc)['b']).to.equal(b)
    store.undo()
    expect(textOf(store.doc, 'a')).to.contain('"A"')
    expect(store.snapshot().typed).to.equal(undefined)
    store.stop()
  })
  it('that cannot be read holds everything until it is mended or dropped', async () => {
    const { store, box } = open(new Shelf())
    store.type('{"blocks":')
    store.change(say('a', 'lost?'))
    expect([store.broken, store.dirty, await store.save()]).to.deep.equal([true, true, false])
    expect(textOf(store.doc, 'a')).to.contain('"A"')
    store.keepNow()
    expect(box.kept?.text).to.equal('{"blocks":')
    store.dropTyped()
    expect([store.broken, store.dirty]).to.deep.equal([false, false])
    store.stop()
  })
})

describe('what stays the same', () => {
  it('keeps its object; what differs does not, nor does another order of blocks', () => {
    const before = doc()
    expect(keepSame(before, doc())).to.equal(before)
    const next = keepSame(before, say('a', 'new')(doc()))
    expect(next).not.to.equal(before)
    expect(blocksOf(next)['b']).to.equal(blocksOf(before)['b'])
    const turned = keepSame({ a: 1, b: 2 }, { b: 2, a: 1 })
    expect(Object.keys(turned)).to.deep.equal(['b', 'a'])
    expect(keepSame({ a: 1, b: 2 }, { a: 1 })).to.deep.equal({ a: 1 })
    expect(keepSame([1, 2], [1])).to.deep.equal([1])
  })
})
