import { DownloadOutlined, UploadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { address } from '../api/client.ts'
import { useT } from '../i18n/index.ts'

const ImportModal = lazy(() => import('./ImportModal.tsx'))

/** Entries in from a document, and out as a table. */
export function ImportButton() {
  const t = useT('knowledge')
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button icon={<UploadOutlined aria-hidden />} onClick={() => setOpen(true)}>
        {t('import.open')}
      </Button>
      <Button icon={<DownloadOutlined aria-hidden />} href={address('/knowledge/export')}>
        {t('import.export')}
      </Button>
      {open && (
        <Suspense>
          <ImportModal onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
