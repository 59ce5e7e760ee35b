import type { AnswerSettingsView } from '../../../../gateway/answers/schema.ts'
import { useT } from '../../i18n/index.ts'

/** How it fared since the server started. */
export function ModelCounts({ counts }: { counts: AnswerSettingsView['counts'] }) {
  const t = useT('knowledge/model')
  if (counts.asked === 0) return null
  return (
    <>
      <h4>{t('counts')}</h4>
      <dl className="figures">
        <div>
          <dt>{t('asked')}</dt>
          <dd>{counts.asked}</dd>
        </div>
        <div>
          <dt>{t('told')}</dt>
          <dd>{counts.told}</dd>
        </div>
      </dl>
      <ul className="plain-list">
        {Object.entries(counts.refused).map(([refusal, count]) => (
          <li key={refusal}>
            {t(`refusal.${refusal}`, { defaultValue: refusal })}: {count}
          </li>
        ))}
      </ul>
    </>
  )
}
