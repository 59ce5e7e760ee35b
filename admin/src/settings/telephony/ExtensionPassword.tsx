import { Alert, Modal } from 'antd'
import type { ExtensionPasswordView } from '../../../../gateway/telephony/schema.ts'
import { useT } from '../../i18n/index.ts'
import { CopyButton } from '../../records/CopyButton.tsx'
import { PhoneSetup } from './PhoneSetup.tsx'

interface Props {
  issued: ExtensionPasswordView
  onClose(): void
}

/** The only time this password is seen; a click beside the window does not lose it. */
export function ExtensionPassword({ issued: { extension, password }, onClose }: Props) {
  const t = useT('settings')
  return (
    <Modal
      open
      width={560}
      title={t('telephony.extensions.onceTitle', { id: extension.id })}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      okText={t('telephony.extensions.onceDone')}
      cancelButtonProps={{ style: { display: 'none' } }}
      onOk={onClose}
    >
      <div className="once">
        <code>{password}</code>
        <CopyButton text={password} />
      </div>
      <Alert className="part" type="warning" showIcon title={t('telephony.extensions.onceText')} />
      <PhoneSetup extension={extension.id} password={password} />
    </Modal>
  )
}
