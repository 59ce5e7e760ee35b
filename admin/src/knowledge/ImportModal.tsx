import { useQueryClient } from '@tanstack/react-query'
import { Alert, App, Modal, Upload } from 'antd'
import { useState } from 'react'
import type { ImportPreview, ImportPreviewRow } from '../../../gateway/knowledge/import/schema.ts'
import { api } from '../api/client.ts'
import { ErrorNotice } from '../api/ErrorNotice.tsx'
import { upload } from '../api/upload.ts'
import { useT } from '../i18n/index.ts'
import { keyOf } from '../records/keyOf.ts'
import { ImportColumns } from './ImportColumns.tsx'
import { ImportRows } from './ImportRows.tsx'
import { TOUCHED } from './touched.ts'

/** of one request: the server takes 200, and a request at most 1 MB */
const AT_ONCE = 50

type Counts = { created: number; changed: number; same: number }

/** A document is read, its rows are looked at, and the sound ones land as drafts. */
export default function ImportModal({ onClose }: { onClose(): void }) {
  const t = useT('knowledge')
  const queries = useQueryClient()
  const { message } = App.useApp()
  const [file, setFile] = useState<File>()
  const [preview, setPreview] = useState<ImportPreview>()
  const [busy, setBusy] = useState(false)
  const [done, setDone] = useState(0)
  const [error, setError] = useState<unknown>()
  const sound = preview?.rows.filter(({ problems, state }) => !problems.length && state !== 'same')

  const attempt = async (work: () => Promise<void>) => {
    setBusy(true)
    setError(undefined)
    try {
      await work()
    } catch (failed) {
      setError(failed)
    } finally {
      setBusy(false)
    }
  }
  const read = (chosen: File, columns?: (string | null)[]) =>
    attempt(async () => {
      setFile(chosen)
      const query = columns ? `?columns=${encodeURIComponent(columns.map((each) => each ?? '').join(','))}` : '' // prettier-ignore
      const path = `/knowledge/import/preview${query}`
      setPreview((await upload(chosen, undefined, path)) as unknown as ImportPreview)
    })
  const takeIn = (rows: ImportPreviewRow[]) =>
    attempt(async () => {
      const sum: Counts = { created: 0, changed: 0, same: 0 }
      for (let at = 0; at < rows.length; at += AT_ONCE) {
        const part = rows.slice(at, at + AT_ONCE)
        const counts = await api.post<Counts>('/knowledge/import', { rows: part })
        sum.created += counts.created
        sum.changed += counts.changed
        setDone(at + part.length)
      }
      await Promise.all(
        TOUCHED.map((path) => queries.invalidateQueries({ queryKey: [keyOf(path)] })),
      )
      void message.success(t('import.done', { created: sum.created, changed: sum.changed }))
      onClose()
    })

  return (
    <Modal
      open
      width={980}
      title={t('import.title')}
      okText={t('import.take', { count: sound?.length ?? 0 })}
      okButtonProps={{ disabled: !sound?.length, loading: busy }}
      onOk={() => void takeIn(sound ?? [])}
      onCancel={onClose}
    >
      <p>{t('import.text')}</p>
      <Upload.Dragger
        accept=".csv,.xlsx,.docx,.txt,.md"
        showUploadList={false}
        disabled={busy}
        beforeUpload={(chosen) => {
          void read(chosen)
          return false
        }}
      >
        {file ? t('import.another', { name: file.name }) : t('import.pick')}
      </Upload.Dragger>
      <ErrorNotice error={error} />
      <div aria-live="polite">
        {busy && !preview && <p>{t('import.reading')}</p>}
        {busy && done > 0 && <p>{t('import.progress', { done, of: sound?.length ?? 0 })}</p>}
        {preview && (
          <>
            {preview.kind === 'table' && file && (
              <ImportColumns preview={preview} onMap={(columns) => void read(file, columns)} />
            )}
            {preview.rows.length === 0 && (
              <Alert type="warning" showIcon title={t(`import.nothing.${preview.kind}`)} />
            )}
            {preview.skipped > 0 && (
              <p className="quiet">{t('import.skipped', { count: preview.skipped })}</p>
            )}
          </>
        )}
      </div>
      {preview && preview.rows.length > 0 && <ImportRows rows={preview.rows} />}
    </Modal>
  )
}
