import type { Rule } from '../plain-text.ts'
import { cardinal } from './cardinal.ts'

const HALF = String.raw`(?: ?([AaPp])\.?[Mm]\b\.?)`
const CLOCK = String.raw`(?<![\d:.])([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d(?:\.\d+)?)?(?![\d:])`
const ZONE = /(?:Z|\+08:?00)(?![\w:])/.source
const TIME = `${CLOCK}(?:${ZONE})?${HALF}?`
const TO = String.raw` ?(?:--?|[–—−~]) ?| to | until `
const TIMES = new RegExp(`${TIME}(?:(${TO})${TIME.replace('(?<![\\d:.])', '')})?`, 'g')
const FULL_HOURS = new RegExp(
  `(?<![\\d:.])(1[0-2]|[1-9])(?:(?:${TO})(1[0-2]|[1-9]))?${HALF}(?![a-z])`,
  'g',
)

/**
 * Times of day. "8:30" says nothing of the half of the day and none is spoken; with 17:00 beside it, a zero
 * in front, or an hour past twelve it is a 24-hour clock: 08:30 → eight thirty A M.
 */
export const times: Rule = (text) =>
  text
    .replace(
      TIMES,
      (
        _all,
        h: string,
        m: string,
        half?: string,
        between?: string,
        h2?: string,
        m2?: string,
        half2?: string,
      ) => {
        const full =
          [h, h2].some((hour) => hour && (/^0/.test(hour) || Number(hour) > 12)) && !half && !half2
        const start = timeOf(h, m, half, full)
        return h2 ? `${start}${word(between!)}${timeOf(h2, m2!, half2, full)}` : start
      },
    )
    .replace(FULL_HOURS, (_all, from: string, to: string | undefined, half: string) =>
      to
        ? `${cardinal(from)} to ${cardinal(to)} ${half.toUpperCase()} M`
        : `${cardinal(from)} ${half.toUpperCase()} M`,
    )
    .replace(/\b([AP] M) ?(?:--?|[–—~]) ?(?=[a-z])/g, '$1 to ')

const word = (between: string) => (between.includes('until') ? ' until ' : ' to ')

function timeOf(hour: string, minute: string, half: string | undefined, full: boolean): string {
  const at = Number(hour)
  const shown = full ? at % 12 || 12 : at
  const suffix = half ? ` ${half.toUpperCase()} M` : full ? (at % 24 < 12 ? ' A M' : ' P M') : ''
  const minutes =
    minute === '00'
      ? suffix
        ? ''
        : " o'clock"
      : minute.startsWith('0')
        ? ` oh ${cardinal(minute)}`
        : ` ${cardinal(minute)}`
  return cardinal(String(shown)) + minutes + suffix
}
