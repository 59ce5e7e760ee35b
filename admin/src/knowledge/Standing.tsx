import { Alert } from 'antd'
import type { KnowledgeView } from '../../../gateway/knowledge/schema.ts'
import { useT } from '../i18n/index.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { standingOf } from './entry.ts'

/** Whether callers are told this, since when and on whose word. */
export function Standing({ entry }: { entry: KnowledgeView }) {
  const t = useT('knowledge')
  const format = useFormat()
  const { approval, changedBy, live } = entry
  const standing = standingOf(entry)
  return (
    <Alert
      type={standing === 'waiting' ? 'warning' : 'info'}
      showIcon
      title={t(`standingNow.${standing}`)}
      description={
        <>
          {standing === 'approved' && approval && (
            <div>
              {t('approvedBy', { name: approval.by.name, at: format.short(approval.atMs) })}
              {approval.note && <> · {approval.note}</>}
            </div>
          )}
          {standing !== 'approved' && changedBy && (
            <div>
              {t('changedBy', { name: changedBy.name, at: format.short(entry.updatedAtMs) })}
            </div>
          )}
          {live && (
            <details>
              <summary>{t('liveWording')}</summary>
              {Object.entries(live.answer).map(([lang, text]) => (
                <p key={lang} lang={lang}>
                  <b>{live.question[lang]}</b> {text}
                </p>
              ))}
            </details>
          )}
        </>
      }
    />
  )
}
