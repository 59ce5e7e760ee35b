/** What a new flow begins as: it greets and ends, and passes the validator. Pure. */
import type { FlowDoc } from '../../bots/flow/schema.ts'

const greeting = {
  'zh-CN': { text: '您好,请问有什么可以帮您?' },
  en: { text: 'Hello, how can we help you?' },
}
const farewell = {
  'zh-CN': { text: '感谢您的联系,再见。' },
  en: { text: 'Thank you for contacting us. Goodbye.' },
}

/** A sub-flow says one thing and returns; a main flow also says goodbye. */
export function minimalFlow(id: string, name: string, kind: FlowDoc['kind']): FlowDoc {
  return {
    schema: 1,
    id,
    name,
    kind,
    langs: ['zh-CN', 'en'],
    defaultLang: 'zh-CN',
    entry: 'hello',
    vars: [],
    blocks: {
      hello: { type: 'say', prompt: greeting, out: { next: 'bye' }, ui: { x: 0, y: 0 } },
      bye: {
        type: 'end',
        reason: kind === 'main' ? 'done' : 'return',
        ...(kind === 'main' && { prompt: farewell }),
        ui: { x: 0, y: 160 },
      },
    },
    tests: [],
  }
}
