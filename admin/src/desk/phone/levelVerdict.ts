export type LevelVerdict = 'silent' | 'soft' | 'good' | 'loud'

/** Peaks of speech on full scale: under 1 % is a dead or muted microphone, at full scale it clips. */
export function levelVerdict(peak: number): LevelVerdict {
  if (peak < 0.01) return 'silent'
  if (peak < 0.06) return 'soft'
  return peak < 0.98 ? 'good' : 'loud'
}
