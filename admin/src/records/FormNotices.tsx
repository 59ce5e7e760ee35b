import { Alert, Button } from 'antd'
import { ErrorNotice } from '../api/ErrorNotice.tsx'
import { useT } from '../i18n/index.ts'
import type { RecordForm } from './useRecordForm.ts'
import './records.css'

interface Props<V extends object> {
  edit: RecordForm<V>
  /** what a field is called on this form */
  label?: ((field: string) => string) | undefined
}

/** What stands in the way of saving: a refusal, somebody else's change, or problems of no one field. */
export function FormNotices<V extends object>({ edit, label }: Props<V>) {
  const t = useT('records')
  const { conflict, clashes, error, loose } = edit
  return (
    <div className="notices">
      {conflict ? (
        <Alert
          type="warning"
          showIcon
          role="alert"
          title={t('conflict.title')}
          description={t('conflict.text')}
          action={<Button onClick={() => void conflict.mend()}>{t('conflict.reload')}</Button>}
        />
      ) : (
        <ErrorNotice error={error} />
      )}
      {clashes && !error && (
        <Alert
          type={clashes.length > 0 ? 'warning' : 'info'}
          showIcon
          role="status"
          title={clashes.length > 0 ? t('conflict.clash') : t('conflict.merged')}
          {...(clashes.length > 0 && {
            description: clashes.map(({ field, theirs }) => (
              <div key={field}>
                <b>{label?.(field) ?? field}</b> {written(theirs)}
              </div>
            )),
          })}
        />
      )}
      {loose.length > 0 && (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={loose.map((line) => (
            <div key={line}>{line}</div>
          ))}
        />
      )}
    </div>
  )
}

const written = (value: unknown): string =>
  typeof value === 'string' ? value || '—' : (JSON.stringify(value) ?? '—')
