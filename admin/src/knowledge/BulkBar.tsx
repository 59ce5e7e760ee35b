import { App, Button, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { api } from '../api/client.ts'
import { ErrorNotice } from '../api/ErrorNotice.tsx'
import { useT } from '../i18n/index.ts'
import { useAction } from '../records/useAction.ts'
import { TOUCHED } from './touched.ts'
import { useCategories } from './useCategories.ts'

type Task = 'approve' | 'withdraw' | 'category' | 'validity' | 'remove'
const tasks: Task[] = ['approve', 'withdraw', 'category', 'validity', 'remove']

interface Props {
  ids: string[]
  removed: boolean
  onDone(): void
}

/** One change to all marked entries. */
export function BulkBar({ ids, removed, onDone }: Props) {
  const t = useT('knowledge')
  const [task, begin] = useState<Task>()
  return (
    <div className="bar bulk" role="toolbar" aria-label={t('bulk.name')}>
      <b>{t('bulk.marked', { count: ids.length })}</b>
      {!removed &&
        tasks.map((each) => (
          <Button key={each} size="small" danger={each === 'remove'} onClick={() => begin(each)}>
            {t(`bulk.${each}`)}
          </Button>
        ))}
      <Button size="small" type="text" onClick={onDone}>
        {t('bulk.unmark')}
      </Button>
      {task && (
        <BulkModal
          task={task}
          ids={ids}
          onClose={(done) => {
            begin(undefined)
            if (done) onDone()
          }}
        />
      )}
    </div>
  )
}

function BulkModal(props: { task: Task; ids: string[]; onClose(done: boolean): void }) {
  const { task, ids, onClose } = props
  const t = useT('knowledge')
  const { message } = App.useApp()
  const categories = useCategories()
  const [note, setNote] = useState('')
  const [category, setCategory] = useState<string>()
  const [from, setFrom] = useState('')
  const [until, setUntil] = useState('')
  const bodies: Record<Task, object> = {
    approve: { note },
    withdraw: { note },
    remove: {},
    category: { category },
    validity: { validFrom: from || null, validUntil: until || null },
  }
  const change = useAction(
    () => api.post<{ changed: number }>('/knowledge/bulk', { do: task, ids, ...bodies[task] }),
    TOUCHED,
  )
  return (
    <Modal
      open
      title={t(`bulk.${task}Title`, { count: ids.length })}
      okText={t(`bulk.${task}`)}
      okButtonProps={{
        danger: task === 'remove',
        disabled: task === 'category' && !category,
        loading: change.isPending,
      }}
      onCancel={() => onClose(false)}
      onOk={() =>
        change.mutate(undefined, {
          onSuccess: ({ changed }) => {
            void message.success(t('bulk.done', { count: changed }))
            onClose(true)
          },
        })
      }
    >
      <ErrorNotice error={change.error} />
      {(task === 'approve' || task === 'withdraw') && (
        <label className="stack">
          {t('note')}
          <Input.TextArea
            maxLength={300}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
          {task === 'approve' && <span className="quiet">{t('noteHint')}</span>}
        </label>
      )}
      {task === 'category' && (
        <Select
          aria-label={t('category')}
          style={{ width: '100%' }}
          placeholder={t('category')}
          value={category}
          onChange={setCategory}
          options={categories.options}
        />
      )}
      {task === 'validity' && (
        <div className="pair">
          <label className="stack">
            {t('validFrom')}
            <Input type="date" value={from} onChange={(event) => setFrom(event.target.value)} />
          </label>
          <label className="stack">
            {t('validUntil')}
            <Input type="date" value={until} onChange={(event) => setUntil(event.target.value)} />
          </label>
          <span className="quiet">{t('validHint')}</span>
        </div>
      )}
      {task === 'remove' && <p>{t('removeText')}</p>}
    </Modal>
  )
}
