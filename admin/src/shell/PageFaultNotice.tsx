import { Button, Result } from 'antd'
import { useT } from '../i18n/index.ts'

export function PageFaultNotice() {
  const t = useT('shell')
  return (
    <Result
      status="warning"
      title={t('pageFault')}
      subTitle={t('pageFaultHint')}
      extra={
        <Button type="primary" onClick={() => window.location.reload()}>
          {t('reload')}
        </Button>
      }
    />
  )
}
