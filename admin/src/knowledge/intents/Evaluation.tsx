import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import type { EvaluationView, IntentSetDetail } from '../../../../gateway/intents/schema.ts'
import { api } from '../../api/client.ts'
import { useName, useT } from '../../i18n/index.ts'
import { Load } from '../../records/Load.tsx'
import { useLabels } from '../../records/useLabels.ts'

/** How the draft sorts wording it has not seen, and what to mend. */
export function Evaluation({ set }: { set: IntentSetDetail }) {
  const t = useT('knowledge/intents')
  const name = useName()
  const labels = useLabels()
  const nameOf = (id: string) => name(set.intents.find((each) => each.id === id)?.name) || id
  const found = useQuery({
    // a changed draft is asked anew
    queryKey: [`intents/${set.id}/evaluation`, set.version],
    queryFn: () => api.get<EvaluationView>(`/intents/${set.id}/evaluation`),
  })
  const percent = (part: number, whole: number) =>
    whole ? `${Math.round((100 * part) / whole)} %` : '—'
  return (
    <>
      <p className="quiet">{t('checkHint')}</p>
      <Load of={found}>
        {({ asked, first, amongThree, byIntent, confusions, alike, thin }) => (
          <>
            <dl className="figures">
              <div>
                <dt>{t('checkAsked')}</dt>
                <dd>{asked}</dd>
              </div>
              <div>
                <dt>{t('checkFirst')}</dt>
                <dd>{percent(first, asked)}</dd>
              </div>
              <div>
                <dt>{t('checkThree')}</dt>
                <dd>{percent(amongThree, asked)}</dd>
              </div>
            </dl>
            <div className="notices">
              {alike.map(({ one, other, count }) => (
                <Alert
                  key={`${one} ${other}`}
                  type="warning"
                  showIcon
                  title={t('alike', { one: nameOf(one), other: nameOf(other), count })}
                />
              ))}
              {thin.map(({ intent, lang, examples }) => (
                <Alert
                  key={`${intent} ${lang}`}
                  type="info"
                  showIcon
                  title={t('thin', {
                    name: nameOf(intent),
                    lang: labels.lang(lang),
                    count: examples,
                  })}
                />
              ))}
            </div>
            <h3>{t('confusions')}</h3>
            {confusions.length === 0 && <p>{t('noConfusions')}</p>}
            <ul className="plain-list">
              {confusions.map(({ intent, takenFor, texts }) => (
                <li key={`${intent} ${takenFor}`}>
                  {t('takenFor', {
                    intent: nameOf(intent),
                    other: nameOf(takenFor),
                    count: texts.length,
                  })}
                  <div className="quiet">{texts.slice(0, 5).join(' / ')}</div>
                </li>
              ))}
            </ul>
            <h3>{t('byIntent')}</h3>
            <ul className="plain-list">
              {byIntent.map((each) => (
                <li key={each.intent}>
                  {nameOf(each.intent)}: {percent(each.first, each.asked)} ({each.first}/
                  {each.asked})
                </li>
              ))}
            </ul>
          </>
        )}
      </Load>
    </>
  )
}
