import { Switch, Tooltip } from 'antd'
import type { AccountView } from '../../../../gateway/accounts/schema.ts'
import { api } from '../../api/client.ts'
import { useErrorToast } from '../../api/useErrorToast.ts'
import { useT } from '../../i18n/index.ts'
import { RemoveButton } from '../../records/RemoveButton.tsx'
import { useAction } from '../../records/useAction.ts'
import { navigate } from '../../router.tsx'

const touches = ['/accounts']

/** Switches an account on and off; one that is off may be deleted. */
export function AccountTools({ account }: { account: AccountView }) {
  const t = useT('settings')
  const showError = useErrorToast()
  const { id, name, enabled, version } = account
  const flip = useAction(
    (on: boolean) => api.patch<AccountView>(`/accounts/${id}`, { enabled: on, version }),
    touches,
  )
  return (
    <>
      <Tooltip title={t('channels.enabledHint')}>
        <Switch
          aria-label={t('channels.enabled')}
          checkedChildren={t('enabled')}
          unCheckedChildren={t('disabled')}
          checked={enabled}
          loading={flip.isPending}
          onChange={(on) => flip.mutate(on, { onError: showError })}
        />
      </Tooltip>
      {!enabled && (
        <RemoveButton
          path={`/accounts/${id}`}
          title={t('removeTitle', { name })}
          text={t('channels.removeText')}
          touches={touches}
          onRemoved={() => navigate('/settings/channels')}
        />
      )}
    </>
  )
}
