import { Input, Modal } from 'antd'
import { useState } from 'react'
import type { PhoneDevice } from '../../../../gateway/domain/staff.ts'
import { useT } from '../../i18n/index.ts'
import { dialNumber, extensionNumber } from './dialNumber.ts'

interface Props {
  kind: 'extension' | 'number'
  current: PhoneDevice
  onChoose(device: PhoneDevice): void
  onClose(): void
}

/** Which telephone rings for me instead of the console. */
export function DeviceDialog({ kind, current, onChoose, onClose }: Props) {
  const t = useT('desk')
  const [written, setWritten] = useState(current.kind === kind ? current.number : '')
  const [wrong, setWrong] = useState(false)
  const go = () => {
    const number = kind === 'extension' ? extensionNumber(written) : dialNumber(written)
    setWrong(!number)
    if (number) onChoose({ kind, number })
  }
  const label = t(kind === 'extension' ? 'phone.device.askExtension' : 'phone.device.askNumber')
  return (
    <Modal
      open
      title={label}
      okText={t('save')}
      cancelText={t('cancel')}
      onOk={go}
      onCancel={onClose}
    >
      <Input
        autoFocus
        type="tel"
        aria-label={label}
        aria-invalid={wrong}
        status={wrong ? 'error' : ''}
        value={written}
        onChange={(event) => {
          setWritten(event.target.value)
          setWrong(false)
        }}
        onPressEnter={go}
      />
      {wrong && (
        <p className="dial-wrong" role="alert">
          {t(kind === 'extension' ? 'phone.device.badExtension' : 'phone.device.badNumber')}
        </p>
      )}
      <p className="quiet">{t('phone.device.askHint')}</p>
    </Modal>
  )
}
