import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons'
import { App, Button, Form, Input, Switch } from 'antd'
import { createTuneBody, updateTuneBody } from '../../../gateway/prompts/schema.ts'
import type { PromptRecordingView, TuneView } from '../../../gateway/prompts/schema.ts'
import { address, api } from '../api/client.ts'
import { useT } from '../i18n/index.ts'
import { RecordDrawer } from '../records/RecordDrawer.tsx'
import { RemoveButton } from '../records/RemoveButton.tsx'
import { useItems } from '../records/useItems.ts'
import { useRecordForm } from '../records/useRecordForm.ts'
import { TUNES } from './tunes-path.ts'
import { RECORDINGS } from './upload-recording.ts'
import { UploadButton } from './UploadButton.tsx'

interface Values {
  name: string
  pieces: string[]
  isDefault: boolean
}
interface Props {
  tune?: TuneView | undefined
  kind: TuneView['kind']
  onClose(): void
}

const touches = [TUNES, RECORDINGS]

export function TuneDrawer({ tune, kind, onClose }: Props) {
  const t = useT('prompts')
  const { message } = App.useApp()
  const edit = useRecordForm<TuneView, Values>({
    record: tune,
    toValues: (stored) => ({
      name: stored?.name ?? '',
      pieces: stored?.pieces ?? [],
      isDefault: stored?.isDefault ?? false,
    }),
    toBody: (values, stored) => ({
      ...values,
      ...(stored ? { version: stored.version } : { kind }),
    }),
    schema: tune ? updateTuneBody : createTuneBody,
    send: (body) =>
      tune ? api.patch<TuneView>(`${TUNES}/${tune.id}`, body) : api.post<TuneView>(TUNES, body),
    reload: async (stale) =>
      (await api.get<{ items: TuneView[] }>(TUNES)).items.find(({ id }) => id === stale.id) ??
      stale,
    touches,
    onSaved: () => {
      void message.success(t('tunes.saved'))
      onClose()
    },
  })
  return (
    <RecordDrawer
      title={tune?.name ?? t(`tunes.add.${kind}`)}
      edit={edit}
      label={(field) => t(`tunes.${field}`)}
      onClose={onClose}
      aside={
        tune && (
          <RemoveButton
            path={`${TUNES}/${tune.id}`}
            title={t('tunes.removeTitle', { name: tune.name })}
            text={t('tunes.removeText')}
            touches={touches}
            onRemoved={onClose}
          />
        )
      }
    >
      <Form.Item name="name" label={t('tunes.name')} required>
        <Input maxLength={64} />
      </Form.Item>
      <Form.Item name="pieces" label={t('tunes.pieces')} required extra={t('tunes.piecesHint')}>
        <Pieces />
      </Form.Item>
      {kind === 'hold' && (
        <Form.Item
          name="isDefault"
          label={t('tunes.isDefault')}
          valuePropName="checked"
          extra={t('tunes.defaultHint')}
        >
          <Switch />
        </Form.Item>
      )}
    </RecordDrawer>
  )
}

/** Recordings in the order they are played. */
function Pieces({ value = [], onChange }: { value?: string[]; onChange?(pieces: string[]): void }) {
  const t = useT('prompts')
  const known = useItems<PromptRecordingView>(RECORDINGS)
  const nameOf = (id: string) => known.data?.find(({ mediaId }) => mediaId === id)?.name ?? id
  const move = (from: number, to: number) => {
    const next = [...value]
    next.splice(to, 0, ...next.splice(from, 1))
    onChange?.(next)
  }
  return (
    <div className="pieces">
      <ol>
        {value.map((id, at) => (
          <li key={`${id} ${at}`}>
            <span className="piece-name">{nameOf(id)}</span>
            <audio
              controls
              preload="none"
              src={address(`${RECORDINGS}/${id}/audio`)}
              aria-label={nameOf(id)}
            />
            <span>
              <Button
                type="text"
                size="small"
                icon={<ArrowUpOutlined aria-hidden />}
                aria-label={t('tunes.up')}
                disabled={at === 0}
                onClick={() => move(at, at - 1)}
              />
              <Button
                type="text"
                size="small"
                icon={<ArrowDownOutlined aria-hidden />}
                aria-label={t('tunes.down')}
                disabled={at === value.length - 1}
                onClick={() => move(at, at + 1)}
              />
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined aria-hidden />}
                aria-label={t('tunes.take')}
                onClick={() => onChange?.(value.filter((_, other) => other !== at))}
              />
            </span>
          </li>
        ))}
      </ol>
      <UploadButton
        label={t('tunes.upload')}
        onUploaded={({ mediaId }) => {
          onChange?.([...value, mediaId])
          void known.refetch()
        }}
      />
    </div>
  )
}
