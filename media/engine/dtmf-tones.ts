/** ITU-T Q.23: each key is one low and one high frequency. */
export const LOW_HZ = [697, 770, 852, 941]
export const HIGH_HZ = [1209, 1336, 1477, 1633]
const GRID = ['123A', '456B', '789C', '*0#D']

export const keyOf = (low: number, high: number): string => GRID[low]![high]!

export function tonesOf(key: string): [low: number, high: number] | undefined {
  const low = GRID.findIndex((row) => row.includes(key.toUpperCase()))
  return low < 0 ? undefined : [LOW_HZ[low]!, HIGH_HZ[GRID[low]!.indexOf(key.toUpperCase())]!]
}
