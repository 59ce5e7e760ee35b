/** How a block presents itself, custom ones among them. */
import { customKind, customKinds } from './custom-blocks.ts'
import type { BlockDescription } from './description.ts'
import { registry } from './registry.ts'

const CUSTOM = 'custom:'

/** `menu`; of a custom block `custom:<id>`, so that each of them is a kind of its own. */
export function kindOf(block: { type?: unknown; block?: unknown }): string | undefined {
  if (typeof block.type !== 'string') return undefined
  return block.type === 'custom' && typeof block.block === 'string' && customKind(block.block)
    ? CUSTOM + block.block
    : block.type
}

/** Every kind one can add, custom ones last. A custom block without its file cannot be added. */
export const allKinds = (): string[] => [
  ...Object.keys(registry).filter((type) => type !== 'custom'),
  ...customKinds().map(({ id }) => CUSTOM + id),
]

/** @param kind as of `kindOf` */
export function describeKind(kind: string | undefined): BlockDescription | undefined {
  if (kind === undefined) return undefined
  if (kind.startsWith(CUSTOM)) return customKind(kind.slice(CUSTOM.length))?.description
  return Object.hasOwn(registry, kind)
    ? registry[kind as keyof typeof registry].description
    : undefined
}
