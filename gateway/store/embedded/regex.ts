import { BSONRegExp } from 'bson'
import { badValue, location } from './errors.ts'
import { isRegex } from './value.ts'

/**
 * A server regular expression (PCRE) as a JavaScript one. Options `i m s u x` (manual: "$regex"); an
 * inline `(?i)` at the start is taken as an option. What JavaScript cannot parse is refused.
 */
export function compileRegex(pattern: unknown, options?: unknown): RegExp {
  let source: string
  let flags = ''
  if (pattern instanceof RegExp) [source, flags] = [pattern.source, pattern.flags]
  else if (pattern instanceof BSONRegExp) [source, flags] = [pattern.pattern, pattern.options]
  else if (typeof pattern === 'string') source = pattern
  else throw badValue('$regex has to be a string')
  if (options !== undefined) {
    if (typeof options !== 'string') throw badValue('$options has to be a string')
    if (isRegex(pattern) && flags) throw location(51075, 'options set in both $regex and $options')
    flags = options
  }
  const inline = /^\(\?([imsx]+)\)/.exec(source)
  if (inline) {
    source = source.slice(inline[0].length)
    flags += inline[1]!
  }
  for (const flag of flags) {
    if (!'imsuxg'.includes(flag)) throw location(51108, `invalid flag in regex options: ${flag}`)
  }
  if (flags.includes('x')) source = withoutLayout(source)
  try {
    return new RegExp(source, [...new Set(flags)].filter((flag) => 'ims'.includes(flag)).join(''))
  } catch (error) {
    throw location(51091, `Regular expression is invalid: ${(error as Error).message}`)
  }
}

/** Option x: white space and comments outside of character classes do not count. */
const withoutLayout = (source: string) =>
  source.replace(/\\[\s\S]|\[(?:\\.|[^\]])*\]|\s+|#.*$/gm, (token) =>
    token.startsWith('\\') || token.startsWith('[') ? token : '',
  )

/** The literal text every match begins with, if the pattern is anchored to one: `^12301` → `12301`. */
export function literalPrefix(regex: RegExp): string | null {
  if (regex.flags) return null
  const found = /^\^([\w \-/:@#%&=~!,;<>'"\u0080-\uffff]+)/.exec(regex.source)
  if (!found || regex.source.includes('|')) return null
  const text = found[1]!
  // a quantifier makes the last character optional or repeated
  return /^[?*+{]/.test(regex.source.slice(text.length + 1)) ? text.slice(0, -1) || null : text
}
