import { Alert, Input, Segmented } from 'antd'
import { useState } from 'react'
import type { TryAnswerView } from '../../../../gateway/answers/schema.ts'
import { api } from '../../api/client.ts'
import { ErrorNotice } from '../../api/ErrorNotice.tsx'
import { useLang, useT } from '../../i18n/index.ts'
import { useAction } from '../../records/useAction.ts'
import { useLabels } from '../../records/useLabels.ts'
import { sides } from '../entry.ts'
import type { Side } from '../entry.ts'

/** Asks as a caller would and shows each step: passages, what the model wrote, the check, what is told. */
export function TryAnswer() {
  const t = useT('knowledge/model')
  const labels = useLabels()
  const [lang, setLang] = useState<Side>(useLang())
  const attempt = useAction(
    (text: string) => api.post<TryAnswerView>('/answers/try', { text, lang }),
    ['/answers/settings'],
  )
  const found = attempt.data
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
          maxLength={300}
          enterButton={t('ask')}
          aria-label={t('ask')}
          loading={attempt.isPending}
          onSearch={(text) => {
            if (text.trim()) attempt.mutate(text.trim())
          }}
        />
      </div>
      <ErrorNotice error={attempt.error} />
      <div aria-live="polite">
        {found && (
          <>
            <Alert
              type="info"
              showIcon
              title={t(`by.${found.by}`, { ms: found.ms })}
              description={found.told}
            />
            {found.refusal && (
              <p>
                <b>{t('refusedBy')}</b>{' '}
                {t(`refusal.${found.refusal}`, { defaultValue: found.refusal })}
                {found.detail && <code> {found.detail}</code>}
              </p>
            )}
            <h4>{t('sent')}</h4>
            <p>{found.asked}</p>
            <ol className="plain-list">
              {found.passages.map((passage) => (
                <li key={passage.id}>
                  <b>{passage.question}</b>{' '}
                  <span className="quiet">{passage.score.toFixed(2)}</span>
                  <div className="entry-answer">{passage.answer}</div>
                </li>
              ))}
            </ol>
            {found.raw !== undefined && (
              <>
                <h4>{t('raw')}</h4>
                <pre className="raw" tabIndex={0}>
                  {found.raw}
                </pre>
              </>
            )}
          </>
        )}
      </div>
    </>
  )
}
