import { readFileSync, readdirSync } from 'node:fs'
import { expect } from 'chai'

const root = new URL('../../../bots/flow/', import.meta.url)
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, text: readFileSync(new URL(name, root), 'utf8') }))

describe('the ground floor of the bots', () => {
  it('knows no clock, no chance, no waiting, no process', () => {
    const impure =
      /Date\.now|new Date\(\)|Math\.random|randomUUID|setTimeout|setInterval|process\.|fetch\(|performance\./
    expect(sources.length).to.be.above(60)
    expect(sources.filter(({ text }) => impure.test(text)).map(({ name }) => name)).to.deep.equal(
      [],
    )
  })

  it('imports only zod, pinyin-pro and its own files', () => {
    const foreign = sources.flatMap(({ name, text }) =>
      [...text.matchAll(/(?:from|import\() ?'([^']+)'/g)]
        .map(([, path]) => path ?? '')
        .filter((path) => !path.startsWith('.') && path !== 'zod' && path !== 'pinyin-pro')
        .map((path) => `${name}: ${path}`),
    )
    expect(foreign).to.deep.equal([])
  })

  it('keeps its files short', () => {
    const long = sources.filter(({ text }) => text.split('\n').length > 300)
    expect(long.map(({ name }) => name)).to.deep.equal([])
  })
})
