import { Alert, App, Button, Input, Modal, Spin } from 'antd'
import { useEffect, useState } from 'react'
import type { z } from 'zod'
import type { FlowSummaryView, flowVersionView } from '../../../gateway/flows/schema.ts'
import { api } from '../api/client.ts'
import { ErrorNotice } from '../api/ErrorNotice.tsx'
import { useT } from '../i18n/index.ts'
import { useAction } from '../records/useAction.ts'
import { useItems } from '../records/useItems.ts'
import { ProblemLine } from './ProblemLine.tsx'
import type { Draft } from './useDraft.ts'
import { CallersChanges } from './versions/CallersChanges.tsx'
import { CallersTests } from './versions/CallersTests.tsx'
import { TestResults } from './versions/TestResults.tsx'
import { useCheck } from './versions/useCheck.ts'
import './versions/versions.css'

interface Props {
  flowId: string
  draft: Draft
  onClose(): void
  onProblem(block: string): void
}

/** What stands before publishing: rules, the flow's own tests, what callers will meet; then a word why. */
export function PublishModal({ flowId, draft, onClose, onProblem }: Props) {
  const t = useT('flows')
  const own = useT('flows/versions')
  const { message } = App.useApp()
  const [note, setNote] = useState('')
  const [saved, setSaved] = useState(!draft.dirty)
  const live = useItems<FlowSummaryView>('/flows').data?.find(({ id }) => id === flowId)
  const check = useCheck(flowId, saved)
  const publish = useAction(
    (draftVersion: number) =>
      api.post<z.infer<typeof flowVersionView>>(`/flows/${flowId}/publish`, {
        note: note.trim(),
        draftVersion,
      }),
    ['/flows'],
  )
  // what is published is the draft as stored, so it is stored before anything is said of it
  useEffect(() => {
    if (saved) return
    let isGone = false
    void draft.save().then((isStored) => {
      if (isGone) return
      if (isStored) setSaved(true)
      // the reasons stand on the page behind
      else onClose()
    })
    return () => void (isGone = true)
  }, []) // eslint-disable-line react-hooks/exhaustive-deps -- once, when the dialog opens
  const { data } = check
  const errors = data?.problems.filter(({ severity }) => severity === 'error') ?? []
  const testsStand =
    data &&
    (data.tests.state === 'none' || data.tests.state === 'passed') &&
    data.callers.every(({ state }) => state === 'passed')
  const isReady = data !== undefined && errors.length === 0 && testsStand
  const go = () =>
    publish.mutate(data!.draftVersion, {
      onSuccess: ({ version }) => {
        void message.success(t('published', { version }))
        onClose()
      },
    })
  return (
    <Modal
      open
      width={760}
      title={t('publishTitle')}
      okText={t('publish')}
      okButtonProps={{ loading: publish.isPending, disabled: !isReady }}
      onOk={go}
      onCancel={onClose}
      footer={(buttons) => (
        <div className="publish-foot">
          {data && !isReady && <span className="quiet">{own('check.mendFirst')}</span>}
          <span className="drawer-foot-gap" />
          {check.isFetched && (
            <Button loading={check.isFetching} onClick={() => void check.refetch()}>
              {own('check.again')}
            </Button>
          )}
          {buttons}
        </div>
      )}
    >
      <p>{t('publishText')}</p>
      <ErrorNotice error={check.error} onRetry={() => void check.refetch()} />
      {!data && !check.error && (
        <p role="status">
          <Spin size="small" /> {own('check.running')}
        </p>
      )}
      {data && (
        <>
          <h3>{own('check.problems')}</h3>
          {data.problems.length === 0 && <p>{t('noProblems')}</p>}
          <ul className="problems">
            {data.problems.map((problem, at) => (
              <ProblemLine key={at} problem={problem} onGo={onProblem} />
            ))}
          </ul>
          {data.unpublished.length > 0 && (
            <Alert
              type="warning"
              showIcon
              title={own('check.unpublished', { flows: data.unpublished.join(', ') })}
            />
          )}
          <h3>{own('check.tests')}</h3>
          <TestResults tests={data.tests} />
          <CallersTests callers={data.callers} />
          <h3>{own('check.changes')}</h3>
          <CallersChanges flowId={flowId} live={live?.liveVersion} draft={draft.lastDoc} />
        </>
      )}
      <label className="part">
        {t('publishNote')}
        <Input.TextArea
          value={note}
          maxLength={300}
          autoSize={{ minRows: 2 }}
          placeholder={t('publishNoteHint')}
          onChange={(event) => setNote(event.target.value)}
        />
      </label>
      <ErrorNotice error={publish.error} />
    </Modal>
  )
}
