import { App, Button, Modal } from 'antd'
import type { RemovedFlowView } from '../../../../gateway/flows/schema.ts'
import { api } from '../../api/client.ts'
import { useErrorToast } from '../../api/useErrorToast.ts'
import { useT } from '../../i18n/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { Load } from '../../records/Load.tsx'
import { useAction } from '../../records/useAction.ts'
import { useItems } from '../../records/useItems.ts'

/** Flows that were deleted within the last 30 days. */
export function RemovedModal({ onClose }: { onClose(): void }) {
  const t = useT('flows/library')
  const { dateTime } = useFormat()
  const { message } = App.useApp()
  const showError = useErrorToast()
  const removed = useItems<RemovedFlowView>('/flows/-/removed')
  const restore = useAction(
    (id: string) => api.post(`/flows/${id}/restore`),
    ['/flows', '/flows/-/removed'],
  )
  const back = ({ id, name }: RemovedFlowView) =>
    restore.mutate(id, {
      onSuccess: () => void message.success(t('removed.done', { name })),
      onError: showError,
    })
  return (
    <Modal open title={t('removed.title')} footer={null} onCancel={onClose}>
      <Load of={removed}>
        {(items) =>
          items.length === 0 ? (
            <p className="quiet">{t('removed.empty')}</p>
          ) : (
            <ul className="removed-flows">
              {items.map((flow) => (
                <li key={flow.id}>
                  <div>
                    <b>{flow.name}</b> <span className="quiet">{flow.id}</span>
                    <div className="quiet">
                      {t('removed.by', { by: flow.deletedBy })} ·{' '}
                      {t('removed.until', { until: dateTime(flow.untilMs) })}
                    </div>
                  </div>
                  <Button
                    loading={restore.isPending && restore.variables === flow.id}
                    onClick={() => back(flow)}
                  >
                    {t('removed.restore')}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Load>
    </Modal>
  )
}
