import { z } from 'zod'
import { customKinds } from '../../bots/flow/custom-blocks.ts'
import { flowDocSchema } from '../../bots/flow/schema.ts'
import type { Route } from '../api/route.ts'
import { items, route } from '../api/route.ts'
import { customKindView } from './schema.ts'

let schema: object | undefined

export function extensionRoutes(): Route[] {
  return [
    route({
      method: 'get',
      path: '/flows/blocks',
      tag: 'Flows',
      summary: 'Kinds of blocks that this installation added, as the editor draws them',
      access: 'session',
      answers: items(customKindView),
      handle: async () => ({ items: customKinds() }),
    }),
    route({
      method: 'get',
      path: '/flows/schema',
      tag: 'Flows',
      summary: 'JSON Schema of a flow document, for flows written as code',
      access: 'session',
      answers: z.record(z.string(), z.unknown()),
      handle: async () => (schema ??= z.toJSONSchema(flowDocSchema, { io: 'input' })),
    }),
  ]
}
