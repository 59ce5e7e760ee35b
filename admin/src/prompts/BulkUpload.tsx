import { InboxOutlined } from '@ant-design/icons'
import { Alert, Modal, Upload } from 'antd'
import { useState } from 'react'
import type { AssignedView } from '../../../gateway/prompts/schema.ts'
import { useQueryClient } from '@tanstack/react-query'
import { api } from '../api/client.ts'
import { ApiError } from '../api/error.ts'
import { useErrorToast } from '../api/useErrorToast.ts'
import { useLang, useT } from '../i18n/index.ts'
import { Mark } from '../records/Mark.tsx'
import { keyOf } from '../records/keyOf.ts'
import { ACCEPTED, RECORDINGS, uploadRecording } from './upload-recording.ts'

interface Outcome {
  name: string
  outcome: 'assigned' | 'unknown' | 'gone' | 'failed'
  why?: string
}

const tones = { assigned: 'green', unknown: 'amber', gone: 'amber', failed: 'red' } as const

/** Many recordings at once, each onto the prompt it is named after. */
export function BulkUpload({ onClose }: { onClose(): void }) {
  const t = useT('prompts')
  const lang = useLang()
  const showError = useErrorToast()
  const queries = useQueryClient()
  const [done, setDone] = useState<number>()
  const [of, setOf] = useState(0)
  const [outcomes, setOutcomes] = useState<Outcome[]>()
  const send = async (files: File[]) => {
    setOf(files.length)
    setDone(0)
    const failed: Outcome[] = []
    const stored: { name: string; mediaId: string }[] = []
    // one after the other: each is converted on the server
    for (const [at, file] of files.entries()) {
      try {
        const { mediaId } = await uploadRecording(file)
        stored.push({ name: file.name, mediaId })
      } catch (error) {
        const why = error instanceof ApiError ? (lang === 'en' ? error.en : error.zh) : ''
        failed.push({ name: file.name, outcome: 'failed', why })
      }
      setDone(at + 1)
    }
    const assigned = stored.length
      ? (await api.post<{ items: AssignedView[] }>('/prompts/assign', { files: stored })).items
      : []
    setOutcomes([...assigned, ...failed])
    for (const path of ['/prompts', RECORDINGS])
      await queries.invalidateQueries({ queryKey: [keyOf(path)] })
  }
  const busy = done !== undefined && !outcomes
  return (
    <Modal
      open
      title={t('bulk.title')}
      okText={t('bulk.close')}
      cancelButtonProps={{ style: { display: 'none' } }}
      okButtonProps={{ disabled: busy }}
      closable={!busy}
      onOk={onClose}
      onCancel={() => !busy && onClose()}
    >
      <p className="quiet">{t('bulk.hint')}</p>
      {done === undefined && (
        <Upload.Dragger
          multiple
          accept={ACCEPTED}
          showUploadList={false}
          beforeUpload={(file, list) => {
            if (file === list[0])
              send(list.slice(0, 300)).catch((error: unknown) => {
                showError(error)
                setDone(undefined)
              })
            return false
          }}
        >
          <p className="ant-upload-drag-icon">
            <InboxOutlined aria-hidden />
          </p>
          <p>{t('bulk.drop')}</p>
        </Upload.Dragger>
      )}
      {busy && <p role="status">{t('bulk.progress', { done, of })}</p>}
      {outcomes && (
        <>
          <Alert
            type={outcomes.every(({ outcome }) => outcome === 'assigned') ? 'success' : 'warning'}
            showIcon
            title={t('bulk.result', {
              count: outcomes.filter(({ outcome }) => outcome === 'assigned').length,
              of: outcomes.length,
            })}
          />
          <ul className="bulk-list">
            {outcomes.map(({ name, outcome, why }) => (
              <li key={name}>
                <Mark tone={tones[outcome]}>{t(`bulk.outcomes.${outcome}`)}</Mark> {name}
                {why && <span className="quiet"> {why}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
    </Modal>
  )
}
