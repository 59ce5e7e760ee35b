import { App, Alert, AutoComplete, Form, Input, Switch } from 'antd'
import { createKnowledgeBody, updateKnowledgeBody } from '../../../gateway/knowledge/schema.ts'
import type { KnowledgeView } from '../../../gateway/knowledge/schema.ts'
import { api } from '../api/client.ts'
import { useT } from '../i18n/index.ts'
import { RecordDrawer } from '../records/RecordDrawer.tsx'
import { RemoveButton } from '../records/RemoveButton.tsx'
import { changesOf } from '../records/rebase.ts'
import { useItems } from '../records/useItems.ts'
import { useLabels } from '../records/useLabels.ts'
import { useRecordForm } from '../records/useRecordForm.ts'
import { categoriesOf, halfLanguages, sides, tidyEntry } from './entry.ts'
import type { EntryDraft } from './entry.ts'
import { EntrySide } from './EntrySide.tsx'
import type { Editing } from './editing.ts'

const entryOf = (entry: KnowledgeView): EntryDraft => {
  const { id: _id, version: _version, live: _live, approval: _approval, ...rest } = entry
  const { changedBy: _changedBy, updatedAtMs: _updatedAtMs, ...draft } = rest
  return draft
}

/** An entry in two languages side by side. */
export function EntryDrawer({ editing, onClose }: { editing: Editing; onClose(): void }) {
  const t = useT('knowledge')
  const labels = useLabels()
  const { message } = App.useApp()
  const entry = 'entry' in editing ? editing.entry : undefined
  const draft = 'draft' in editing ? editing.draft : entryOf(editing.entry)
  const { data: all } = useItems<KnowledgeView>('/knowledge')
  const edit = useRecordForm<KnowledgeView, EntryDraft>({
    record: entry,
    toValues: (stored) => (stored ? entryOf(stored) : draft),
    schema: entry ? updateKnowledgeBody : createKnowledgeBody,
    toBody: (values, stored) =>
      stored
        ? { ...changesOf(tidyEntry(entryOf(stored)), tidyEntry(values)), version: stored.version }
        : tidyEntry(values),
    send: (body) =>
      entry
        ? api.patch<KnowledgeView>(`/knowledge/${entry.id}`, body)
        : api.post<KnowledgeView>('/knowledge', body),
    reload: async (stale) =>
      (await api.get<{ items: KnowledgeView[] }>('/knowledge')).items.find(
        ({ id }) => id === stale.id,
      ) ?? stale,
    touches: ['/knowledge', '/knowledge/misses', '/knowledge/search'],
    onSaved: () => {
      void message.success(t('saved'))
      onClose()
    },
  })
  const question = (Form.useWatch('question', edit.form) ?? {}) as EntryDraft['question']
  const answer = (Form.useWatch('answer', edit.form) ?? {}) as EntryDraft['answer']
  return (
    <RecordDrawer
      title={t(entry ? 'edit' : 'create')}
      size={960}
      edit={edit}
      label={(field) => t(field)}
      onClose={onClose}
      aside={
        entry && (
          <RemoveButton
            path={`/knowledge/${entry.id}`}
            title={t('removeTitle')}
            text={t('removeText')}
            touches={['/knowledge', '/knowledge/search']}
            onRemoved={onClose}
          />
        )
      }
    >
      <div className="notices">
        {halfLanguages({ question, answer }).map((side) => (
          <Alert
            key={side}
            type="warning"
            showIcon
            title={t('half', { lang: labels.lang(side) })}
          />
        ))}
      </div>
      <div className="sides">
        {sides.map((side) => (
          <EntrySide key={side} side={side} />
        ))}
      </div>
      <div className="pair part">
        <Form.Item name="category" label={t('category')} required>
          <AutoComplete
            options={categoriesOf(all ?? []).map(([value]) => ({ value }))}
            showSearch={{ filterOption: true }}
          />
        </Form.Item>
        <Form.Item name="source" label={t('source')} extra={t('sourceHint')}>
          <Input maxLength={300} />
        </Form.Item>
        <Form.Item name="validFrom" label={t('validFrom')} extra={t('validHint')}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="validUntil" label={t('validUntil')}>
          <Input type="date" />
        </Form.Item>
        <Form.Item
          name="approved"
          label={t('approved')}
          valuePropName="checked"
          extra={t('approvedHint')}
        >
          <Switch />
        </Form.Item>
      </div>
    </RecordDrawer>
  )
}
