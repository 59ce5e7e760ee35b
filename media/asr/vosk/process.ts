/**
 * A process of its own for one model: libvosk ends the process it lives in when something is wrong.
 * Arguments: --library <libvosk> --model <folder>. Tells its parent `{ url }` when it is ready, writes what is
 * wrong to standard error and exits with 1 when it cannot be; ends when its parent goes away.
 */
import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { loadVoskModel } from './binding.ts'
import { serveVosk } from './server.ts'

const { values } = parseArgs({
  options: { library: { type: 'string' }, model: { type: 'string' } },
})

process.on('disconnect', () => process.exit(0))
// Ctrl-C goes to the whole group; the parent decides when this ends
process.on('SIGINT', () => undefined)

try {
  if (!values.library || !values.model) throw new Error('--library and --model are needed')
  const model = await loadVoskModel(values.library, values.model)
  const { url } = await serveVosk(model, randomBytes(16).toString('hex'))
  process.send?.({ url })
} catch (error) {
  process.stderr.write(error instanceof Error ? error.message : 'cannot start')
  process.exit(1)
}
