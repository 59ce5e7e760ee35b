import { PrinterOutlined } from '@ant-design/icons'
import { Button, Modal, QRCode } from 'antd'
import { useT } from '../../i18n/index.ts'
import { CopyButton } from '../../records/CopyButton.tsx'
import './poster.css'

interface Props {
  /** what it is for, e.g. the venue it hangs at */
  name: string
  text: string
  account: string
  onClose(): void
}

/** A QR code large enough to print and hang up; the rest of the page is not printed with it. */
export function QrPoster({ name, text, account, onClose }: Props) {
  const t = useT('settings')
  return (
    <Modal
      open
      title={name}
      onCancel={onClose}
      footer={
        <div className="bar" style={{ justifyContent: 'flex-end', margin: 0 }}>
          <CopyButton text={text} label={t('channels.poster.copy')} />
          <Button type="primary" icon={<PrinterOutlined aria-hidden />} onClick={() => print()}>
            {t('channels.poster.print')}
          </Button>
        </div>
      }
    >
      <figure className="poster">
        <figcaption>{account}</figcaption>
        <QRCode value={text} size={280} type="svg" bordered={false} aria-label={name} />
        <p>{name}</p>
        <p className="quiet">{t('channels.poster.scan')}</p>
      </figure>
    </Modal>
  )
}
