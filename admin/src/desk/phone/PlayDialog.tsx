import { UploadOutlined } from '@ant-design/icons'
import { Button, Input, Modal, Segmented, Select } from 'antd'
import { useRef, useState } from 'react'
import type { ConversationCard } from '../../../../gateway/desk/protocol.ts'
import { upload } from '../../api/upload.ts'
import type { Upload } from '../../api/upload.ts'
import { useErrorToast } from '../../api/useErrorToast.ts'
import { useT } from '../../i18n/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { clock } from '../duration.ts'
import { useDeskState } from '../useDesk.ts'
import { recordingsIn } from './recordingsIn.ts'
import { usePhoneActions } from './usePhoneActions.ts'

type Kind = 'text' | 'file' | 'recording'

interface Props {
  card: ConversationCard
  onClose(): void
}

/** Plays something to everybody in the call: words read out, a file, or what was said before. */
export function PlayDialog({ card, onClose }: Props) {
  const t = useT('desk')
  const format = useFormat()
  const showError = useErrorToast()
  const { playTo, busy } = usePhoneActions()
  const thread = useDeskState((state) => state.threads[card.id])
  const [kind, setKind] = useState<Kind>('text')
  const [text, setText] = useState('')
  const [file, setFile] = useState<Upload>()
  const [sending, setSending] = useState(false)
  const [recordingId, setRecordingId] = useState<string>()
  const picker = useRef<HTMLInputElement>(null)
  const recordings = recordingsIn(thread?.messages ?? [])

  const choose = (picked: File | undefined) => {
    if (!picked) return
    setSending(true)
    upload(picked)
      .then(setFile)
      .catch(showError)
      .finally(() => setSending(false))
  }
  const source =
    kind === 'text'
      ? text.trim() && { kind, text: text.trim() }
      : kind === 'file'
        ? file && { kind, blobId: file.blobId }
        : recordingId && { kind, recordingId }
  const go = async () => {
    if (source && (await playTo(card.id, source))) onClose()
  }
  return (
    <Modal
      open
      title={t('phone.playTo.title')}
      okText={t('phone.playTo.go')}
      okButtonProps={{ disabled: !source }}
      cancelText={t('cancel')}
      confirmLoading={busy}
      onOk={() => void go()}
      onCancel={onClose}
    >
      <Segmented
        block
        value={kind}
        onChange={setKind}
        className="transfer-to"
        options={(['text', 'file', 'recording'] as const).map((one) => ({
          value: one,
          label: t(`phone.playTo.${one}`),
        }))}
      />
      {kind === 'text' && (
        <Input.TextArea
          autoFocus
          rows={3}
          maxLength={500}
          showCount
          aria-label={t('phone.playTo.textLabel')}
          placeholder={t('phone.playTo.textPlaceholder')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      {kind === 'file' && (
        <p>
          <Button
            loading={sending}
            icon={<UploadOutlined aria-hidden />}
            onClick={() => picker.current?.click()}
          >
            {t('phone.playTo.filePick')}
          </Button>{' '}
          <span>{file?.name ?? t('phone.playTo.fileNone')}</span>
          <input
            ref={picker}
            type="file"
            accept="audio/*"
            hidden
            onChange={(event) => {
              choose(event.target.files?.[0])
              event.target.value = ''
            }}
          />
        </p>
      )}
      {kind === 'recording' &&
        (recordings.length === 0 ? (
          <p className="quiet">{t('phone.playTo.recordingNone')}</p>
        ) : (
          <Select
            className="play-recording"
            aria-label={t('phone.playTo.recording')}
            value={recordingId}
            onChange={setRecordingId}
            placeholder={t('phone.playTo.recording')}
            options={recordings.map((one) => ({
              value: one.recordingId,
              label: t('phone.playTo.recordingAt', {
                time: format.short(one.atMs),
                duration: clock(one.durationMs),
              }),
            }))}
          />
        ))}
    </Modal>
  )
}
