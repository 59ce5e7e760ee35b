/**
 * `request`, deep inside wechaty and unmaintained, asks for `uuid/v4`, a file that uuid has not had since version
 * 7; here npm gives everybody a newer one, for the sake of its security fixes (package.json, overrides). In the
 * bridge's own process such a call gets Node's, which makes the same.
 */
import { randomUUID } from 'node:crypto'
import Module from 'node:module'

type Load = (request: string, ...rest: unknown[]) => unknown
const loader = Module as unknown as { _load: Load }

export function provideOldUuid(): void {
  const load = loader._load
  loader._load = (request, ...rest) =>
    request === 'uuid/v4' ? () => randomUUID() : load.call(Module, request, ...rest)
}
