import { App, Input, Modal, Slider } from 'antd'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { ErrorNotice } from '../../api/ErrorNotice.tsx'
import { useT } from '../../i18n/index.ts'
import { useAction } from '../../records/useAction.ts'

interface Props {
  flowId: string
  live: number
  version: number
  /** of a split that runs */
  percent: number | undefined
  onClose(): void
}

/** How many of the new conversations try the other version. */
export function SplitModal({ flowId, live, version, percent: before, onClose }: Props) {
  const t = useT('flows/versions')
  const { message } = App.useApp()
  const [percent, setPercent] = useState(before ?? 10)
  const [note, setNote] = useState('')
  const split = useAction(
    () => api.put(`/flows/${flowId}/split`, { version, percent, note: note.trim() }),
    ['/flows'],
  )
  return (
    <Modal
      open
      title={t('split.title')}
      okText={t(before === undefined ? 'split.save' : 'split.change')}
      okButtonProps={{ loading: split.isPending }}
      onCancel={onClose}
      onOk={() =>
        split.mutate(undefined, {
          onSuccess: () => {
            void message.success(t('split.changed', { version, percent }))
            onClose()
          },
        })
      }
    >
      <p>{t('split.text')}</p>
      <p>{t('split.with', { live })}</p>
      <div>{t('split.share', { version })}</div>
      <Slider
        min={1}
        max={99}
        value={percent}
        onChange={setPercent}
        marks={{ 10: '10%', 50: '50%', 90: '90%' }}
        ariaLabelForHandle={t('split.share', { version })}
        tooltip={{ formatter: (value) => t('split.percent', { percent: value }) }}
      />
      <p aria-live="polite">
        {t('split.percent', { percent })} · {t('split.rest', { percent: 100 - percent, live })}
      </p>
      <label>
        {t('split.note')}
        <Input.TextArea
          value={note}
          maxLength={300}
          autoSize={{ minRows: 2 }}
          onChange={(event) => setNote(event.target.value)}
        />
      </label>
      <div className="part">
        <ErrorNotice error={split.error} />
      </div>
    </Modal>
  )
}
