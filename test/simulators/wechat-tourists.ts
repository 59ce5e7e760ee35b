/** The people on WeChat's side: who follows, what their deeds allow us to send, and what they were shown. */
export type Deed = 'message' | 'menu' | 'follow' | 'scan'

const granted: Record<Deed, { left: number; ms: number }> = {
  message: { left: 5, ms: 48 * 3_600_000 },
  menu: { left: 3, ms: 60_000 },
  follow: { left: 3, ms: 60_000 },
  scan: { left: 3, ms: 60_000 },
}

interface Tourist {
  follows: boolean
  wroteAtMs: number
  typingUntilMs: number
  grants: Map<Deed, { left: number; untilMs: number }>
  /** subscription notices agreed to, by template; each allows one */
  notices: Map<string, number>
}

export class Tourists {
  private readonly now: () => number
  private readonly all = new Map<string, Tourist>()

  constructor(now: () => number) {
    this.now = now
  }

  of(openId: string): Tourist {
    let tourist = this.all.get(openId)
    if (!tourist) {
      tourist = {
        ...{ follows: true, wroteAtMs: -Infinity, typingUntilMs: 0 },
        ...{ grants: new Map(), notices: new Map() },
      }
      this.all.set(openId, tourist)
    }
    return tourist
  }

  knows(openId: string): boolean {
    return this.all.has(openId)
  }

  did(openId: string, deed: Deed): void {
    const { left, ms } = granted[deed]
    const tourist = this.of(openId)
    tourist.grants.set(deed, { left, untilMs: this.now() + ms })
    tourist.wroteAtMs = this.now()
  }

  /** Takes one message from what is granted; otherwise the error code. */
  take(openId: string): number | undefined {
    const tourist = this.all.get(openId)
    if (!tourist) return 45015
    if (!tourist.follows) return 43004
    const alive = [...tourist.grants.values()].filter(({ untilMs }) => untilMs > this.now())
    if (!alive.length) return 45015
    const [first] = alive.filter(({ left }) => left > 0).sort((a, b) => a.untilMs - b.untilMs)
    if (!first) return 45047
    first.left--
    // what was shown ends the mark
    tourist.typingUntilMs = 0
    return undefined
  }

  typing(openId: string, command: unknown): number | undefined {
    const tourist = this.of(openId)
    const nowMs = this.now()
    if (command === 'CancelTyping') {
      tourist.typingUntilMs = 0
      return undefined
    }
    if (command !== 'Typing') return 45072
    if (nowMs - tourist.wroteAtMs > 30_000) return 45080
    if (tourist.typingUntilMs > nowMs) return 45081
    tourist.typingUntilMs = nowMs + 15_000
    return undefined
  }
}
