import { limits } from './limits.ts'

export type Framed =
  | { kind: 'message'; data: Buffer }
  /** CRLF CRLF: the peer asks whether we live; answer with one CRLF (RFC 5626 §3.5.1) */
  | { kind: 'ping' }
  /** where the next message begins cannot be known any more: close the connection */
  | { kind: 'fault'; reason: string }

/** most messages fit; thousands of idle connections must not cost 64 kB each */
const FIRST_CAPACITY = 4_096
const CR = 13
const LF = 10

/**
 * Cuts whole messages out of a byte stream (RFC 3261 §18.3) by Content-Length. Holds at most one message, and
 * looks for the end of a head only in what has not been searched, so tiny chunks cost no more than large ones.
 * After a fault it gives nothing more.
 */
export class StreamFramer {
  private buffer = Buffer.allocUnsafe(FIRST_CAPACITY)
  private length = 0
  /** no end of the head before this */
  private searched = 0
  /** length of the message whose head is complete, 0 before that */
  private wanted = 0
  /** one CRLF of a ping is here */
  private halfPing = false
  private faulty = false

  push(chunk: Buffer): Framed[] {
    const out: Framed[] = []
    let at = 0
    while (!this.faulty && at < chunk.length) {
      const taken = Math.min(chunk.length - at, limits.messageBytes - this.length)
      this.append(chunk.subarray(at, at + taken))
      at += taken
      this.cut(out)
      if (!this.faulty && this.length === limits.messageBytes) this.fail(out, 'message too long')
    }
    return out
  }

  private append(bytes: Buffer): void {
    const needed = this.length + bytes.length
    if (needed > this.buffer.length) {
      const larger = Buffer.allocUnsafe(
        Math.min(Math.max(needed, this.buffer.length * 2), limits.messageBytes),
      )
      this.buffer.copy(larger, 0, 0, this.length)
      this.buffer = larger
    }
    bytes.copy(this.buffer, this.length)
    this.length = needed
  }

  private cut(out: Framed[]): void {
    let start = 0
    while (!this.faulty) {
      if (this.wanted === 0) {
        start = this.skipLineEnds(start, out)
        if (!this.findEnd(start, out)) break
      }
      if (this.length - start < this.wanted) break
      const end = start + this.wanted
      out.push({ kind: 'message', data: Buffer.from(this.buffer.subarray(start, end)) })
      start = end
      this.wanted = 0
      this.searched = end
      this.halfPing = false
    }
    if (start === 0) return
    this.buffer.copyWithin(0, start, this.length)
    this.length = Math.max(this.length - start, 0)
    this.searched = Math.max(this.searched - start, 0)
  }

  /** Line ends between messages: two are a ping, a single one is the answer to ours. */
  private skipLineEnds(start: number, out: Framed[]): number {
    while (start + 1 < this.length && this.buffer[start] === CR && this.buffer[start + 1] === LF) {
      start += 2
      if (this.halfPing) out.push({ kind: 'ping' })
      this.halfPing = !this.halfPing
    }
    return start
  }

  /** Sets `wanted` once the head is complete. */
  private findEnd(start: number, out: Framed[]): boolean {
    const from = Math.max(start, this.searched - 3)
    const headEnd = this.buffer.subarray(0, this.length).indexOf('\r\n\r\n', from)
    this.searched = this.length
    if (headEnd === -1) return false
    const bodyLength = contentLength(this.buffer.toString('latin1', start, headEnd))
    const whole = headEnd + 4 - start + (bodyLength ?? 0)
    if (bodyLength === undefined) this.fail(out, 'Content-Length missing or malformed')
    else if (whole > limits.messageBytes) this.fail(out, 'message too long')
    else this.wanted = whole
    return !this.faulty
  }

  private fail(out: Framed[], reason: string): void {
    this.faulty = true
    this.buffer = Buffer.alloc(0)
    this.length = 0
    out.push({ kind: 'fault', reason })
  }
}

/** RFC 3261 §20.14: required on streams. Two that differ would let one message hide in another. */
function contentLength(head: string): number | undefined {
  let found: number | undefined
  const header = /\r\n(?:content-length|l)[ \t]*:(?:[ \t]|\r\n[ \t])*([^\r\n]*)/gi
  for (const [, digits] of head.matchAll(header)) {
    const value = /^\d{1,10}[ \t]*$/.test(digits!) ? Number(digits) : undefined
    if (value === undefined || (found !== undefined && found !== value)) return undefined
    found = value
  }
  return found
}
