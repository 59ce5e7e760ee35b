import { CloseOutlined } from '@ant-design/icons'
import { Button, Progress } from 'antd'
import { ApiError } from '../../api/error.ts'
import { useLang, useT } from '../../i18n/index.ts'
import type { UploadList } from './useUploads.ts'

export function Uploads({ uploads }: { uploads: UploadList }) {
  const t = useT('desk')
  const lang = useLang()
  if (uploads.rows.length === 0) return null
  return (
    <ul className="uploads">
      {uploads.rows.map((row) => (
        <li key={row.key}>
          <span>{row.error ? row.name : t('composer.uploading', { name: row.name })}</span>
          {row.error ? (
            <>
              <span className="row-refused" role="alert">
                {row.error instanceof ApiError ? row.error.sentence(lang) : t('thread.notSent')}
              </span>
              <Button
                type="text"
                size="small"
                icon={<CloseOutlined aria-hidden />}
                aria-label={t('close')}
                onClick={() => uploads.dismiss(row.key)}
              />
            </>
          ) : (
            <Progress
              size="small"
              percent={Math.round(row.share * 100)}
              aria-label={t('composer.uploading', { name: row.name })}
            />
          )}
        </li>
      ))}
    </ul>
  )
}
