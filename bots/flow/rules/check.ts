import type { Words } from '../description.ts'
import { definitionOf } from '../registry.ts'
import type { Block, BlockId, Channel, FlowDoc, Lang } from '../schema.ts'
import { channels } from '../parts.ts'
import type { Environment, Problem } from '../validate.ts'
import { problems } from './problems.ts'
import type { ProblemCode, Wording } from './problems.ts'

export interface Place {
  block?: BlockId
  lang?: Lang
  /** see Problem */
  field?: string
}

/** One validation in progress: the document, its surroundings, the problems so far. */
export class Check {
  readonly doc: FlowDoc
  readonly environment: Environment
  readonly problems: Problem[] = []
  readonly blocks: [BlockId, Block][]
  /** the other flows by id; undefined: not known */
  readonly flows: ReadonlyMap<string, FlowDoc> | undefined
  private readonly channels: ReadonlySet<Channel>

  constructor(doc: FlowDoc, environment: Environment) {
    this.doc = doc
    this.environment = environment
    const { flows } = environment
    this.flows = flows && new Map([...flows].map((flow) => [flow.id, flow]))
    this.blocks = Object.entries(doc.blocks)
    this.channels = new Set(environment.channels ?? channels)
  }

  add(code: ProblemCode, place: Place, values: Record<string, string | number | Words> = {}): void {
    const { severity, zh, en, channel }: Wording = problems[code]
    const fill = (text: string, lang: keyof Words) =>
      text.replace(/\{(\w+)\}/g, (all, name: string) => {
        const value = values[name] ?? all
        return String(typeof value === 'object' ? value[lang] : value)
      })
    this.problems.push({
      ...{ code, severity, ...place },
      ...(channel && { channel }),
      ...{ zh: fill(zh, 'zh'), en: fill(en, 'en') },
    })
  }

  isFor(channel: Channel): boolean {
    return this.channels.has(channel)
  }

  has(block: BlockId): boolean {
    return Object.hasOwn(this.doc.blocks, block)
  }

  /** Blocks an exit leads to, as far as they exist. */
  next(block: BlockId): BlockId[] {
    return Object.values(this.doc.blocks[block]?.out ?? {}).filter((id) => this.has(id))
  }

  /** Does this block always wait for the person or an agent? What may pass silently does not. */
  alwaysWaits(block: BlockId): boolean {
    const found = this.doc.blocks[block]
    if (!found) return false
    if ((found.type === 'faq' || found.type === 'intent') && found.first) return false
    if (found.type === 'ask' && found.skipIfSet) return false
    // where nothing can be sent it waits for nobody
    if (found.type === 'verifyPhone') return false
    const { waits } = definitionOf(found)
    return waits === 'person' || waits === 'agent' || found.type === 'dialog'
  }

  /** Everything reachable from these blocks; `through` says whether to go on behind a block. */
  reach(from: BlockId[], through: (block: BlockId) => boolean = () => true): Set<BlockId> {
    const seen = new Set<BlockId>()
    const open = from.filter((id) => this.has(id))
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (seen.has(id)) continue
      seen.add(id)
      if (through(id)) open.push(...this.next(id))
    }
    return seen
  }
}
