import { expect } from 'chai'
import { holds } from '../../../bots/flow/condition.ts'
import { readPath } from '../../../bots/flow/path.ts'
import { patternProblem } from '../../../bots/flow/pattern.ts'
import type { Condition } from '../../../bots/flow/schema.ts'
import { evaluate, render } from '../../../bots/flow/template.ts'

const vars = {
  name: '王芳',
  phone: '13800138000',
  n: 3,
  price: 12.5,
  list: ['a', 'b'],
  deep: { x: [{ y: 1 }] },
  none: null,
}
const lookup = (path: string) => readPath(vars, path)

describe('templates', () => {
  for (const [template, text] of [
    ['您好{{name}}', '您好王芳'],
    ['{{ phone | mask }}', '138****00'],
    ['{{phone|digits}}', '1 3 8 0 0 1 3 8 0 0 0'],
    ['{{nobody|default:游客}}', '游客'],
    ['{{none}}|{{nobody.x.y}}', '|'],
    ['{{list}}/{{list|count}}/{{list|join: and }}', 'a、b/2/aandb'],
    ['{{price|money}}', '¥12.50'],
    ['{{deep.x.0.y}}', '1'],
    ['{{deep}}', ''],
    ['{{name.length}}{{__proto__}}{{deep.constructor.name}}{{list.map}}', ''],
    ['{{name|nofilter}}', '王芳'],
    ['plain {text}', 'plain {text}'],
    ['', ''],
  ] as const)
    it(`${template} → ${text}`, () => {
      expect(render(template, lookup)).to.equal(text)
    })

  it('a value put in is not a template again', () => {
    expect(render('{{x}}', () => '{{phone}}')).to.equal('{{phone}}')
  })

  it('values keep their type; what is missing is null', () => {
    expect(evaluate({ var: 'n' }, lookup)).to.equal(3)
    expect(evaluate({ var: 'nobody' }, lookup)).to.equal(null)
    expect(evaluate({ template: '{{n}}' }, lookup)).to.equal('3')
  })
})

describe('conditions', () => {
  const is = (condition: Condition) => holds(condition, lookup)
  const on = (path: string, op: never, literal?: unknown) =>
    is({ var: path, op, value: { literal } })
  for (const [path, op, literal, expected] of [
    ['n', '==', '3', true],
    ['n', '==', 4, false],
    ['nobody', '==', null, true],
    ['nobody', '==', '', false],
    ['n', '!=', 3, false],
    ['n', '<', '10', true],
    ['n', '>=', 3, true],
    ['nobody', '<', 3, false],
    ['nobody', '>', 3, false],
    ['name', 'in', ['李', '王芳'], true],
    ['list', 'contains', 'b', true],
    ['name', 'contains', '芳', true],
    ['name', 'contains', '', false],
    ['none', 'empty', undefined, true],
    ['list', 'notEmpty', undefined, true],
    ['phone', 'matches', '^1[3-9]', true],
    ['phone', 'matches', '(1+)+$', false],
    ['deep', '==', '[object Object]', false],
  ] as const)
    it(`${path} ${op} ${JSON.stringify(literal)} is ${expected}`, () => {
      expect(on(path, op as never, literal)).to.equal(expected)
    })

  it('combine', () => {
    const yes: Condition = { var: 'n', op: '==', value: { literal: 3 } }
    expect(is({ all: [yes, { not: yes }] })).to.equal(false)
    expect(is({ any: [{ not: yes }, yes] })).to.equal(true)
    expect(is({ all: [] })).to.equal(true)
  })
})

describe('patterns content staff may write', () => {
  it('are taken if they cannot hang', () => {
    for (const fine of [
      '^1[3-9]\\d{9}$',
      '^[A-Z]{2}\\d+$',
      '门票|住宿',
      '(?:a|b)c',
      '^TS-?\\d{4,8}$',
    ])
      expect(patternProblem(fine), fine).to.equal(undefined)
    for (const bad of [
      '(a+)+',
      '(a|aa)+',
      '((a)b)*',
      '(?=a)',
      '(.)\\1',
      'a*b*c*',
      '(',
      'x'.repeat(201),
    ])
      expect(patternProblem(bad), bad).to.be.a('string')
  })
})
