import { App, Alert, Form, Input, Radio, Select, Tabs } from 'antd'
import { createKnowledgeBody, updateKnowledgeBody } from '../../../gateway/knowledge/schema.ts'
import type { KnowledgeView } from '../../../gateway/knowledge/schema.ts'
import { api } from '../api/client.ts'
import { useT } from '../i18n/index.ts'
import { changesOf } from '../records/rebase.ts'
import { RecordDrawer } from '../records/RecordDrawer.tsx'
import { RemoveButton } from '../records/RemoveButton.tsx'
import { TagsInput } from '../records/TagsInput.tsx'
import { useLabels } from '../records/useLabels.ts'
import { useRecordForm } from '../records/useRecordForm.ts'
import { Alike } from './Alike.tsx'
import type { Editing } from './editing.ts'
import { draftOf, halfLanguages, sides, standingOf, tidyEntry } from './entry.ts'
import type { Decision, EntryDraft, EntryForm } from './entry.ts'
import { EntrySide } from './EntrySide.tsx'
import { History } from './History.tsx'
import { Standing } from './Standing.tsx'
import { TOUCHED } from './touched.ts'
import { useCategories } from './useCategories.ts'

const decided = (decision: Decision, note: string) => ({
  ...(decision !== 'keep' && { approved: decision === 'approve' }),
  ...(note.trim() && { note: note.trim() }),
})

/** A date taken out is said as null; left out, it would stay. */
const withoutDates = (changes: Partial<EntryDraft>) => ({
  ...changes,
  ...('validFrom' in changes && { validFrom: changes.validFrom ?? null }),
  ...('validUntil' in changes && { validUntil: changes.validUntil ?? null }),
})

/** An entry in two languages side by side, with its approval and its history. */
export function EntryDrawer({ editing, onClose }: { editing: Editing; onClose(): void }) {
  const t = useT('knowledge')
  const labels = useLabels()
  const { message } = App.useApp()
  const categories = useCategories()
  const entry = 'entry' in editing ? editing.entry : undefined
  const draft = 'draft' in editing ? editing.draft : draftOf(editing.entry)
  const edit = useRecordForm<KnowledgeView, EntryForm>({
    record: entry,
    toValues: (stored) => ({ ...(stored ? draftOf(stored) : draft), decision: 'keep', note: '' }),
    schema: entry ? updateKnowledgeBody : createKnowledgeBody,
    toBody: ({ decision, note, ...values }, stored) =>
      stored
        ? {
            ...withoutDates(changesOf(tidyEntry(draftOf(stored)), tidyEntry(values))),
            ...decided(decision, note),
            version: stored.version,
          }
        : { approved: false, ...tidyEntry(values), ...decided(decision, note) },
    send: (body) =>
      entry
        ? api.patch<KnowledgeView>(`/knowledge/${entry.id}`, body)
        : api.post<KnowledgeView>('/knowledge', body),
    reload: async (stale) =>
      (await api.get<{ items: KnowledgeView[] }>('/knowledge')).items.find(
        ({ id }) => id === stale.id,
      ) ?? stale,
    touches: TOUCHED,
    onSaved: (saved) => {
      void message.success(t(`savedAs.${standingOf(saved)}`))
      onClose()
    },
  })
  const question = (Form.useWatch('question', edit.form) ?? {}) as EntryDraft['question']
  const answer = (Form.useWatch('answer', edit.form) ?? {}) as EntryDraft['answer']
  const decision = Form.useWatch('decision', edit.form) as Decision | undefined
  const decisions: Decision[] = entry?.approved || entry?.live ? ['keep', 'approve', 'withdraw'] : ['keep', 'approve'] // prettier-ignore
  const form = (
    <>
      <div className="notices">
        {entry && <Standing entry={entry} />}
        {halfLanguages({ question, answer }).map((side) => (
          <Alert
            key={side}
            type="warning"
            showIcon
            title={t('half', { lang: labels.lang(side) })}
          />
        ))}
        <Alike question={question} not={entry?.id} />
      </div>
      <div className="sides">
        {sides.map((side) => (
          <EntrySide key={side} side={side} />
        ))}
      </div>
      <div className="pair part">
        <Form.Item name="category" label={t('category')}>
          <Select allowClear showSearch optionFilterProp="label" options={categories.options} />
        </Form.Item>
        <Form.Item name="keywords" label={t('keywords')} extra={t('keywordsHint')}>
          <TagsInput />
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
      </div>
      <div className="part">
        <Form.Item name="decision" label={t('decision')} extra={t('approvedHint')}>
          <Radio.Group
            vertical
            options={decisions.map((value) => ({
              value,
              label: t(
                `decisions.${value}${value === 'keep' && entry?.approved ? 'Approved' : ''}`,
              ),
            }))}
          />
        </Form.Item>
        {decision !== 'keep' && (
          <Form.Item name="note" label={t('note')} extra={t('noteHint')}>
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 4 }} maxLength={300} />
          </Form.Item>
        )}
      </div>
    </>
  )
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
            touches={TOUCHED}
            onRemoved={onClose}
          />
        )
      }
    >
      {entry ? (
        <Tabs
          items={[
            { key: 'entry', label: t('entry'), children: form, forceRender: true },
            {
              key: 'history',
              label: t('history.title'),
              children: <History id={entry.id} onUndone={onClose} />,
            },
          ]}
        />
      ) : (
        form
      )}
    </RecordDrawer>
  )
}
