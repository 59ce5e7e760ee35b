import { App, Input, Modal } from 'antd'
import { useState } from 'react'
import { api } from '../api/client.ts'
import { ErrorNotice } from '../api/ErrorNotice.tsx'
import { useT } from '../i18n/index.ts'
import { useAction } from '../records/useAction.ts'
import type { FlowVersion } from './useVersions.ts'

interface Props {
  flowId: string
  version: number
  onClose(): void
}

export function RollbackModal({ flowId, version, onClose }: Props) {
  const t = useT('flows')
  const { message } = App.useApp()
  const [note, setNote] = useState('')
  const rollback = useAction(
    () => api.post<FlowVersion>(`/flows/${flowId}/rollback`, { version, note: note.trim() }),
    ['/flows'],
  )
  return (
    <Modal
      open
      title={t('rollbackTitle', { version })}
      okText={t('rollback')}
      okButtonProps={{ loading: rollback.isPending }}
      onCancel={onClose}
      onOk={() =>
        rollback.mutate(undefined, {
          onSuccess: (live) => {
            void message.success(t('rolledBack', { version: live.version }))
            onClose()
          },
        })
      }
    >
      <p>{t('rollbackText', { version })}</p>
      <label>
        {t('rollbackNote')}
        <Input.TextArea
          autoFocus
          value={note}
          maxLength={300}
          autoSize={{ minRows: 2 }}
          onChange={(event) => setNote(event.target.value)}
        />
      </label>
      <div className="part">
        <ErrorNotice error={rollback.error} />
      </div>
    </Modal>
  )
}
