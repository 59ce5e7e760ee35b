/**
 * Reads what GET /recordings/:id/peaks answers: one list of peaks (0…1 or -1…1) per channel, bare or under
 * `peaks` or `channels`; a single flat list is one channel. Anything else is no waveform. Pure.
 */
export function readPeaks(answer: unknown): number[][] {
  const body = record(answer)
  const found = body ? (body['peaks'] ?? body['channels']) : answer
  if (!Array.isArray(found)) return []
  if (isNumbers(found)) return [found]
  return found.filter(isNumbers)
}

const record = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined

const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'number')
