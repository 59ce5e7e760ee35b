import { UploadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { upload } from '../../api/upload.ts'
import { useErrorToast } from '../../api/useErrorToast.ts'
import { useT } from '../../i18n/index.ts'

interface Props {
  id?: string
  /** blobId; empty: the music that comes along */
  value?: string
  onChange?(blobId: string): void
}

/** The id of an uploaded audio file, or none. */
export function MusicInput({ id, value, onChange }: Props) {
  const t = useT('settings')
  const showError = useErrorToast()
  const picker = useRef<HTMLInputElement>(null)
  const [share, setShare] = useState<number>()
  const [name, setName] = useState<string>()
  const send = (file: File) => {
    setShare(0)
    upload(file, setShare)
      .then(({ blobId }) => {
        setName(file.name)
        onChange?.(blobId)
      }, showError)
      .finally(() => setShare(undefined))
  }
  return (
    <div className="bar" style={{ margin: 0 }}>
      <span>{value ? (name ?? t('queues.musicChosen')) : t('queues.musicOwn')}</span>
      <Button
        {...(id !== undefined && { id })}
        icon={<UploadOutlined aria-hidden />}
        loading={share !== undefined}
        onClick={() => picker.current?.click()}
      >
        {share === undefined ? t('queues.musicUpload') : `${Math.round(share * 100)} %`}
      </Button>
      {value && (
        <Button type="link" onClick={() => onChange?.('')}>
          {t('queues.musicRemove')}
        </Button>
      )}
      <input
        ref={picker}
        type="file"
        style={{ display: 'none' }}
        accept="audio/*,.wav,.mp3,.flac,.ogg,.opus"
        onChange={(event) => {
          const [file] = event.target.files ?? []
          if (file) send(file)
          // the same file again is a choice, too
          event.target.value = ''
        }}
      />
    </div>
  )
}
