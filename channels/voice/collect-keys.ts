/** Telephone keys into answers. Pure: one key in, what to do out. */

export interface KeyRules {
  minDigits: number
  maxDigits: number
  endKey?: '#' | '*'
  /** a pause of that length after the last key ends the entry */
  interDigitMs: number
  /** keys that mean something by themselves when they come first */
  instant?: string[]
}

export type Collected =
  | { done: true; digits: string }
  /** more may come; without any for `waitMs` the entry is complete as it is */
  | { done: false; digits: string; waitMs: number }

/** @param digits pressed before, '' at the beginning */
export function collectKey(digits: string, key: string, rules: KeyRules): Collected {
  if (key === rules.endKey && digits.length >= rules.minDigits) return { done: true, digits }
  const all = digits + key
  // an end key alone is a key like others
  const alone = all === rules.endKey || rules.instant?.includes(all)
  if (all.length >= rules.maxDigits || alone) return { done: true, digits: all }
  return { done: false, digits: all, waitMs: rules.interDigitMs }
}
