import { expect } from 'chai'
import { z } from 'zod'
import { blockGroups, UNCHOSEN } from '../../../bots/flow/description.ts'
import type { BlockDescription, Words } from '../../../bots/flow/description.ts'
import { channels } from '../../../bots/flow/parts.ts'
import { registry } from '../../../bots/flow/registry.ts'
import { blockSchema } from '../../../bots/flow/schema.ts'
import type { Block, BlockType } from '../../../bots/flow/schema.ts'
import { validate } from '../../../bots/flow/validate.ts'
import { flowOf, prompt } from './documents.ts'

/** Drawn by the canvas, or the same for every block. */
const NOT_IN_FORM = ['type', 'label', 'ui', 'out']

const blocks = Object.entries(registry).map(([type, { description, schema, ports }]) => {
  const made = { type, ...structuredClone(description.initial), out: {} }
  return { type: type as BlockType, description, schema: schema as z.ZodType, ports, made }
})

describe('how blocks describe themselves', () => {
  for (const { type, description, schema, ports, made } of blocks) {
    const { required, optional } = (ports as (block: unknown) => ReturnType<typeof ports>)(made)

    describe(type, () => {
      it('offers every property of the block in exactly one field', () => {
        const inner = new Set(fieldsOf(description).flatMap(parents))
        const offered = fieldsOf(description)
        expect(offered).to.have.members(leaves(schema, inner))
        expect(new Set(offered).size).to.equal(offered.length)
      })

      it('names every exit that is not one of its own choices', () => {
        const own = ownExits(made)
        const named = [...required, ...optional].filter((port) => !own.includes(port))
        for (const port of named) expect(description.exits).to.have.property(port)
      })

      it('tells what it does on every channel', () => {
        for (const channel of channels) {
          const told = description.channels[channel] ?? description.channels.written
          expect(told, channel).to.include.keys('works', 'does')
        }
        expect(description.channels).to.include.keys('voice')
      })

      it('begins as a valid block', () => {
        const out = Object.fromEntries(required.map((port) => [port, 'next']))
        const read = schema.safeParse({ ...made, out })
        expect(read.error?.issues ?? []).to.deep.equal([])
        expect(blockSchema.safeParse({ ...made, out }).success).to.equal(true)
      })

      it('has its words in both languages', () => {
        const words = wordsIn(description)
        expect(words.length).to.be.greaterThan(3)
        for (const { zh, en } of words) {
          expect(zh).to.match(/\S/)
          expect(en).to.match(/\S/)
          expect(en, `${zh} is not translated`).not.to.match(/\p{Script=Han}/u)
        }
        expect(blockGroups).to.include(description.group)
        expect(description.help.zh.length, description.help.zh).to.be.lessThan(40)
      })

      it('offers no retry prompt that the recording studio does not know', () => {
        const definition = registry[type] as { prompts?(block: unknown): [string, unknown][] }
        const prompts = (definition.prompts?.(made) ?? []).map(([field]) => field)
        const offered = description.fields.flatMap((field) => {
          if (field.kind === 'prompt') return [field.path]
          return field.kind === 'retry' ? field.of.map((part) => `${field.path}.${part}`) : []
        })
        expect(prompts).to.include.members(offered)
      })
    })
  }

  it('a new block that needs something chosen says so, and hides no other problem', () => {
    for (const { type, made, description } of blocks) {
      const chosen = Object.values(description.initial).includes(UNCHOSEN)
      if (!chosen) continue
      const doc = flowOf({
        start: { type: 'say', prompt: prompt('您好'), out: { next: 'new' } },
        new: made as unknown as Block,
      })
      const codes = validate(doc).filter(({ block }) => block === 'new').map(({ code }) => code) // prettier-ignore
      expect(codes, type).to.include('NOT_CHOSEN')
      expect(codes, type).not.to.include('SCHEMA')
    }
  })
})

const fieldsOf = ({ fields }: BlockDescription) => fields.map(({ path }) => path)

/** a.b.c lies in a and a.b */
const parents = (path: string): string[] =>
  path.split('.').slice(0, -1).map((_, at, all) => all.slice(0, at + 1).join('.')) // prettier-ignore

/** Every property of the block, and those inside properties that have fields of their own. */
function leaves(schema: z.ZodType, inner: ReadonlySet<string>, path = ''): string[] {
  if (!(schema instanceof z.ZodObject)) throw new Error(`${path} is no object`)
  return Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([key, each]) => {
    if (!path && NOT_IN_FORM.includes(key)) return []
    const here = path ? `${path}.${key}` : key
    return inner.has(here) ? leaves(each, inner, here) : [here]
  })
}

function ownExits(block: Record<string, unknown>): string[] {
  return ['choices', 'cases', 'intents'].flatMap((list) =>
    Array.isArray(block[list]) ? block[list].map((item: { id: string }) => item.id) : [],
  )
}

function wordsIn(value: unknown): Words[] {
  if (typeof value !== 'object' || value === null) return []
  if ('zh' in value && 'en' in value) return [value as Words]
  return Object.values(value).flatMap(wordsIn)
}
