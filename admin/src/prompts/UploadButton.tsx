import { UploadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import type { PromptRecordingView } from '../../../gateway/prompts/schema.ts'
import { useErrorToast } from '../api/useErrorToast.ts'
import { ACCEPTED, uploadRecording } from './upload-recording.ts'

interface Props {
  label: string
  onUploaded(recording: PromptRecordingView): void
}

/** A file of any common format, from this computer. */
export function UploadButton({ label, onUploaded }: Props) {
  const showError = useErrorToast()
  const picker = useRef<HTMLInputElement>(null)
  const [share, setShare] = useState<number>()
  const send = (file: File) => {
    setShare(0)
    uploadRecording(file, setShare)
      .then(onUploaded)
      .catch(showError)
      .finally(() => setShare(undefined))
  }
  return (
    <>
      <Button
        icon={<UploadOutlined aria-hidden />}
        loading={share !== undefined}
        onClick={() => picker.current?.click()}
      >
        {share ? `${Math.round(share * 100)} %` : label}
      </Button>
      <input
        ref={picker}
        type="file"
        style={{ display: 'none' }}
        accept={ACCEPTED}
        onChange={(event) => {
          const [file] = event.target.files ?? []
          if (file) send(file)
          // the same file again is a choice, too
          event.target.value = ''
        }}
      />
    </>
  )
}
