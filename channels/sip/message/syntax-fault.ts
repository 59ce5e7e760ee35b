/**
 * Thrown inside the parser and caught by `parseMessage`, `parseUri` …; it never leaves this room.
 * Not an Error on purpose: collecting a stack costs more than parsing, and a flood of garbage pays it each time.
 */
export class SyntaxFault {
  readonly reason: string
  /** what to answer where an answer is possible */
  readonly status: number
  constructor(reason: string, status = 400) {
    this.reason = reason
    this.status = status
  }
}

export function fault(reason: string, status?: number): never {
  throw new SyntaxFault(reason, status)
}

/** Runs `read`; a syntax fault becomes undefined, anything else is a bug and goes on. */
export function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof SyntaxFault) return undefined
    throw error
  }
}
