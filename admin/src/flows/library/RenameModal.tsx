import { App, Input, Modal } from 'antd'
import { useState } from 'react'
import type { FlowSummaryView } from '../../../../gateway/flows/schema.ts'
import { api } from '../../api/client.ts'
import { ErrorNotice } from '../../api/ErrorNotice.tsx'
import { useT } from '../../i18n/index.ts'
import { useAction } from '../../records/useAction.ts'

export function RenameModal({ flow, onClose }: { flow: FlowSummaryView; onClose(): void }) {
  const t = useT('flows/library')
  const { message } = App.useApp()
  const [name, setName] = useState(flow.name)
  const rename = useAction(
    () => api.patch<FlowSummaryView>(`/flows/${flow.id}`, { name: name.trim() }),
    ['/flows'],
  )
  const go = () =>
    rename.mutate(undefined, {
      onSuccess: () => {
        void message.success(t('renaming.done'))
        onClose()
      },
    })
  return (
    <Modal
      open
      title={t('renaming.title', { name: flow.name })}
      okText={t('renaming.ok')}
      okButtonProps={{ loading: rename.isPending, disabled: name.trim() === '' }}
      onCancel={onClose}
      onOk={go}
    >
      <p className="quiet">{t('renaming.text')}</p>
      <Input
        aria-label={t('new.name')}
        autoFocus
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onPressEnter={go}
      />
      <ErrorNotice error={rename.error} />
    </Modal>
  )
}
