import { limits } from './limits.ts'

export type Framed =
  | { kind: 'message'; data: Buffer }
  /** CRLF CRLF: the peer asks whether we live; answer with one CRLF (RFC 5626 §3.5.1) */
  | { kind: 'ping' }
  /** where the next message begins cannot be known any more: close the connection */
  | { kind: 'fault'; reason: string }

const CR = 13
const LF = 10

/**
 * Cuts whole messages out of a byte stream (RFC 3261 §18.3) by Content-Length. Holds at most one message and
 * looks at each byte a bounded number of times, however small the chunks are. After a fault it gives nothing more.
 */
export class StreamFramer {
  private readonly buffer = Buffer.allocUnsafe(limits.messageBytes)
  private length = 0
  /** the head's end was looked for up to here */
  private scanned = 0
  /** of the message whose head is complete */
  private wanted = 0
  private faulty = false

  push(chunk: Buffer): Framed[] {
    const out: Framed[] = []
    let at = 0
    while (!this.faulty && at < chunk.length) {
      const taken = Math.min(chunk.length - at, this.buffer.length - this.length)
      chunk.copy(this.buffer, this.length, at, at + taken)
      this.length += taken
      at += taken
      this.cut(out)
      if (!this.faulty && this.length === this.buffer.length) this.fail(out, 'message too long')
    }
    return out
  }

  private cut(out: Framed[]): void {
    let start = 0
    while (!this.faulty && start < this.length) {
      if (this.wanted === 0) {
        const before = start
        start = this.skipLineEnds(start, out)
        if (start !== before) this.scanned = start
        if (start === this.length || !this.findEnd(start, out)) break
      }
      if (this.length - start < this.wanted) break
      out.push({
        kind: 'message',
        data: Buffer.from(this.buffer.subarray(start, start + this.wanted)),
      })
      start += this.wanted
      this.wanted = 0
      this.scanned = start
    }
    if (start === 0) return
    this.buffer.copyWithin(0, start, this.length)
    this.length -= start
    this.scanned = Math.max(this.scanned - start, 0)
  }

  /** Line ends between messages: pairs of CRLF are pings, a single one is an answer to ours. */
  private skipLineEnds(start: number, out: Framed[]): number {
    while (start < this.length && this.buffer[start] === CR) {
      if (this.length - start < 2) return start
      if (this.buffer[start + 1] !== LF) break
      const pair = this.buffer[start + 2] === CR && this.buffer[start + 3] === LF
      if (pair && this.length - start >= 4) {
        out.push({ kind: 'ping' })
        start += 4
      } else if (this.length - start < 4 && this.onlyLineEndSoFar(start)) return start
      else start += 2
    }
    return start
  }

  private onlyLineEndSoFar(start: number): boolean {
    return this.length - start === 2 || this.buffer[start + 2] === CR
  }

  /** Sets `wanted` once the head is complete. */
  private findEnd(start: number, out: Framed[]): boolean {
    const from = Math.max(start, this.scanned - 3)
    const headEnd = this.buffer.subarray(0, this.length).indexOf('\r\n\r\n', from)
    this.scanned = this.length
    if (headEnd === -1) return false
    const head = this.buffer.toString('latin1', start, headEnd)
    const bodyLength = contentLength(head)
    if (bodyLength === undefined) this.fail(out, 'Content-Length missing or malformed')
    else if (headEnd + 4 - start + bodyLength > limits.messageBytes)
      this.fail(out, 'message too long')
    else this.wanted = headEnd + 4 - start + bodyLength
    return !this.faulty
  }

  private fail(out: Framed[], reason: string): void {
    this.faulty = true
    this.length = 0
    out.push({ kind: 'fault', reason })
  }
}

/** RFC 3261 §20.14: required on streams. Two that differ would let one message hide in another. */
function contentLength(head: string): number | undefined {
  let found: number | undefined
  for (const [, digits] of head.matchAll(
    /\r\n(?:content-length|l)[ \t]*:(?:[ \t]|\r\n[ \t])*([^\r\n]*)/gi,
  )) {
    const value = /^\d{1,10}[ \t]*$/.test(digits!) ? Number(digits) : undefined
    if (value === undefined || (found !== undefined && found !== value)) return undefined
    found = value
  }
  return found
}
