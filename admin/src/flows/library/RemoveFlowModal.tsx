import { Alert, App, Modal } from 'antd'
import type { FlowSummaryView, FlowUseView } from '../../../../gateway/flows/schema.ts'
import { api } from '../../api/client.ts'
import { ErrorNotice } from '../../api/ErrorNotice.tsx'
import { useT } from '../../i18n/index.ts'
import { useAction } from '../../records/useAction.ts'
import { useItems } from '../../records/useItems.ts'
import { useUseWords } from './useUseWords.ts'

/** Deletes a flow, or says who still uses it. */
export function RemoveFlowModal({ flow, onClose }: { flow: FlowSummaryView; onClose(): void }) {
  const t = useT('flows/library')
  const wordsOf = useUseWords()
  const { message } = App.useApp()
  const uses = useItems<FlowUseView>(`/flows/${flow.id}/uses`)
  const remove = useAction(
    () => api.delete(`/flows/${flow.id}`),
    ['/flows', `/flows/${flow.id}/uses`],
  )
  const isUsed = (uses.data?.length ?? 0) > 0
  return (
    <Modal
      open
      title={t('removing.title', { name: flow.name })}
      okText={t('removing.ok')}
      okButtonProps={{ danger: true, disabled: !uses.data || isUsed, loading: remove.isPending }}
      onCancel={onClose}
      onOk={() =>
        remove.mutate(undefined, {
          onSuccess: () => {
            void message.success(t('removing.done', { name: flow.name }))
            onClose()
          },
          onError: () => void uses.refetch(),
        })
      }
    >
      <ErrorNotice error={uses.error ?? remove.error} />
      {!uses.data && !uses.error && <p>{t('removing.checking')}</p>}
      {isUsed ? (
        <Alert
          type="warning"
          showIcon
          title={t('removing.inUse')}
          description={
            <>
              <ul>
                {uses.data!.map((use) => (
                  <li key={`${use.kind} ${use.id}`}>{wordsOf(use)}</li>
                ))}
              </ul>
              {t('removing.inUseText')}
            </>
          }
        />
      ) : (
        uses.data && <p>{t('removing.text')}</p>
      )}
    </Modal>
  )
}
