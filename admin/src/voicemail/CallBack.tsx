import { PhoneOutlined } from '@ant-design/icons'
import { Button, Tooltip } from 'antd'
import { useState } from 'react'
import type { VoicemailView } from '../../../gateway/voicemail/schema.ts'
import { DialDialog } from '../desk/phone/DialDialog.tsx'
import { useMaybePhone } from '../desk/phone/usePhone.ts'
import { useMaybeDesk } from '../desk/useDesk.ts'
import { useT } from '../i18n/index.ts'

/** Calls whoever left it; the number to show is chosen in the dialog. */
export function CallBack({ voicemail: { number, contactName } }: { voicemail: VoicemailView }) {
  const t = useT('voicemail')
  const desk = useMaybeDesk()
  const phone = useMaybePhone()
  const [dialling, dial] = useState(false)
  const ready = desk !== undefined && phone !== undefined
  const why = number === undefined ? t('callBackHint') : ready ? '' : t('noDesk')
  return (
    <>
      <Tooltip title={why}>
        <Button
          type="primary"
          icon={<PhoneOutlined aria-hidden />}
          disabled={why !== ''}
          onClick={() => dial(true)}
        >
          {t('callBack')} {number}
        </Button>
      </Tooltip>
      {dialling && (
        <DialDialog
          name={contactName}
          numbers={number ? [number] : []}
          onClose={() => dial(false)}
        />
      )}
    </>
  )
}
