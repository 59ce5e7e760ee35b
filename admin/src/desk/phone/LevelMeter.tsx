import { useT } from '../../i18n/index.ts'

/** A bar that follows the voice; speech fills about half of it, since loudness is felt by ratios. */
export function LevelMeter({ level }: { level: number }) {
  const t = useT('desk')
  const share = level <= 0.001 ? 0 : Math.min(1, Math.max(0, 1 + Math.log10(level) / 3))
  const percent = Math.round(share * 100)
  return (
    <div
      className="level"
      role="meter"
      aria-label={t('phone.test.level')}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <span style={{ inlineSize: `${percent}%` }} className={level >= 0.98 ? 'level-loud' : ''} />
    </div>
  )
}
