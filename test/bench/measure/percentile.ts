/** The value below which the share `p` (0…1) of all lie; NaN of none. */
export function percentile(values: number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? NaN
}

/** To a tenth; null of none, as JSON says it. */
export function percentileOrNull(values: number[], p: number): number | null {
  return values.length ? Math.round(percentile(values, p) * 10) / 10 : null
}
