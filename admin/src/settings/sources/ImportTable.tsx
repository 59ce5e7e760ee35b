import { UploadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import type { TableSettings } from '../../../../gateway/sources/schema.ts'
import { upload } from '../../api/upload.ts'
import { useErrorToast } from '../../api/useErrorToast.ts'
import { useT } from '../../i18n/index.ts'

/** A CSV or Excel file in the place of what the table holds; nothing is saved yet. */
export function ImportTable({ onRead }: { onRead(table: TableSettings): void }) {
  const t = useT('settings/sources')
  const showError = useErrorToast()
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const read = async (file: File) => {
    setBusy(true)
    try {
      onRead((await upload(file, undefined, '/sources/table')) as unknown as TableSettings)
    } catch (error) {
      showError(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.xlsx"
        aria-label={t('table.import')}
        onChange={({ target }) => {
          const file = target.files?.[0]
          target.value = ''
          if (file) void read(file)
        }}
      />
      <Button
        icon={<UploadOutlined aria-hidden />}
        loading={busy}
        onClick={() => input.current?.click()}
      >
        {t('table.import')}
      </Button>
    </>
  )
}
