import { Alert, Button, Tooltip } from 'antd'
import { useState } from 'react'
import type { AccountView, CheckView } from '../../../../gateway/accounts/schema.ts'
import { api } from '../../api/client.ts'
import { useErrorToast } from '../../api/useErrorToast.ts'
import { useName, useT } from '../../i18n/index.ts'
import { useAction } from '../../records/useAction.ts'

/** Asks the provider whether the account works, and says what it answered and how long that took. */
export function CheckButton({ account }: { account: Pick<AccountView, 'id' | 'enabled'> }) {
  const t = useT('settings')
  const say = useName()
  const showError = useErrorToast()
  const [result, show] = useState<CheckView>()
  const check = useAction(
    () => api.post<CheckView>(`/accounts/${account.id}/check`, {}),
    ['/accounts'],
  )
  return (
    <div className="check">
      <Tooltip title={t(account.enabled ? 'channels.check.hint' : 'channels.check.off')}>
        <Button
          loading={check.isPending}
          disabled={!account.enabled}
          onClick={() => check.mutate(undefined, { onSuccess: show, onError: showError })}
        >
          {t('channels.check.button')}
        </Button>
      </Tooltip>
      <div role="status">
        {result && (
          <Alert
            type={result.ok ? 'success' : 'error'}
            showIcon
            closable={{
              onClose: () => show(undefined),
              closeIcon: true,
              'aria-label': t('channels.check.close'),
            }}
            title={
              result.ok
                ? t('channels.check.ok', { ms: result.tookMs })
                : t('channels.check.failed', {
                    why: say(result.error) || t('channels.health.unworded'),
                    ms: result.tookMs,
                  })
            }
            {...(result.detail && { description: <code>{result.detail}</code> })}
          />
        )}
      </div>
    </div>
  )
}
