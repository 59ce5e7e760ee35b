import { Button, Empty } from 'antd'
import type { KfAccountView } from '../../../../../channels/wecom/schema.ts'
import type { AccountView } from '../../../../../gateway/accounts/schema.ts'
import { api } from '../../../api/client.ts'
import { useErrorToast } from '../../../api/useErrorToast.ts'
import { useT } from '../../../i18n/index.ts'
import { Load } from '../../../records/Load.tsx'
import { Mark } from '../../../records/Mark.tsx'
import { useAction } from '../../../records/useAction.ts'
import { useItems } from '../../../records/useItems.ts'

/** The service accounts the corp has; one of them is ours. */
export function ServiceAccounts({ account }: { account: AccountView }) {
  const t = useT('settings')
  const showError = useErrorToast()
  const found = useItems<KfAccountView>(`/accounts/${account.id}/wecom/kf-accounts`)
  const { id, settings, version } = account
  const choose = useAction(
    (openKfId: string) =>
      api.patch<AccountView>(`/accounts/${id}`, { settings: { ...settings, openKfId }, version }),
    ['/accounts'],
  )
  return (
    <section className="part" aria-labelledby="service-accounts">
      <h3 id="service-accounts">{t('channels.links.accounts')}</h3>
      <p className="quiet">{t('channels.links.accountsHint')}</p>
      <Load of={found}>
        {(items) =>
          items.length === 0 ? (
            <Empty
              image={Empty.PRESENTED_IMAGE_SIMPLE}
              description={t('channels.links.noAccounts')}
            />
          ) : (
            <ul className="choices-of">
              {items.map(({ openKfId, name, managed }) => (
                <li key={openKfId}>
                  <span>
                    <b>{name}</b> <code>{openKfId}</code>
                  </span>
                  {openKfId === settings?.['openKfId'] ? (
                    <Mark tone="green">{t('channels.links.used')}</Mark>
                  ) : managed ? (
                    <Button
                      size="small"
                      loading={choose.isPending}
                      aria-label={t('channels.links.useOf', { name })}
                      onClick={() => choose.mutate(openKfId, { onError: showError })}
                    >
                      {t('channels.links.use')}
                    </Button>
                  ) : (
                    <Mark tone="amber">{t('channels.links.unmanaged')}</Mark>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Load>
    </section>
  )
}
