import { PictureOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { upload } from '../../../api/upload.ts'
import type { Upload } from '../../../api/upload.ts'
import { useErrorToast } from '../../../api/useErrorToast.ts'
import { useT } from '../../../i18n/index.ts'

interface Props {
  id?: string
  /** blobId; empty: none */
  value?: string
  onChange?(blobId: string): void
}

/** One picture, uploaded at once and shown small. */
export function PictureInput({ id, value, onChange }: Props) {
  const t = useT('settings')
  const showError = useErrorToast()
  const picker = useRef<HTMLInputElement>(null)
  const [share, setShare] = useState<number>()
  const [picture, show] = useState<Upload>()
  const send = (file: File) => {
    setShare(0)
    upload(file, setShare)
      .then((sent) => {
        show(sent)
        onChange?.(sent.blobId)
      }, showError)
      .finally(() => setShare(undefined))
  }
  return (
    <div className="bar" style={{ margin: 0 }}>
      {value && picture && <img src={picture.url} alt={picture.name} height={64} />}
      <Button
        {...(id !== undefined && { id })}
        icon={<PictureOutlined aria-hidden />}
        loading={share !== undefined}
        onClick={() => picker.current?.click()}
      >
        {t('channels.announcements.pick')}
      </Button>
      {value && (
        <Button type="link" onClick={() => onChange?.('')}>
          {t('channels.announcements.noPicture')}
        </Button>
      )}
      <input
        ref={picker}
        type="file"
        hidden
        accept="image/jpeg,image/png,image/gif"
        onChange={(event) => {
          const [file] = event.target.files ?? []
          if (file) send(file)
          event.target.value = ''
        }}
      />
    </div>
  )
}
