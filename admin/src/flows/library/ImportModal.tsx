import { App, Modal, Upload } from 'antd'
import { useState } from 'react'
import type { FlowSummaryView, ImportLook } from '../../../../gateway/flows/schema.ts'
import { api, ApiError } from '../../api/client.ts'
import { ErrorNotice } from '../../api/ErrorNotice.tsx'
import { useT } from '../../i18n/index.ts'
import { useAction } from '../../records/useAction.ts'
import { navigate } from '../../router.tsx'
import { BadFile } from './BadFile.tsx'
import { ImportFlows } from './ImportFlows.tsx'
import { ImportMissing } from './ImportMissing.tsx'
import { useLook } from './useLook.ts'
import type { Choices } from './useLook.ts'

/** A file is looked at, things it lacks are put in place, and then it lands as drafts. */
export default function ImportModal({ onClose }: { onClose(): void }) {
  const t = useT('flows/library')
  const { message } = App.useApp()
  const [file, setFile] = useState<string>()
  const [unreadable, setUnreadable] = useState(false)
  const [choices, choose] = useState<Choices>({ ids: {}, references: {} })
  const { first, now, error, isLooking } = useLook(file, choices)
  const take = useAction(
    (look: ImportLook) =>
      api.post<{ items: FlowSummaryView[] }>('/flows/-/import', {
        text: file,
        ...choices,
        draftVersions: Object.fromEntries(
          look.flows.flatMap(({ as, replaces }) => (replaces ? [[as, replaces.draftVersion]] : [])),
        ),
      }),
    ['/flows'],
  )
  const isBlocked = now?.flows.some(({ replaces }) => replaces?.putAway) ?? true
  const read = async (chosen: File) => {
    setUnreadable(false)
    choose({ ids: {}, references: {} })
    take.reset()
    try {
      setFile(await chosen.text())
    } catch {
      setUnreadable(true)
    }
  }
  return (
    <Modal
      open
      width={760}
      title={t('importing.title')}
      okText={t('importing.ok')}
      okButtonProps={{ disabled: !now || isBlocked || isLooking, loading: take.isPending }}
      onCancel={onClose}
      onOk={() =>
        take.mutate(now!, {
          onSuccess: ({ items }) => {
            void message.success(t('importing.done', { count: items.length }))
            onClose()
            const main = now!.flows.find(({ id }) => id === now!.flow)?.as ?? items[0]?.id
            if (main !== undefined) navigate(`/flows/${main}`)
          },
        })
      }
    >
      <p>{t('importing.text')}</p>
      <Upload.Dragger
        accept=".json,application/json"
        showUploadList={false}
        beforeUpload={(chosen) => {
          void read(chosen)
          return false
        }}
      >
        {t('importing.pick')}
      </Upload.Dragger>
      {unreadable && <p role="alert">{t('importing.unreadable')}</p>}
      {isLooking && !now && <p role="status">{t('importing.looking')}</p>}
      {error instanceof ApiError && error.code === 'FLOW_FILE_BAD' ? (
        <BadFile details={error.details} />
      ) : (
        <ErrorNotice error={error ?? take.error} />
      )}
      {first && now && (
        <>
          <ImportFlows first={first} now={now} choices={choices} onChoose={choose} />
          <ImportMissing first={first} choices={choices} onChoose={choose} />
          {now.recordings.length > 0 && (
            <section aria-label={t('importing.recordings')}>
              <h3>{t('importing.recordings')}</h3>
              <ul>
                {now.recordings.map(({ id, state }) => (
                  <li key={id}>{t(`importing.recording.${state}`, { id })}</li>
                ))}
              </ul>
            </section>
          )}
        </>
      )}
    </Modal>
  )
}
