import { useState } from 'react'
import type { ExtensionPasswordView, ExtensionView } from '../../../../gateway/telephony/schema.ts'
import type { StaffView } from '../../../../gateway/staff/schema.ts'
import { useT } from '../../i18n/index.ts'
import { Mark } from '../../records/Mark.tsx'
import { useItems } from '../../records/useItems.ts'
import { ListTab } from '../ListTab.tsx'
import { EditExtension } from './EditExtension.tsx'
import { ExtensionPassword } from './ExtensionPassword.tsx'
import { NewExtension } from './NewExtension.tsx'
import { useStatus } from './useStatus.ts'

export function ExtensionsTab() {
  const t = useT('settings')
  const staff = useItems<StaffView>('/staff')
  const status = useStatus()
  const [issued, issue] = useState<ExtensionPasswordView>()
  const members = staff.data ?? []
  const registered = new Set(status.data?.bindings.map(({ extension }) => extension))
  return (
    <>
      <ListTab<ExtensionView>
        path="/telephony/extensions"
        name={t('telephony.tabs.extensions')}
        hint={t('telephony.extensions.hint')}
        empty={t('telephony.extensions.empty')}
        width={720}
        titleOf={(extension) => `${extension.id} ${extension.name}`}
        drawer={(extension, close) =>
          extension ? (
            <EditExtension
              extension={extension}
              members={members}
              onClose={close}
              onIssued={issue}
            />
          ) : (
            <NewExtension members={members} onClose={close} onIssued={issue} />
          )
        }
        columns={[
          {
            title: t('telephony.extensions.staffId'),
            dataIndex: 'staffId',
            render: (id?: string) =>
              id ? (
                (members.find((member) => member.id === id)?.displayName ?? id)
              ) : (
                <span className="quiet">{t('telephony.extensions.nobody')}</span>
              ),
          },
          {
            title: t('telephony.extensions.state'),
            width: 150,
            render: (_, { id }) => {
              if (!status.data) return t('telephony.extensions.unknown')
              const here = registered.has(id)
              return (
                <Mark tone={here ? 'green' : 'plain'}>
                  {t(`telephony.extensions.${here ? 'registered' : 'away'}`)}
                </Mark>
              )
            },
          },
          {
            title: t('enabled'),
            dataIndex: 'enabled',
            width: 90,
            render: (enabled: boolean) => (
              <Mark tone={enabled ? 'green' : 'red'}>{t(enabled ? 'enabled' : 'disabled')}</Mark>
            ),
          },
        ]}
      />
      {issued && <ExtensionPassword issued={issued} onClose={() => issue(undefined)} />}
    </>
  )
}
