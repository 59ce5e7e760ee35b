/**
 * Regular expressions written by content staff run on text written by strangers, inside the
 * process that carries the calls. So only a kind that cannot blow up is accepted: short, no
 * look-around, no back references, no repeated group that itself repeats or offers alternatives,
 * and at most two open-ended repetitions.
 */
export function patternProblem(source: string): string | undefined {
  if (source.length > 200) return 'longer than 200 characters'
  if (/\\[1-9]|\\k</.test(source)) return 'back reference'
  if (/\(\?[=!<]/.test(source)) return 'look-around or named group'
  const bare = source.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x')
  if (/\([^()]*[*+{|][^()]*\)\s*[*+{]/.test(bare)) return 'repeated group with repetition inside'
  if (/\([^()]*\([\s\S]*\)[^()]*\)\s*[*+{]/.test(bare)) return 'repeated group with groups inside'
  if ((bare.match(/[*+]|\{\d+,\}/g)?.length ?? 0) > 2) return 'more than two * or +'
  try {
    new RegExp(source, 'u')
    return undefined
  } catch {
    return 'not a regular expression'
  }
}

const patterns = new Map<string, RegExp | undefined>()
const MAX_PATTERNS = 2000
const MAX_SUBJECT = 1000

/** Does the whole or a part of the text match? A refused pattern matches nothing. */
export function matchesPattern(source: string, text: string): boolean {
  if (!patterns.has(source)) {
    if (patterns.size >= MAX_PATTERNS) patterns.clear()
    patterns.set(source, patternProblem(source) ? undefined : new RegExp(source, 'u'))
  }
  return patterns.get(source)?.test(text.slice(0, MAX_SUBJECT)) ?? false
}
