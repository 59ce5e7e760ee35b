import { Alert, App, Input, Modal } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import type { flowVersionView } from '../../../gateway/flows/schema.ts'
import { api, ApiError } from '../api/client.ts'
import { ErrorNotice } from '../api/ErrorNotice.tsx'
import { useLang, useT } from '../i18n/index.ts'
import { useAction } from '../records/useAction.ts'
import { ProblemLine } from './ProblemLine.tsx'
import { problemsIn } from './problemsIn.ts'
import type { Draft } from './useDraft.ts'

interface Props {
  flowId: string
  draft: Draft
  onClose(): void
  onProblem(block: string): void
}

/** Publishes the draft with a word why; when it is refused, the reasons are listed here. */
export function PublishModal({ flowId, draft, onClose, onProblem }: Props) {
  const t = useT('flows')
  const lang = useLang()
  const { message } = App.useApp()
  const [note, setNote] = useState('')
  const publish = useAction(
    () =>
      api.post<z.infer<typeof flowVersionView>>(`/flows/${flowId}/publish`, { note: note.trim() }),
    ['/flows'],
  )
  const go = async () => {
    if (!(await draft.save())) {
      // the reasons stand on the page behind
      onClose()
      return
    }
    publish.mutate(undefined, {
      onSuccess: ({ version }) => {
        void message.success(t('published', { version }))
        onClose()
      },
    })
  }
  const problems = problemsIn(publish.error)
  return (
    <Modal
      open
      title={t('publishTitle')}
      okText={t(draft.dirty ? 'saveAndPublish' : 'publish')}
      okButtonProps={{ loading: publish.isPending || draft.saving }}
      onOk={() => void go()}
      onCancel={onClose}
    >
      <p>{t('publishText')}</p>
      <label>
        {t('publishNote')}
        <Input.TextArea
          value={note}
          maxLength={300}
          autoSize={{ minRows: 2 }}
          placeholder={t('publishNoteHint')}
          onChange={(event) => setNote(event.target.value)}
        />
      </label>
      <div className="part">
        {problems.length > 0 && publish.error instanceof ApiError ? (
          <Alert type="error" showIcon role="alert" title={publish.error.sentence(lang)} />
        ) : (
          <ErrorNotice error={publish.error} />
        )}
        <ul className="problems part">
          {problems.map((problem, at) => (
            <ProblemLine key={at} problem={problem} onGo={onProblem} />
          ))}
        </ul>
      </div>
    </Modal>
  )
}
