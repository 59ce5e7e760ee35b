/** Every room's sheet stays loaded once the room was visited, so a class of two rooms spoils one of them. */
import { expect } from 'chai'
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const src = fileURLToPath(new URL('../../admin/src/', import.meta.url))
const sheets = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.css'),
)

/** Classes that a sheet styles wherever they stand: `.bar {`, not `.page .bar {`. */
function classesOf(sheet: string): string[] {
  const rules = readFileSync(path.join(src, sheet), 'utf8').replace(/\/\*.*?\*\//gs, '')
  return [...rules.matchAll(/([^{}]+)\{/g)]
    .flatMap(([, selectors]) => selectors!.split(','))
    .flatMap((selector) => /^\.([a-z][\w-]*)(?:[:[].*)?$/s.exec(selector.trim())?.[1] ?? [])
}

describe('admin: style sheets', () => {
  it('no class is styled by two rooms', () => {
    const roomsOf = new Map<string, Set<string>>()
    for (const sheet of sheets)
      for (const name of classesOf(sheet))
        roomsOf.set(name, (roomsOf.get(name) ?? new Set()).add(sheet.split(path.sep)[0]!))
    expect(roomsOf.size).to.be.above(200)
    const shared = [...roomsOf].filter(([, rooms]) => rooms.size > 1)
    expect(shared.map(([name, rooms]) => `.${name}: ${[...rooms].join(', ')}`)).to.deep.equal([])
  })
})
