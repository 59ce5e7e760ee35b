/** A rule rewrites what it knows and leaves the rest to the rules after it. */
export type Rule = (text: string) => string

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
}

/** WeChat writes its faces as words between brackets. */
const WECHAT_FACES =
  /\[(?:微笑|呲牙|玫瑰|强|握手|抱拳|可爱|调皮|愉快|害羞|偷笑|憨笑|大哭|流泪|难过|发怒|惊讶|疑问|再见|爱心|拥抱|鼓掌|OK|Smile|Rose|Grin|ThumbsUp)\]/g

/**
 * Emoji with what joins and colours them, flags, keycaps, and marks nobody speaks. Digits, #, * and ©
 * count as pictographs in Unicode and are kept.
 */
const UNSPOKEN =
  /(?![\d#*©®™])\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|\p{Variation_Selector}|\u200D|\u200B|\u200C|\u200E|\u200F|\u2060|\u20E3|\uFEFF|[•●■◆★☆▶►✓✔→⇒|]/gu

/**
 * Text without what is only for the eye: HTML, Markdown, emoji, zero-width marks; fullwidth letters and
 * digits as plain ones. Line ends become ends of sentences, as lists are read.
 */
export function plainText(text: string): string {
  return (
    text
      .replace(/[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A\uFF05\uFF0B\uFF04\uFFE5]/g, (char) =>
        char.normalize('NFKC'),
      )
      .replace(/<br\s*\/?>|<\/(?:p|div|li|h[1-6])>/gi, '\n')
      .replace(/<\/?[a-z][^<>]{0,300}>/gi, '')
      .replace(/&(amp|lt|gt|quot|apos|nbsp);/g, (_all, name: string) => ENTITIES[name]!)
      .replace(/&#(\d{1,6});/g, (_all, code: string) => character(Number(code)))
      // ![a picture](address) and [words](address): the words
      .replace(/!?\[([^\][]{0,200})\]\([^()\s]{0,500}\)/g, '$1')
      .replace(/^[ \t]*(?:#{1,6}|[-*+>])[ \t]+/gm, '')
      .replace(/(\*\*|__|~~|``?`?)(?=\S)([^\n]{1,500}?)\1/g, '$2')
      .replace(WECHAT_FACES, '')
      .replace(UNSPOKEN, ' ')
      .replace(/[^\S\n]+/g, ' ')
      .replace(/ ?\n[\n ]*/g, '\n')
      .trim()
  )
}

const character = (code: number) =>
  code >= 32 && code < 0x110000 && (code < 0xd800 || code > 0xdfff)
    ? String.fromCodePoint(code)
    : ''
