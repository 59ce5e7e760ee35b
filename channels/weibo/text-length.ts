/**
 * How Weibo counts a text: a full-width character is one, two half-width ones are one, and an address counts as
 * the short link it becomes. An emoji outside the basic plane counts as the two units of UTF-16 it is. Weibo
 * publishes no rule; this is how its composer has long counted, and where it errs it errs on the longer side.
 */

/** What a link becomes: http://t.cn/…, counted as 20 half-width characters. */
const LINK_HALVES = 20
const LONG_LINK_CHARS = 140
const LINK = /https?:\/\/[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+/g

/** In 汉字: half ones are rounded up. */
export const weiboLength = (text: string): number => Math.ceil(weiboHalves(text) / 2)

/** In half-width characters. */
export function weiboHalves(text: string): number {
  let halves = 0
  const rest = text.replace(LINK, (link) => {
    halves += LINK_HALVES + Math.max(0, link.length - LONG_LINK_CHARS)
    return ''
  })
  for (let at = 0; at < rest.length; at++) halves += rest.charCodeAt(at) > 0xff ? 2 : 1
  return halves
}
