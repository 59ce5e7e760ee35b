import { Alert, Button } from 'antd'
import { useLang, useT } from '../../i18n/index.ts'
import type { LineView } from './line.ts'
import { usePhone, usePhoneState } from './usePhone.ts'

/** What is wrong with my line and how to mend it; nothing while it is well. */
export function LineNotice({ line }: { line: LineView | undefined }) {
  const t = useT('desk')
  const lang = useLang()
  const { softphone, takeHere } = usePhone()
  const elsewhere = usePhoneState((state) => state.elsewhere)
  if (elsewhere)
    return (
      <Alert
        banner
        type="info"
        title={t('phone.line.elsewhere')}
        action={
          <Button size="small" onClick={takeHere}>
            {t('phone.line.takeHere')}
          </Button>
        }
      />
    )
  const fault = line?.fault
  if (!line || (!fault && line.state !== 'askingMicrophone')) return null
  const words = !fault
    ? t('phone.test.result.asking')
    : fault.kind === 'microphone'
      ? t(`phone.line.fault.${fault.why}`)
      : fault.kind === 'server'
        ? t('phone.line.server', { reason: lang === 'en' ? fault.error.en : fault.error.zh })
        : t('phone.line.reconnecting')
  return (
    <Alert
      banner
      type={fault?.kind === 'microphone' ? 'error' : 'warning'}
      showIcon
      role="alert"
      title={words}
      action={
        fault && (
          <Button size="small" onClick={() => softphone.retry()}>
            {t('phone.line.again')}
          </Button>
        )
      }
    />
  )
}
