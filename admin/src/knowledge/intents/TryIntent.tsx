import { Input, Segmented } from 'antd'
import { useState } from 'react'
import type { IntentSetDetail } from '../../../../gateway/intents/schema.ts'
import { api } from '../../api/client.ts'
import { ErrorNotice } from '../../api/ErrorNotice.tsx'
import { useLang, useName, useT } from '../../i18n/index.ts'
import { useAction } from '../../records/useAction.ts'
import { useLabels } from '../../records/useLabels.ts'
import { sides } from '../entry.ts'
import type { Side } from '../entry.ts'

type Score = { intent: string; name: { zh: string; en: string }; score: number }

/** As the draft would sort what somebody says. */
export function TryIntent({ set }: { set: IntentSetDetail }) {
  const t = useT('knowledge/intents')
  const name = useName()
  const labels = useLabels()
  const [lang, setLang] = useState<Side>(useLang())
  const attempt = useAction(
    (text: string) => api.post<{ items: Score[] }>(`/intents/${set.id}/try`, { text, lang }),
    [],
  )
  return (
    <>
      <p className="quiet">{t('tryHint')}</p>
      <div className="bar" role="search">
        <Segmented<Side>
          className="chosen"
          aria-label={t('lang')}
          value={lang}
          onChange={setLang}
          options={sides.map((value) => ({ value, label: labels.lang(value) }))}
        />
        <Input.Search
          style={{ maxWidth: 520 }}
          maxLength={300}
          enterButton={t('tryIt')}
          aria-label={t('tryIt')}
          loading={attempt.isPending}
          onSearch={(text) => {
            if (text.trim()) attempt.mutate(text.trim())
          }}
        />
      </div>
      <ErrorNotice error={attempt.error} />
      <ol aria-live="polite" className="hits">
        {attempt.data?.items.map((each, at) => (
          <li key={each.intent} className={`hit ${at === 0 ? 'hit-first' : ''}`}>
            <div className="hit-head">
              <b>{name(each.name)}</b>
              <span className="hit-score quiet">{each.score.toFixed(2)}</span>
            </div>
          </li>
        ))}
      </ol>
      {attempt.data?.items.length === 0 && <p>{t('tryNothing')}</p>}
    </>
  )
}
