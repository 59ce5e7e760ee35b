/**
 * What a provider lets us write, and until when: WeChat grants five messages in 48 hours for each word of the
 * tourist, three in a minute for a tap on a menu … Grants of different reasons stand side by side.
 */

/** What the contact did that lets us answer. */
export type GrantReason = 'message' | 'menu' | 'follow' | 'scan' | 'enter' | 'mention'

export interface WindowGrant {
  reason: GrantReason
  /** how many messages; absent: any number */
  count?: number
  untilMs: number
}

/** The grants of one thread that still hold; `left` counts down. */
export interface ReplyWindow {
  grants: (Omit<WindowGrant, 'count'> & { left?: number })[]
}

/** As people are told. */
export interface WindowView {
  open: boolean
  /** messages left, 0: all are used up; absent: any number, or none was ever granted */
  left?: number
  /** when the last of it ends */
  untilMs?: number
}

export const closedWindow: ReplyWindow = { grants: [] }

/** A new grant takes the place of the one of the same reason. */
export function openWindow(window: ReplyWindow, grant: WindowGrant, nowMs: number): ReplyWindow {
  const { count, ...rest } = grant
  const others = alive(window, nowMs).filter(({ reason }) => reason !== grant.reason)
  return { grants: [...others, { ...rest, ...(count !== undefined && { left: count }) }] }
}

/**
 * Takes `units` messages from what is granted: from what ends first, and from unlimited grants before limited
 * ones.
 * @returns undefined when it is not all granted; then nothing is taken
 */
export function takeFromWindow(
  window: ReplyWindow,
  units: number,
  nowMs: number,
): ReplyWindow | undefined {
  const grants = alive(window, nowMs).sort((a, b) => a.untilMs - b.untilMs)
  if (grants.some(({ left }) => left === undefined)) return { grants }
  let wanted = units
  const next = grants.map((grant) => {
    const taken = Math.min(wanted, grant.left!)
    wanted -= taken
    return { ...grant, left: grant.left! - taken }
  })
  return grants.length && wanted === 0 ? { grants: next } : undefined
}

export function viewWindow(window: ReplyWindow, nowMs: number): WindowView {
  const grants = alive(window, nowMs)
  if (!grants.length) return { open: false }
  const untilMs = Math.max(...grants.map((grant) => grant.untilMs))
  if (grants.some(({ left }) => left === undefined)) return { open: true, untilMs }
  const left = grants.reduce((sum, grant) => sum + grant.left!, 0)
  return { open: left > 0, left, untilMs }
}

function alive({ grants }: ReplyWindow, nowMs: number): ReplyWindow['grants'] {
  return grants.filter(({ untilMs }) => untilMs > nowMs)
}
