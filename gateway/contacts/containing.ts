/** Finds words as they stand: nothing of what people type is taken for a pattern. */
export function containing(words: string): RegExp {
  return new RegExp(words.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i')
}
