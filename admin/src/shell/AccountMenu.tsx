import { LogoutOutlined, UserOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useErrorToast } from '../api/useErrorToast.ts'
import { useT } from '../i18n/index.ts'
import { useSession } from '../session/useSession.ts'

export function AccountMenu() {
  const t = useT('shell')
  const { me, signOut } = useSession()
  const showError = useErrorToast()
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'who', disabled: true, label: `${me.userName} · ${t(`roles.${me.role}`)}` },
          { type: 'divider' },
          {
            key: 'out',
            icon: <LogoutOutlined aria-hidden />,
            label: t('signOut'),
            onClick: () => void signOut().catch(showError),
          },
        ],
      }}
    >
      <Button type="text" icon={<UserOutlined aria-hidden />} aria-label={me.name}>
        <span className="head-words">{me.name}</span>
      </Button>
    </Dropdown>
  )
}
