import type { ServiceCall } from './state.ts'

/** The name under which a test stubs a call. */
export function stubName(call: ServiceCall): string {
  switch (call.kind) {
    case 'query':
      return `query:${call.source}`
    case 'ticket':
      return `ticket:${call.op}:${call.ticketKind}`
    case 'phoneCode':
      return `phoneCode:${call.op}`
    case 'faq':
      return `faq:${call.knowledgeBase}`
    case 'intent':
      return `intent:${call.classifier}`
    case 'custom':
      return `custom:${call.custom}`
    case 'dialog':
      return `dialog:${call.dialog}`
  }
}

/** The answers of the world as a test states them; a series is answered one after the other, its last one stays. */
export class Stubs {
  private readonly stubs: Record<string, unknown>
  private readonly answered = new Map<string, number>()

  constructor(stubs: Record<string, unknown> = {}) {
    this.stubs = stubs
  }

  /** undefined: nothing is stated */
  take(name: string): unknown {
    if (!Object.hasOwn(this.stubs, name)) return undefined
    const stub = this.stubs[name]
    const series = seriesOf(name, stub)
    if (!series) return stub
    const count = this.answered.get(name) ?? 0
    this.answered.set(name, count + 1)
    return series[Math.min(count, series.length - 1)]
  }
}

/** Dialogs answer an array one by one; of everything else an array is one answer. */
function seriesOf(name: string, stub: unknown): unknown[] | undefined {
  if (Array.isArray(stub)) return name.startsWith('dialog:') ? stub : undefined
  const inTurn =
    typeof stub === 'object' && stub !== null ? (stub as { inTurn?: unknown }).inTurn : undefined
  return Array.isArray(inTurn) && inTurn.length > 0 ? inTurn : undefined
}

export const isError = (stub: unknown): stub is { error: string } =>
  typeof stub === 'object' &&
  stub !== null &&
  typeof (stub as { error?: unknown }).error === 'string'
