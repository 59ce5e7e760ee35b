import { Alert, App, Form, Input } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import { createSourceBody, updateSourceBody } from '../../../../gateway/sources/schema.ts'
import type {
  SourceDetail,
  SourceKind,
  SourceView,
  TrySourceView,
} from '../../../../gateway/sources/schema.ts'
import { api } from '../../api/client.ts'
import { useName, useT } from '../../i18n/index.ts'
import { NameFields } from '../../records/NameFields.tsx'
import { RecordDrawer } from '../../records/RecordDrawer.tsx'
import { RemoveButton } from '../../records/RemoveButton.tsx'
import { SecretInput } from '../../records/SecretInput.tsx'
import { useRecordForm } from '../../records/useRecordForm.ts'
import { KeyField } from '../KeyField.tsx'
import { DatabaseFields } from './DatabaseFields.tsx'
import { HttpFields } from './HttpFields.tsx'
import { KeepFields } from './KeepFields.tsx'
import { MappingFields } from './MappingFields.tsx'
import { ParameterList } from './ParameterList.tsx'
import { definitionOf, secretWord, sourceValues } from './sourceForm.ts'
import type { SourceValues } from './sourceForm.ts'
import { SourceState } from './SourceState.tsx'
import { TableInput } from './TableInput.tsx'
import { TryPanel } from './TryPanel.tsx'

interface Props {
  kind: SourceKind
  /** of one that is there: stored, or bundled and to be replaced */
  detail?: SourceDetail
  view?: SourceView
  onClose(): void
}

const path = '/sources'

export function SourceForm({ kind, detail, view, onClose }: Props) {
  const t = useT('settings/sources')
  const say = useName()
  const { message } = App.useApp()
  const [tried, setTried] = useState<TrySourceView>()
  const stored = detail?.origin === 'stored' ? detail : undefined
  const edit = useRecordForm<SourceDetail, SourceValues>({
    record: stored,
    toValues: (record) => sourceValues(kind, record ?? detail),
    toBody: (values, record) => ({
      ...definitionOf(kind, { ...values, seen: tried?.seen ?? values.seen }),
      ...(record ? { version: record.version } : { id: values.id }),
      ...(values.secret !== '' && { secret: values.secret }),
    }),
    schema: (stored ? updateSourceBody : createSourceBody) as z.ZodType,
    send: (body, record) =>
      record ? api.put<SourceDetail>(`${path}/${record.id}`, body) : api.post(path, body),
    reload: (stale) => api.get<SourceDetail>(`${path}/${stale.id}`),
    touches: [path],
    onSaved: () => {
      void message.success(t('saved'))
      onClose()
    },
  })
  const settings = (Form.useWatch('settings', { form: edit.form, preserve: true }) ??
    edit.initial.settings) as Record<string, unknown>
  const secret = secretWord(kind, settings)
  return (
    <RecordDrawer
      title={detail ? say(detail.name) || detail.id : t('newKind', { kind: t(`kinds.${kind}`) })}
      size={820}
      edit={edit}
      label={(field) => t(`field.${field}`, { defaultValue: field })}
      onClose={onClose}
      aside={
        stored && (
          <RemoveButton
            path={`${path}/${stored.id}`}
            title={t('removeTitle', { name: say(stored.name) || stored.id })}
            text={t(stored.replaces ? 'removeReplaced' : 'removeText')}
            touches={[path]}
            onRemoved={onClose}
          />
        )
      }
    >
      {detail?.origin === 'bundled' && (
        <Alert type="info" showIcon title={t('bundledHint')} style={{ marginBottom: 16 }} />
      )}
      <NameFields maxLength={100} />
      <KeyField fixed={detail !== undefined} />
      <Form.Item name="note" label={t('field.note')} extra={t('noteHint')}>
        <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={1000} />
      </Form.Item>
      {kind === 'http' && <HttpFields />}
      {(kind === 'postgres' || kind === 'mysql' || kind === 'mongodb') && (
        <DatabaseFields kind={kind} own={detail?.id} />
      )}
      {secret && (
        <Form.Item name="secret" label={t(secret)} extra={t('secretHint')}>
          <SecretInput
            label={t(secret)}
            isSet={stored?.hasSecret ?? false}
            optional
            maxLength={4000}
          />
        </Form.Item>
      )}
      {kind === 'table' && (
        <Form.Item name="settings" label={t('table.title')} extra={t('table.hint')}>
          <TableInput />
        </Form.Item>
      )}
      <ParameterList />
      <TryPanel kind={kind} id={stored?.id} onAnswer={setTried} />
      <MappingFields found={tried?.rawSeen?.fields ?? []} />
      {kind !== 'table' && <KeepFields />}
      {view && <SourceState source={view} />}
    </RecordDrawer>
  )
}
