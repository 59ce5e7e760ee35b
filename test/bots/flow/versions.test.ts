import { createHash } from 'node:crypto'
import { expect } from 'chai'
import fc from 'fast-check'
import type { FlowDoc } from '../../../bots/flow/schema.ts'
import { sha256 } from '../../../bots/flow/sha256.ts'
import {
  canMigrate,
  canonicalJson,
  changedBlocks,
  flowHash,
  sameVersion,
  textHash,
} from '../../../bots/flow/versions.ts'
import { hotline, prompt } from './documents.ts'

describe('versions of a flow', () => {
  it('hash as the standard says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(sha256(text)).to.equal(createHash('sha256').update(text).digest('hex'))
      }),
    )
  })

  it('are the same whatever the order of keys, wherever blocks are drawn', () => {
    const doc = hotline()
    const turned = JSON.parse(
      JSON.stringify(Object.fromEntries(Object.entries(doc).reverse())),
    ) as FlowDoc
    turned.blocks = Object.fromEntries(Object.entries(turned.blocks).reverse())
    Object.assign(turned.blocks.menu ?? {}, { ui: { x: 1, y: 2 }, label: '主菜单' })
    expect(sameVersion(doc, turned)).to.equal(true)
  })

  it('differ when a word differs', () => {
    const doc = hotline()
    const other = hotline()
    Object.assign(other.blocks.menu ?? {}, { prompt: prompt('咨询请按1,投诉请按 2') })
    expect(flowHash(doc)).to.not.equal(flowHash(other))
    expect(changedBlocks(doc, other)).to.deep.equal({ added: [], removed: [], changed: ['menu'] })
  })

  it('let a person move on only if their block is still of the same kind', () => {
    const doc = hotline()
    const other = hotline()
    other.blocks.people = { type: 'say', prompt: prompt('好'), out: { next: 'end' } }
    expect(canMigrate(doc, other, 'menu')).to.equal(true)
    expect(canMigrate(doc, other, 'people')).to.equal(false)
    expect(canMigrate(doc, other, 'gone')).to.equal(false)
  })

  it('canonical JSON is JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).to.deep.equal(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('a recording knows its text', () => {
    expect(textHash('欢迎')).to.equal(textHash(' 欢迎 ')).and.not.equal(textHash('欢迎您'))
  })
})
