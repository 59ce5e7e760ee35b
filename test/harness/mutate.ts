import fc from 'fast-check'

/** One change to a text of bytes; places are parts of its length, so that they fit any text. */
type Edit =
  | { kind: 'cut'; at: number; length: number }
  | { kind: 'insert'; at: number; bytes: Buffer }
  | { kind: 'overwrite'; at: number; bytes: Buffer }
  | { kind: 'repeat'; at: number; length: number; times: number }
  | { kind: 'swap'; at: number; other: number; length: number }

/**
 * Valid texts changed in a few places: cut, doubled, swapped, with bytes put in that mean something there.
 * @param meaningful pieces of the grammar in question, e.g. `;`, `"`, a line end
 */
export function mutated(corpus: Buffer[], meaningful: string[]): fc.Arbitrary<Buffer> {
  const place = fc.double({ min: 0, max: 1, noNaN: true })
  const piece = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...meaningful).map((text) => Buffer.from(text)) },
    {
      weight: 1,
      arbitrary: fc.uint8Array({ minLength: 1, maxLength: 4 }).map((b) => Buffer.from(b)),
    },
  )
  const length = fc.integer({ min: 1, max: 40 })
  const edit: fc.Arbitrary<Edit> = fc.oneof(
    fc.record({ kind: fc.constant('cut' as const), at: place, length }),
    fc.record({ kind: fc.constant('insert' as const), at: place, bytes: piece }),
    fc.record({ kind: fc.constant('overwrite' as const), at: place, bytes: piece }),
    fc.record({
      kind: fc.constant('repeat' as const),
      at: place,
      length,
      times: fc.integer({ min: 1, max: 300 }),
    }),
    fc.record({ kind: fc.constant('swap' as const), at: place, other: place, length }),
  )
  return fc
    .tuple(fc.constantFrom(...corpus), fc.array(edit, { maxLength: 6 }))
    .map(([text, edits]) => edits.reduce(apply, text))
}

function apply(text: Buffer, edit: Edit): Buffer {
  const at = Math.floor(edit.at * text.length)
  const before = text.subarray(0, at)
  switch (edit.kind) {
    case 'cut':
      return Buffer.concat([before, text.subarray(at + edit.length)])
    case 'insert':
      return Buffer.concat([before, edit.bytes, text.subarray(at)])
    case 'overwrite':
      return Buffer.concat([before, edit.bytes, text.subarray(at + edit.bytes.length)])
    case 'repeat': {
      const part = text.subarray(at, at + edit.length)
      return Buffer.concat([before, ...Array<Buffer>(edit.times).fill(part), text.subarray(at)])
    }
    case 'swap': {
      const other = Math.floor(edit.other * text.length)
      const copy = Buffer.from(text)
      text.copy(copy, at, other, Math.min(other + edit.length, text.length))
      text.copy(copy, other, at, Math.min(at + edit.length, text.length))
      return copy
    }
  }
}
