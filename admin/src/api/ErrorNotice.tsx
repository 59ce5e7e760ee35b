import { Alert, Button } from 'antd'
import { useLang, useT } from '../i18n/index.ts'
import { describeDetails } from './describeDetails.ts'
import { ApiError } from './error.ts'

interface Props {
  error: unknown
  onRetry?: (() => void) | undefined
}

/** What went wrong, in the reader's language, with what to do about it. Shows nothing without an error. */
export function ErrorNotice({ error, onRetry }: Props) {
  const lang = useLang()
  const t = useT('shell')
  if (error === undefined || error === null) return null
  const known = error instanceof ApiError ? error : undefined
  const lines = describeDetails(known?.details)
  // the reference is for the administrator; a refusal the person can mend needs none
  const reference = known && known.status >= 500 ? known.requestId : undefined
  const description = (lines.length > 0 || reference) && (
    <>
      {lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
      {reference && <div className="quiet">{t('requestId', { id: reference })}</div>}
    </>
  )
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={known ? known.sentence(lang) : t('unexpected')}
      description={description || undefined}
      action={
        onRetry && (
          <Button size="small" onClick={onRetry}>
            {t('retry')}
          </Button>
        )
      }
    />
  )
}
