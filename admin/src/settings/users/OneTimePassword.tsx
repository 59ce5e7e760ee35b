import { Alert, Modal } from 'antd'
import { useT } from '../../i18n/index.ts'
import { CopyButton } from '../../records/CopyButton.tsx'

export interface Issued {
  name: string
  password: string
}

/** The only time this password is seen; a click beside the window does not lose it. */
export function OneTimePassword({ issued, onClose }: { issued: Issued; onClose(): void }) {
  const t = useT('settings')
  return (
    <Modal
      open
      title={t('users.onceTitle', { name: issued.name })}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      okText={t('users.onceDone')}
      cancelButtonProps={{ style: { display: 'none' } }}
      onOk={onClose}
    >
      <div className="once">
        <code>{issued.password}</code>
        <CopyButton text={issued.password} />
      </div>
      <Alert className="part" type="warning" showIcon title={t('users.onceText')} />
    </Modal>
  )
}
