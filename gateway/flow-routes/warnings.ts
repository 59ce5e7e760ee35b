/** Rules that can never fit, or lead nowhere. Pure. */
import { fitsAny, plainNumber } from '../telephony/match-number.ts'
import type { FlowRoute, FlowRoutesView, RouteConditions, RouteWarning } from './schema.ts'

export interface RouteSurroundings {
  accounts: FlowRoutesView['accounts']
  schedules: ReadonlySet<string>
  /** ids of flows there are, and of those with a published version */
  flows: ReadonlySet<string>
  isLive: (flowId: string) => boolean
  nowMs: number
}

export function routeWarnings(
  routes: readonly FlowRoute[],
  surroundings: RouteSurroundings,
): RouteWarning[] {
  return routes.flatMap((route, at) => {
    if (!route.enabled) return []
    const found: Omit<RouteWarning, 'route'>[] = []
    const { flows, isLive } = surroundings
    if (!flows.has(route.flowId)) found.push({ code: 'noFlow', what: route.flowId })
    else if (!isLive(route.flowId)) found.push({ code: 'notLive', what: route.flowId })
    found.push(...inItself(route.when, surroundings))
    const before = routes.slice(0, at).find((each) => {
      // one that leads nowhere is passed over, so it takes nobody away
      return each.enabled && isLive(each.flowId) && covers(each.when, route.when)
    })
    if (before) found.push({ code: 'covered', what: before.id })
    return found.map((warning) => ({ route: route.id, ...warning }))
  })
}

function inItself(
  when: RouteConditions,
  { accounts, schedules, nowMs }: RouteSurroundings,
): Omit<RouteWarning, 'route'>[] {
  const found: Omit<RouteWarning, 'route'>[] = []
  const named = (when.accounts ?? []).flatMap((id) => {
    const account = accounts.find((each) => each.id === id)
    if (!account) found.push({ code: 'noAccount', what: id })
    else if (!account.enabled) found.push({ code: 'accountOff', what: account.name })
    return account ?? []
  })
  const possible = when.accounts ? named : accounts
  const channels = when.channels ?? [...new Set(possible.map(({ channel }) => channel))]
  if (when.channels && named.length > 0) {
    for (const { channel, name } of named)
      if (!channels.includes(channel)) found.push({ code: 'otherChannel', what: name })
  }
  if (when.numbers) {
    if ((when.channels ?? when.accounts) && !channels.includes('voice'))
      found.push({ code: 'numberNoCall' })
    const ours = possible.flatMap(({ numbers }) => numbers)
    for (const number of when.numbers)
      if (!ours.some((pattern) => meet(pattern, number)))
        found.push({ code: 'numberUnknown', what: number })
  }
  if (when.keywords && channels.length > 0 && channels.every((channel) => channel === 'voice'))
    found.push({ code: 'keywordNoText' })
  if (when.schedule && !schedules.has(when.schedule.id))
    found.push({ code: 'noSchedule', what: when.schedule.id })
  if ((when.fromMs ?? -Infinity) >= (when.untilMs ?? Infinity)) found.push({ code: 'periodEmpty' })
  else if (when.untilMs !== undefined && when.untilMs <= nowMs) found.push({ code: 'over' })
  if (when.percent === 0) found.push({ code: 'percentZero' })
  return found
}

/** Is there a number both patterns fit? */
function meet(one: string, other: string): boolean {
  const [a, b] = [plainNumber(one), plainNumber(other)]
  if (!b.endsWith('*')) return fitsAny([a], b)
  if (!a.endsWith('*')) return fitsAny([b], a)
  const [p, q] = [a.slice(0, -1), b.slice(0, -1)]
  return p.startsWith(q) || q.startsWith(p)
}

/** Everybody whom `later` would fit was taken by `earlier` already. */
export function covers(earlier: RouteConditions, later: RouteConditions): boolean {
  const { percent, schedule, times, fromMs, untilMs } = earlier
  if (percent !== undefined && percent < 100) return false
  if (!within(later.channels, earlier.channels)) return false
  if (!within(later.accounts, earlier.accounts)) return false
  if (
    !within(
      later.langs,
      earlier.langs,
      (mine, theirs) => mine === theirs || mine.startsWith(`${theirs}-`),
    )
  )
    return false
  if (!within(later.keywords, earlier.keywords)) return false
  if (!within(later.scenes, earlier.scenes)) return false
  if (!within(later.numbers, earlier.numbers, (mine, theirs) => numberWithin(mine, theirs)))
    return false
  if (schedule && (later.schedule?.id !== schedule.id || !within(later.schedule.is, schedule.is)))
    return false
  if (times && JSON.stringify(times) !== JSON.stringify(later.times)) return false
  if (fromMs !== undefined && (later.fromMs ?? -Infinity) < fromMs) return false
  return untilMs === undefined || (later.untilMs ?? Infinity) <= untilMs
}

/** Without a list everything is meant; so a list is within none, and none only within none. */
function within<T>(
  mine: readonly T[] | undefined,
  theirs: readonly T[] | undefined,
  isIn: (mine: T, theirs: T) => boolean = (a, b) => a === b,
): boolean {
  if (!theirs) return true
  return mine !== undefined && mine.every((each) => theirs.some((other) => isIn(each, other)))
}

function numberWithin(mine: string, theirs: string): boolean {
  const [a, b] = [plainNumber(mine), plainNumber(theirs)]
  if (!b.endsWith('*')) return a === b
  return a.replace(/\*$/, '').startsWith(b.slice(0, -1))
}
