import { asObject } from '../doc.ts'
import type { Doc } from '../doc.ts'
import { editBlock, editBlocks, without } from './blocks.ts'

/** Leads an exit to a block; whatever it led to before, it does no more. */
export function connect(doc: Doc, from: string, port: string, to: string): Doc {
  return editBlock(doc, from, (block) => {
    const out = asObject(block['out'])
    return out[port] === to ? block : { ...block, out: { ...out, [port]: to } }
  })
}

export function disconnect(doc: Doc, from: string, port: string): Doc {
  return editBlock(doc, from, (block) => {
    const out = asObject(block['out'])
    return Object.hasOwn(out, port) ? { ...block, out: without(out, port) } : block
  })
}

/** An exit taken at its end or at its beginning and put elsewhere. */
export function reconnect(
  doc: Doc,
  old: { from: string; port: string },
  next: { from: string; port: string; to: string },
): Doc {
  const freed = old.from === next.from && old.port === next.port ? doc : disconnect(doc, old.from, old.port) // prettier-ignore
  return connect(freed, next.from, next.port, next.to)
}

/** No exit leads to these any more. */
export function disconnectFrom(doc: Doc, gone: ReadonlySet<string>): Doc {
  return editBlocks(doc, (block) => {
    const out = Object.entries(asObject(block['out']))
    const kept = out.filter(([, to]) => !gone.has(String(to)))
    return kept.length === out.length ? block : { ...block, out: Object.fromEntries(kept) }
  })
}

/** Which exits lead here. */
export function exitsTo(doc: Doc, id: string): { from: string; port: string }[] {
  return Object.entries(asObject(doc['blocks'])).flatMap(([from, block]) =>
    Object.entries(asObject(asObject(block)['out'])).flatMap(([port, to]) =>
      to === id ? [{ from, port }] : [],
    ),
  )
}
