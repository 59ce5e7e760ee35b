import { expect } from 'chai'
import { conditionText, saidBy } from '../../../admin/src/flows/doc.ts'
import { exitsOf, outlineOf } from '../../../admin/src/flows/outline.ts'
import type { Row } from '../../../admin/src/flows/outline.ts'

const drawn = (rows: Row[]): string[] =>
  rows.map((row) => {
    const indent = '. '.repeat(row.level - 1)
    if (row.kind === 'section') return `${indent}${row.section}`
    if (row.kind === 'block') return `${indent}${row.id}${row.missing ? ' (missing)' : ''}`
    return `${indent}${row.exit.port}${row.seeAbove ? ` -> ${row.exit.to}` : ':'}`
  })

describe('the outline of a flow', () => {
  const doc = {
    entry: 'hello',
    hotkeys: [
      { id: 'human', dtmf: '0', target: 'desk' },
      { id: 'again', target: '@repeat' },
    ],
    blocks: {
      hello: { type: 'say', out: { next: 'menu' } },
      menu: {
        type: 'menu',
        choices: [
          { id: 'tickets', dtmf: '1', label: { 'zh-CN': '门票', en: 'Tickets' } },
          { id: 'human', label: { en: 'Human' } },
        ],
        out: { noMatch: 'menu', human: 'desk', tickets: 'price' },
      },
      price: { type: 'say', out: { next: 'menu' } },
      desk: { type: 'queue', out: { after: 'thanks', closed: 'gone' } },
      thanks: { type: 'end' },
      lost: { type: 'say', out: { next: 'lostToo' } },
      lostToo: { type: 'end' },
    },
  }

  it('reads downwards, and indents what turns off', () => {
    expect(drawn(outlineOf(doc))).to.deep.equal([
      'entry',
      '. hello',
      '. menu',
      '. . tickets:',
      '. . . price',
      '. . . . next -> menu',
      '. . human -> desk',
      '. . noMatch -> menu',
      'hotkeys',
      '. human:',
      '. . desk',
      '. . . closed:',
      '. . . . gone (missing)',
      '. . thanks',
      '. again -> @repeat',
      'unreached',
      '. lost',
      '. lostToo',
    ])
  })
  it('gives every line a key of its own', () => {
    const keys = outlineOf(doc).map(({ key }) => key)
    expect(new Set(keys).size).to.equal(keys.length)
  })
  it('shows every block exactly once, loops or not', () => {
    const ids = outlineOf(doc).flatMap((row) =>
      row.kind === 'block' && !row.missing ? row.id : [],
    )
    expect(ids.sort()).to.deep.equal(Object.keys(doc.blocks).sort())
  })
  it('lists exits as the choices are offered, with their words and keys', () => {
    expect(exitsOf(doc.blocks.menu)).to.deep.equal([
      { port: 'tickets', to: 'price', labels: { 'zh-CN': '门票', en: 'Tickets' }, key: '1' },
      { port: 'human', to: 'desk', labels: { en: 'Human' } },
      { port: 'noMatch', to: 'menu', labels: {} },
    ])
  })
  it('survives whatever a half-written draft may hold', () => {
    for (const broken of [{}, { blocks: [] }, { entry: 1, blocks: { a: null } }, { hotkeys: {} }])
      expect(() => outlineOf(broken)).not.to.throw()
    expect(drawn(outlineOf({ entry: 'x', blocks: { a: null } }))).to.include('. x (missing)')
  })
})

describe('what a block says', () => {
  it('comes in the order it is met, languages of the flow first', () => {
    const said = saidBy(
      {
        prompt: { en: { text: 'Hi', speak: 'Hello' }, 'zh-CN': { text: '您好' } },
        retry: { noMatch: { 'zh-CN': { text: '没听清' } } },
      },
      ['zh-CN', 'en'],
    )
    expect(said.map(({ part, lang, text }) => `${part}/${lang}: ${text}`)).to.deep.equal([
      'prompt/zh-CN: 您好',
      'prompt/en: Hi',
      'noMatch/zh-CN: 没听清',
    ])
    expect(said[1]?.more).to.deep.equal(['Hello'])
  })
  it('puts conditions in one line', () => {
    expect(
      conditionText({
        all: [
          { var: 'lang', op: '==', value: { literal: 'en' } },
          { not: { var: 'phone', op: 'empty' } },
        ],
      }),
    ).to.equal('lang == "en" & ! (phone empty)')
  })
})
