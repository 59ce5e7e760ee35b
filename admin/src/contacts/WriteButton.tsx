import { MessageOutlined } from '@ant-design/icons'
import { Button, Tooltip } from 'antd'
import { useState } from 'react'
import { useWritableAccounts } from '../desk/actions/useWritableAccounts.ts'
import { WriteDialog } from '../desk/actions/WriteDialog.tsx'
import { useMaybeDesk } from '../desk/useDesk.ts'
import { useT } from '../i18n/index.ts'

/** Begins a conversation with this contact, by SMS or e-mail. */
export function WriteButton({ contactId }: { contactId: string }) {
  const t = useT('contacts')
  const desk = useMaybeDesk()
  const accounts = useWritableAccounts()
  const [writing, write] = useState(false)
  const ready = desk !== undefined && accounts.length > 0
  return (
    <>
      <Tooltip title={ready ? '' : t('cannotWrite')}>
        <Button
          icon={<MessageOutlined aria-hidden />}
          disabled={!ready}
          onClick={() => write(true)}
        >
          {t('write')}
        </Button>
      </Tooltip>
      {writing && <WriteDialog contactId={contactId} onClose={() => write(false)} />}
    </>
  )
}
