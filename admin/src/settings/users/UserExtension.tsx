import { Form } from 'antd'
import type { ExtensionView } from '../../../../gateway/telephony/schema.ts'
import { useT } from '../../i18n/index.ts'
import { useItems } from '../../records/useItems.ts'
import { Link } from '../../router.tsx'
import { useSession } from '../../session/useSession.ts'

/** The telephone a member has; it is given with the telephones, not here. */
export function UserExtension({ staffId }: { staffId: string }) {
  const t = useT('settings')
  const { can } = useSession()
  const mayManage = can('manageAccounts')
  const extensions = useItems<ExtensionView>('/telephony/extensions', {}, { enabled: mayManage })
  if (!mayManage) return null
  const mine = extensions.data?.find((extension) => extension.staffId === staffId)
  return (
    <Form.Item label={t('users.extension')}>
      {mine ? mine.id : <span className="quiet">{t('users.noExtension')}</span>}{' '}
      <Link to="/settings/telephony/extensions">{t('users.extensionLink')}</Link>
    </Form.Item>
  )
}
