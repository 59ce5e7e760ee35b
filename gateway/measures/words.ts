/** What callers said where nothing matched, kept by wording: masked, bounded per block, no one's name on it. */
import { createHash } from 'node:crypto'
import type { FlowDoc } from '../../bots/flow/schema.ts'
import type { Happening } from '../domain/flow-run.ts'
import { newId } from '../store/id.ts'
import { WordsModel } from './model.ts'
import { wordingOf } from './wording.ts'

/** Wordings kept per block; the rarest and oldest go first. */
const MAX_PER_BLOCK = 200
/** Wordings between two flushes; more of them at once is a flood, and no one reads a flood. */
const MAX_WAITING = 1000

interface Waiting {
  flow: string
  version: number
  block: string
  text: string
  lang: string
  count: number
}

/** May the words said there be kept? Not where the flow says that the answer names somebody. */
export function mayKeep(doc: FlowDoc | undefined, blockId: string): boolean {
  const block = doc && Object.hasOwn(doc.blocks, blockId) ? doc.blocks[blockId] : undefined
  if (!doc || !block) return false
  if (block.type === 'verifyPhone' || block.type === 'callback') return false
  if (block.type !== 'ask') return true
  if (block.slot.type === 'phone') return false
  return ![...(doc.vars ?? []), ...(doc.params ?? [])].some(
    ({ name, pii }) => name === block.set && pii,
  )
}

export class Words {
  private waiting = new Map<string, Waiting>()

  add({ flow, version, block, words }: Happening, lang: string): void {
    const text = words && wordingOf(words)
    if (!text) return
    const id = createHash('sha256')
      .update(JSON.stringify([flow, block, lang, text.toLowerCase()]))
      .digest('hex')
      .slice(0, 32)
    const known = this.waiting.get(id)
    if (known) known.count++
    else if (this.waiting.size < MAX_WAITING)
      this.waiting.set(id, { flow, version, block, text, lang, count: 1 })
  }

  /** Writes what has gathered. What could not be written stays for the next time. */
  async flush(nowMs: number): Promise<void> {
    const written = this.waiting
    this.waiting = new Map()
    const touched = new Map<string, { flow: string; block: string }>()
    try {
      for (const [_id, { count, text, ...rest }] of written) {
        const { flow, block, version } = rest
        await this.count(_id, { ...rest, text }, count, nowMs, version)
        written.delete(_id)
        touched.set(`${flow}\0${block}`, { flow, block })
      }
      for (const place of touched.values()) await prune(place)
    } finally {
      for (const [id, left] of written) {
        const known = this.waiting.get(id)
        if (known) known.count += left.count
        else this.waiting.set(id, left)
      }
    }
  }

  private async count(
    _id: string,
    { flow, block, text, lang }: Omit<Waiting, 'count'>,
    count: number,
    nowMs: number,
    version: number,
  ): Promise<void> {
    const flush = newId()
    const write = () =>
      WordsModel.updateOne(
        { _id, flush: { $ne: flush } },
        {
          $inc: { count },
          $set: { lastAt: new Date(nowMs), version, flush },
          $setOnInsert: { flow, block, text, lang },
        },
        { upsert: true },
      )
    try {
      await write()
    } catch {
      // an answer that got lost: if it was counted, the filter no longer fits and the insert hits the id
      await write().catch((error: unknown) => {
        if ((error as { code?: number }).code !== 11000) throw error
      })
    }
  }
}

async function prune({ flow, block }: { flow: string; block: string }): Promise<void> {
  const extra = await WordsModel.find({ flow, block }, { _id: 1 })
    .sort({ count: -1, lastAt: -1 })
    .skip(MAX_PER_BLOCK)
    .limit(MAX_WAITING)
    .lean<{ _id: string }[]>()
  if (extra.length) await WordsModel.deleteMany({ _id: { $in: extra.map(({ _id }) => _id) } })
}
