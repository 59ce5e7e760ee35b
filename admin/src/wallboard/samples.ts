/** How many waited, over the last half hour; collected on this screen. */
export interface Sample {
  atMs: number
  waiting: number
}

export const KEPT_MS = 30 * 60_000
export const EVERY_MS = 5000

/** Adds a sample and drops what is older than the window. Too soon after the last one it replaces it. */
export function withSample(samples: Sample[], sample: Sample): Sample[] {
  const kept = samples.filter(({ atMs }) => atMs > sample.atMs - KEPT_MS && atMs <= sample.atMs)
  const last = kept.at(-1)
  if (last && sample.atMs - last.atMs < EVERY_MS / 2) kept.pop()
  return [...kept, sample]
}

const KEY = 'yilu.wallboard.samples'

/** A reload of a screen on the wall must not empty its chart. */
export function loadSamples(shelf: Pick<Shelf, 'getItem'>): Sample[] {
  try {
    const kept: unknown = JSON.parse(shelf.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? (kept as Sample[]) : []
  } catch {
    return []
  }
}

export function saveSamples(shelf: Pick<Shelf, 'setItem'>, samples: Sample[]): void {
  try {
    shelf.setItem(KEY, JSON.stringify(samples))
  } catch {
    // without storage the chart begins anew after a reload
  }
}

interface Shelf {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
}
