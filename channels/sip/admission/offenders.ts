/** Wrong passwords from one address within a minute before it is not answered any more. */
const MOST_FAILURES = 10
/** Challenges to one address within a minute that nobody ever answered rightly: scanners make thousands. */
const MOST_CHALLENGES = 300
const WINDOW_MS = 60_000
/** addresses remembered; the oldest go first */
const CAPACITY = 10_000

interface Record_ {
  sinceMs: number
  failures: number
  challenges: number
}

/** Addresses that keep knocking without a key. Bounded, so that a flood from everywhere costs no memory. */
export class Offenders {
  readonly #records = new Map<string, Record_>()

  /** true: answer nothing, it would only tell the scanner that somebody is here */
  ignored(address: string, nowMs: number): boolean {
    const record = this.#records.get(address)
    if (!record || nowMs - record.sinceMs > WINDOW_MS) return false
    return record.failures >= MOST_FAILURES || record.challenges >= MOST_CHALLENGES
  }

  failed(address: string, nowMs: number): void {
    this.#of(address, nowMs).failures++
  }

  challenged(address: string, nowMs: number): void {
    this.#of(address, nowMs).challenges++
  }

  /** Somebody there has the key: phones behind one NAT share their address. */
  succeeded(address: string): void {
    const record = this.#records.get(address)
    if (record) record.challenges = 0
  }

  #of(address: string, nowMs: number): Record_ {
    let record = this.#records.get(address)
    if (!record || nowMs - record.sinceMs > WINDOW_MS) {
      record = { sinceMs: nowMs, failures: 0, challenges: 0 }
      this.#records.delete(address)
      this.#records.set(address, record)
      if (this.#records.size > CAPACITY) this.#records.delete(this.#records.keys().next().value!)
    }
    return record
  }
}
