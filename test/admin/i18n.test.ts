import { expect } from 'chai'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { keysOf } from '../../admin/src/i18n/dictionary.ts'
import type { Dictionary, Words } from '../../admin/src/i18n/dictionary.ts'

const src = fileURLToPath(new URL('../../admin/src/', import.meta.url))
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((path) =>
  /\/i18n\.ts$/.test(path),
)

function textsOf(words: Words): string[] {
  return Object.values(words).flatMap((word) => (typeof word === 'string' ? [word] : textsOf(word)))
}
const holes = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g) ?? [])].sort()

function at(words: Words, key: string): string[] {
  const plural = /_(zero|one|two|few|many|other)$/
  const parts = key.split('.')
  const last = parts.pop()!
  let inner: Words = words
  for (const part of parts) inner = inner[part] as Words
  return Object.entries(inner)
    .filter(([name]) => name === last || name.replace(plural, '') === last)
    .map(([, text]) => text as string)
}

describe('admin: words in two languages', () => {
  it('every room with words is found', () => {
    expect(files).to.include.members(['shell/i18n.ts', 'session/i18n.ts'])
  })

  for (const file of files) {
    it(`${file}: both languages hold the same keys, blanks and no empty word`, async () => {
      const module = (await import(`${src}${file}`)) as Record<string, Dictionary>
      const dictionary = Object.values(module).find((value) => 'zh-CN' in value)!
      const keys = keysOf(dictionary['zh-CN'])
      expect(keysOf(dictionary.en)).to.deep.equal(keys)
      expect(textsOf(dictionary['zh-CN']).concat(textsOf(dictionary.en))).to.not.include('')
      for (const key of keys) {
        const zh = holes(at(dictionary['zh-CN'], key).join(' '))
        const en = holes(at(dictionary.en, key).join(' '))
        expect(en, `blanks of ${key}`).to.deep.equal(zh)
      }
    })
  }
})
