import { expect } from 'chai'
import {
  conditionOf,
  conditionView,
  operatorsFor,
} from '../../../admin/src/flows/form/condition-parts.ts'
import { isBlank, readAt, writeAt } from '../../../admin/src/flows/form/edit-at.ts'
import { freeId, renamedExit, withoutExit } from '../../../admin/src/flows/form/exits-of-items.ts'
import { problemsAt } from '../../../admin/src/flows/form/form-scope.ts'
import { lacking } from '../../../admin/src/flows/form/lacking.ts'
import { templateNotes } from '../../../admin/src/flows/form/template-notes.ts'
import {
  isKnown,
  typeOf,
  typeStoredBy,
  variablesOf,
} from '../../../admin/src/flows/form/variables.ts'
import { operators } from '../../../bots/flow/parts.ts'

const doc = {
  langs: ['zh-CN', 'en'],
  vars: [
    { name: 'people', type: 'number' },
    { name: 'phone', type: 'phone', pii: true },
    { name: 'ticket', type: 'object' },
  ],
  blocks: {
    hello: { type: 'say', prompt: { 'zh-CN': { text: '您好' }, en: { text: ' ' } } },
    menu: {
      type: 'menu',
      prompt: { 'zh-CN': { text: '请选' }, en: { text: 'Choose' } },
      choices: [{ id: 'a', label: { 'zh-CN': '甲' } }],
      retry: { noMatch: { 'zh-CN': { text: '没听懂' } } },
    },
    open: { type: 'ticket', set: 'ticket' },
    strange: { type: 'unheardOf' },
  },
}

