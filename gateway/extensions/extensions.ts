/** Custom blocks, coded dialogs and flows that this installation adds as files (docs/extending.md). */
import type { CodedDialog } from '../../bots/host/coded-dialogs.ts'
import type { CustomRequest } from '../../bots/host/services.ts'
import { setCustomKinds } from '../../bots/flow/custom-blocks.ts'
import { fail, YiluError } from '../errors.ts'
import { kindOfCustom } from './custom-block.ts'
import type { CustomBlock } from './custom-block.ts'
import { loadExtensions } from './load-extensions.ts'
import type { Loaded } from './load-extensions.ts'

/** What a block stores stays with the conversation for as long as it lives. */
const MAX_ANSWER_CHARS = 32_000

export type OnFault = (error: unknown, about: object) => void

export class Extensions {
  readonly flows: Loaded['flows']
  readonly dialogs: CodedDialog[]
  private readonly blocks: ReadonlyMap<string, CustomBlock>
  private readonly onFault: OnFault

  private constructor({ blocks, dialogs, flows }: Loaded, onFault: OnFault) {
    this.blocks = new Map(blocks.map((block) => [block.id, block]))
    this.dialogs = dialogs
    this.flows = flows
    this.onFault = onFault
  }

  /** Everything in the folder that can be used is; what cannot is reported file by file. */
  static async open(folder: string, onFault: OnFault): Promise<Extensions> {
    const loaded = await loadExtensions(folder)
    setCustomKinds(loaded.blocks.map(kindOfCustom))
    for (const { file, why } of loaded.faults) onFault(broken(), { file, why })
    return new Extensions(loaded, onFault)
  }

  get blockIds(): string[] {
    return [...this.blocks.keys()]
  }

  get dialogIds(): string[] {
    return this.dialogs.map(({ id }) => id)
  }

  /**
   * Runs the code of a block. @returns {exit, set?, say?} as plain JSON
   * @throws CUSTOM_FAILED also for an answer that cannot be stored or an exit it does not have, CUSTOM_SLOW
   */
  async run({ id, settings, ...context }: CustomRequest): Promise<unknown> {
    const block = this.blocks.get(id) ?? fail('CUSTOM_FAILED', { id, why: 'missing' })
    const cut = new AbortController()
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        cut.abort()
        reject(slow())
      }, block.timeoutMs)
    })
    try {
      // a copy: what the code does to its settings stays with it
      const given = structuredClone(settings)
      const running = (async () => block.run(given, { ...context, signal: cut.signal }))()
      return checked(block, await Promise.race([running, late]))
    } catch (error) {
      this.onFault(withoutWords(error), { customBlock: id })
      if (error instanceof YiluError) throw error
      return fail('CUSTOM_FAILED', { id })
    } finally {
      clearTimeout(timer)
    }
  }
}

const broken = () => new YiluError('EXTENSION_BROKEN')
const slow = () => new YiluError('CUSTOM_SLOW')

function checked(block: CustomBlock, answer: unknown): unknown {
  const text = JSON.stringify(answer) as string | undefined
  if (text === undefined || text.length > MAX_ANSWER_CHARS)
    return fail('CUSTOM_FAILED', { id: block.id, why: 'answer' })
  const { exit } = Object(JSON.parse(text)) as { exit?: unknown }
  if (typeof exit !== 'string' || (exit !== 'error' && !Object.hasOwn(block.exits, exit)))
    return fail('CUSTOM_FAILED', { id: block.id, why: 'exit' })
  return JSON.parse(text)
}

/** Where it broke, but not what it said: an error's message may quote what a person said. */
function withoutWords(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof YiluError) return error
  const told = new Error(`${error.name} in the code of a custom block`)
  told.stack = [
    told.message,
    ...(error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)),
  ].join('\n')
  return told
}
