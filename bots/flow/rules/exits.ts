import { definitionOf } from '../registry.ts'
import type { Block } from '../schema.ts'
import type { Check } from './check.ts'

/** ENTRY, DANGLING, PORT, EXTRA_PORT. */
export function checkExits(check: Check): void {
  const { doc } = check
  if (!check.has(doc.entry)) check.add('ENTRY', { field: 'entry' }, { name: doc.entry })
  if (doc.main !== undefined && !check.has(doc.main))
    check.add('ENTRY', { field: 'main' }, { name: doc.main })
  for (const [block, content] of check.blocks) {
    const out = content.out ?? {}
    const { required, optional } = definitionOf(content).ports(content)
    const possible = new Set([...required, ...optional, ...namedByCallee(content, check)])
    for (const port of required)
      if (!Object.hasOwn(out, port)) check.add('PORT', { block, field: `out.${port}` }, { port })
    for (const [port, name] of Object.entries(out)) {
      if (!check.has(name)) check.add('DANGLING', { block, field: `out.${port}` }, { port, name })
      if (!possible.has(port)) check.add('EXTRA_PORT', { block, field: `out.${port}` }, { port })
    }
  }
}

/** Exits that the end blocks of a called flow name; while that flow is unknown, all are possible. */
function namedByCallee(block: Block, check: Check): string[] {
  if (block.type !== 'subflow') return []
  const called = check.flows?.get(block.flow)
  if (!called) return Object.keys(block.out)
  return Object.values(called.blocks).flatMap((each) =>
    each.type === 'end' && each.exit !== undefined ? [each.exit] : [],
  )
}