describe('the form of a block', () => {
  describe('writes into a document that may be half written', () => {
    it('makes what is missing on the way, lists before numbers', () => {
      expect(writeAt({}, ['choices', 0, 'label', 'en'], 'Yes')).to.deep.equal({
        choices: [{ label: { en: 'Yes' } }],
      })
    })

    it('takes what is emptied out, and items out of lists', () => {
      expect(writeAt({ a: { b: 1, c: 2 } }, ['a', 'b'], undefined)).to.deep.equal({ a: { c: 2 } })
      expect(writeAt({ a: [1, 2, 3] }, ['a', 1], undefined)).to.deep.equal({ a: [1, 3] })
    })

    it('replaces what cannot hold it, and leaves everything else the same object', () => {
      const before = { broken: 'text', other: { kept: true } }
      const after = writeAt(before, ['broken', 'en'], 'x')
      expect(after).to.deep.equal({ broken: { en: 'x' }, other: { kept: true } })
      expect(after.other).to.equal(before.other)
      expect(writeAt(before, ['other', 'kept'], true)).to.equal(before)
      expect(writeAt(before, ['missing'], undefined)).to.equal(before)
    })

    it('reads nothing where nothing is', () => {
      expect(readAt({ a: null }, ['a', 'b', 0])).to.equal(undefined)
      expect(readAt({ a: [5] }, ['a', 0])).to.equal(5)
    })

    it('a prompt of empty words is none; a number or a switch is something', () => {
      expect(isBlank({ 'zh-CN': { text: ' ' }, en: { text: '', alternatives: [''] } })).to.equal(
        true,
      )
      expect(isBlank({ en: { text: '' }, n: 0 })).to.equal(false)
      expect(isBlank({ on: false })).to.equal(false)
    })
  })

  describe('conditions', () => {
    it('go through groups and denials unchanged', () => {
      for (const condition of [
        { var: 'lang', op: '==', value: { literal: 'en' } },
        { not: { all: [{ var: 'people', op: '>', value: { literal: 9 } }] } },
        { any: [{ not: { var: 'phone', op: 'empty' } }, { all: [] }] },
      ])
        expect(conditionOf(conditionView(condition))).to.deep.equal(condition)
    })

    it('a doubled denial is none', () => {
      expect(conditionView({ not: { not: { any: [] } } })).to.include({ not: false, kind: 'any' })
    })

    it('offer what fits the type, and keep what is used already', () => {
      expect(operatorsFor('number', '>')).to.include.members(['<', '>=']).and.not.include('matches')
      expect(operatorsFor('list', undefined)).to.deep.equal(['contains', 'notEmpty', 'empty'])
      expect(operatorsFor('bool', 'matches')).to.include('matches')
      expect(operatorsFor(undefined, undefined)).to.deep.equal([...operators])
    })
  })

  describe('exits named after choices', () => {
    const block = { out: { a: 'x', noMatch: 'y' } }

    it('follow a new name', () => {
      expect(renamedExit(block, 'a', 'b')).to.deep.equal({ out: { b: 'x', noMatch: 'y' } })
    })

    it('never overwrite another exit', () => {
      expect(renamedExit(block, 'a', 'noMatch')).to.equal(block)
    })

    it('go with the choice', () => {
      expect(withoutExit(block, 'a')).to.deep.equal({ out: { noMatch: 'y' } })
      expect(withoutExit(block, 'gone')).to.equal(block)
    })

    it('a new choice takes an id nobody has', () => {
      expect(freeId('choice', ['choice1', 'choice3'])).to.equal('choice4')
    })
  })

  describe('variables', () => {
    const all = variablesOf(doc, 'menu', new Map())

    it('are those of the flow, what its blocks store, what this block provides and what is built in', () => {
      const paths = all.map(({ path }) => path)
      expect(paths).to.include.members(['heard', 'people', 'ticket.serial', 'contact.name', 'lang'])
      expect(variablesOf(doc).map(({ path }) => path)).not.to.include('heard')
    })

    it('have their types', () => {
      expect(typeOf(all, 'people')).to.equal('number')
      expect(typeOf(all, 'channel')).to.equal('channel')
      expect(typeOf(all, 'ticket.serial')).to.equal(undefined)
    })

    it('below a declared one any path may be named', () => {
      expect(isKnown(doc, 'ticket.anything')).to.equal(true)
      expect(isKnown(doc, 'heard')).to.equal(false)
      expect(isKnown(doc, 'heard', 'menu')).to.equal(true)
    })

    it('made for an answer take its type', () => {
      expect(typeStoredBy({ type: 'ask', slot: { type: 'date' } })).to.equal('date')
      expect(typeStoredBy({ type: 'ask', slot: { type: 'enum' } })).to.equal('text')
      expect(typeStoredBy({ type: 'query' })).to.equal('object')
    })
  })

  describe('templates as one types', () => {
    it('say which variable, filter or brace is wrong', () => {
      expect(templateNotes('{{phone|mask}} {{contact.name}} 您好', doc)).to.deep.equal([])
      expect(templateNotes('{{nobody}} {{phone|shout}} {{people', doc)).to.deep.equal([
        { code: 'braces' },
        { code: 'unknown', name: 'nobody' },
        { code: 'filter', name: 'shout' },
      ])
    })
  })

  describe('a language', () => {
    it('lists what has no words in it yet, and nothing of blocks nobody knows', () => {
      expect(lacking(doc, 'zh-CN')).to.deep.equal([])
      const lacks = lacking(doc, 'en').map(({ block, what }) => `${block}: ${what.en}`)
      expect(lacks).to.deep.equal([
        'hello: What is said',
        'menu: Choices',
        'menu: When asking again',
      ])
    })
  })

  it('a problem stands at the field it names, and at none that only begins alike', () => {
    const problem = (field: string) => ({
      code: 'X',
      severity: 'error' as const,
      field,
      zh: '',
      en: '',
    })
    const list = [problem('choices.0.dtmf'), problem('choicesOfOthers'), problem('choices')]
    expect(problemsAt(list, ['choices']).map(({ field }) => field)).to.deep.equal([
      'choices.0.dtmf',
      'choices',
    ])
  })
})
