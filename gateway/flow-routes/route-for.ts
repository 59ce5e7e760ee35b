/** Which flow a conversation begins with, and why. Pure: the world is handed in. */
import { fitsAny } from '../telephony/match-number.ts'
import { localTime } from '../routing/zone.ts'
import { shareOf } from '../flows/split.ts'
import type { FlowRoute, RouteConditions, RoutedView, verdicts } from './schema.ts'

export interface RouteFacts {
  channel: string
  accountId: string
  /** the number that was called */
  called?: string | undefined
  lang: string
  /** of the first message; none on a call */
  text?: string | undefined
  scene?: string | undefined
  atMs: number
  /** shares are dealt by it; without one a share of less than all takes nobody */
  conversationId?: string | undefined
}

export interface RouteWorld {
  hours(scheduleId: string, atMs: number): 'open' | 'closed' | 'holiday' | undefined
  /** is there a published version? A rule that leads nowhere is passed over: a caller must not pay for it */
  isLive(flowId: string): boolean
  timezone: string
}

export type Verdict = (typeof verdicts)[number]
export type Routed = Omit<RoutedView, 'flowId'> & { flowId?: string }

/** The first rule that fits. Without one `flowId` is absent: the account's own flow is the last resort. */
export function routeFor(
  routes: readonly FlowRoute[],
  facts: RouteFacts,
  world: RouteWorld,
): Routed {
  const steps: Routed['steps'] = []
  for (const route of routes) {
    const verdict = verdictOn(route, facts, world)
    steps.push({ route: route.id, verdict })
    if (verdict === 'chosen') return { flowId: route.flowId, routeId: route.id, steps }
  }
  return { steps }
}

function verdictOn(route: FlowRoute, facts: RouteFacts, world: RouteWorld): Verdict {
  if (!route.enabled) return 'off'
  const { when } = route
  const { channels, accounts, numbers, langs, keywords, scenes, schedule, times } = when
  if (channels && !channels.some((each) => each === facts.channel)) return 'channel'
  if (accounts && !accounts.includes(facts.accountId)) return 'account'
  if (numbers && !(facts.called && fitsAny(numbers, facts.called))) return 'number'
  if (langs && !langs.some((each) => speaks(each, facts.lang))) return 'lang'
  if (keywords && !contains(facts.text ?? '', keywords)) return 'keyword'
  if (scenes && !scenes.some((each) => fitsScene(each, facts.scene ?? ''))) return 'scene'
  if ((when.fromMs ?? -Infinity) > facts.atMs || (when.untilMs ?? Infinity) <= facts.atMs)
    return 'date'
  if (times && !isWithin(times, facts.atMs, world.timezone)) return 'time'
  if (schedule) {
    const hours = world.hours(schedule.id, facts.atMs)
    if (!hours || !schedule.is.includes(hours)) return 'schedule'
  }
  if (!world.isLive(route.flowId)) return 'notLive'
  if (when.percent !== undefined && !isOfShare(route, when.percent, facts)) return 'percent'
  return 'chosen'
}

/** `zh` fits `zh-CN`, and `zh-CN` itself alone. */
const speaks = (wanted: string, lang: string): boolean =>
  lang === wanted || lang.startsWith(`${wanted}-`)

const plain = (text: string): string => text.normalize('NFKC').toLowerCase()

/** Latin words as whole words, so that “art” is not found in “start”; Chinese has no such bounds. */
export function contains(text: string, keywords: readonly string[]): boolean {
  const said = plain(text)
  return keywords.some((keyword) => {
    const wanted = plain(keyword)
    const [first, last] = [/^[a-z0-9]/.test(wanted), /[a-z0-9]$/.test(wanted)]
    for (let at = said.indexOf(wanted); at >= 0; at = said.indexOf(wanted, at + 1)) {
      const before = first && /[a-z0-9]/.test(said[at - 1] ?? '')
      const after = last && /[a-z0-9]/.test(said[at + wanted.length] ?? '')
      if (!before && !after) return true
    }
    return false
  })
}

const fitsScene = (wanted: string, scene: string): boolean =>
  wanted.endsWith('*') ? scene.startsWith(wanted.slice(0, -1)) : scene === wanted

function isWithin(
  { days, fromMinute, toMinute }: NonNullable<RouteConditions['times']>,
  atMs: number,
  timezone: string,
): boolean {
  const { weekday, minute } = localTime(timezone, atMs)
  const onDay = (day: number) => !days || days.includes(day)
  if (fromMinute < toMinute) return onDay(weekday) && minute >= fromMinute && minute < toMinute
  // across midnight: what began yesterday belongs to yesterday
  if (minute >= fromMinute) return onDay(weekday)
  return minute < toMinute && onDay((weekday + 6) % 7)
}

function isOfShare(route: FlowRoute, percent: number, { conversationId }: RouteFacts): boolean {
  if (percent >= 100) return true
  return conversationId !== undefined && shareOf(`${route.id}:${conversationId}`) < percent
}
