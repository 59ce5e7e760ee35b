/** At most so many automatic answers to one address in an hour: two machines that answer each other stop. */
const HOUR_MS = 3_600_000
/** Addresses remembered; the one not written to for longest is forgotten first. */
const MAX_ADDRESSES = 10_000

export class AnswerGuard {
  private readonly sent = new Map<string, number[]>()

  mayAnswer(address: string, perHour: number, nowMs: number): boolean {
    return this.recent(address, nowMs).length < perHour
  }

  answered(address: string, nowMs: number): void {
    const recent = [...this.recent(address, nowMs), nowMs]
    this.sent.delete(address)
    this.sent.set(address, recent)
    if (this.sent.size <= MAX_ADDRESSES) return
    const [oldest] = this.sent.keys()
    this.sent.delete(oldest!)
  }

  private recent(address: string, nowMs: number): number[] {
    return (this.sent.get(address) ?? []).filter((atMs) => nowMs - atMs < HOUR_MS)
  }
}
