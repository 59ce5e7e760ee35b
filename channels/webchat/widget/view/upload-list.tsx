import type { Uploads } from './uploads.ts'
import { useRoom } from './context.ts'
import { Icon } from './icons.tsx'

export function UploadList({ uploads }: { uploads: Uploads }) {
  const { t, tell } = useRoom()
  if (uploads.list.length === 0) return null
  return (
    <ul class="uploads" aria-label={t('attach')}>
      {uploads.list.map((upload) => (
        <li key={upload.id}>
          <Icon name={upload.error ? 'alert' : 'file'} />
          <span class="file-words">
            <span class="file-name">{upload.file.name}</span>
            {upload.error ? (
              <small class="wrong-words" role="alert">
                {tell(upload.error)}
              </small>
            ) : (
              <progress
                max={100}
                value={upload.percent}
                aria-label={t('uploading', { percent: upload.percent })}
              />
            )}
          </span>
          {upload.error && (
            <button type="button" class="plain" onClick={() => uploads.retry(upload)}>
              {t('retry')}
            </button>
          )}
          <button
            type="button"
            class="round small"
            aria-label={t(upload.error ? 'remove' : 'cancelUpload')}
            onClick={() => uploads.cancel(upload)}
          >
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  )
}
