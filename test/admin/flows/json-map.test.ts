import { expect } from 'chai'
import fc from 'fast-check'
import { lineOf, mapJson } from '../../../admin/src/flows/json-map.ts'

describe('the JSON editor reads what was typed', () => {
  it('understands exactly what JSON.parse understands', () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), fc.nat(6), (text, spaces) => {
        const written = JSON.stringify(JSON.parse(text), null, spaces)
        const map = mapJson(written)
        expect(map.ok && JSON.stringify(map.value)).to.equal(JSON.stringify(JSON.parse(written)))
      }),
    )
  })
  it('refuses whatever JSON.parse refuses, after any one character was spoiled', () => {
    const text = '{"a": [1, -2.5e3, true, null, "x\\n\\u00e9"], "b": {"c": false}}'
    fc.assert(
      fc.property(
        fc.nat(text.length),
        fc.constantFrom('', ',', '}', '"', '\\', 'x', '0'),
        (at, put) => {
          const spoiled = text.slice(0, at) + put + text.slice(at + 1)
          const map = mapJson(spoiled)
          let accepted = true
          try {
            JSON.parse(spoiled)
          } catch {
            accepted = false
          }
          expect(map.ok, spoiled).to.equal(accepted)
        },
      ),
      { numRuns: 400 },
    )
  })
  it('points at the place of the mistake', () => {
    const text = '{\n  "a": 1,\n  "b" 2\n}'
    const map = mapJson(text)
    expect(map).to.include({ ok: false, error: 'character' })
    expect(!map.ok && lineOf(text, map.offset)).to.equal(3)
    expect(mapJson('{"a": ')).to.include({ ok: false, error: 'end' })
  })
  it('refuses a block named twice, where JSON.parse would silently drop the first', () => {
    const map = mapJson('{"blocks": {"hi": {}, "hi": {}}}')
    expect(map).to.include({ ok: false, error: 'duplicate', offset: 22 })
  })
  it('remembers where each block stands', () => {
    const text = '{\n "blocks": {\n  "hi": {"type": "say"},\n  "bye": {\n   "type": "end"}}}'
    const map = mapJson(text)
    const line = (key: string) => map.ok && lineOf(text, map.places.get(key) ?? -1)
    expect(line('blocks/hi')).to.equal(3)
    expect(line('blocks/bye/type')).to.equal(5)
  })
})
