import { useQuery } from '@tanstack/react-query'
import { App, Button, Form, Input, Modal, Segmented, Select } from 'antd'
import { useState } from 'react'
import type { FlowSummaryView } from '../../../../gateway/flows/schema.ts'
import type { CallTarget, ConversationCard } from '../../../../gateway/desk/protocol.ts'
import { api } from '../../api/client.ts'
import { useT } from '../../i18n/index.ts'
import { ColleagueField } from '../actions/ColleagueField.tsx'
import { QueueField } from '../actions/QueueField.tsx'
import { useDeskActions } from '../actions/useDeskActions.ts'
import { dialNumber, extensionNumber } from './dialNumber.ts'
import { usePhoneActions } from './usePhoneActions.ts'

type Kind = 'agent' | 'extension' | 'number' | 'queue' | 'flow'

interface Values {
  agentId?: string
  number?: string
  queueId?: string
  flowId?: string
  note?: string
}

interface Props {
  card: ConversationCard
  onClose(): void
}

/** Passes a call on: asked first (the caller waits) or at once; to people, telephones, queues and flows. */
export function PassOnDialog({ card, onClose }: Props) {
  const t = useT('desk')
  const { message } = App.useApp()
  const desk = useDeskActions()
  const phone = usePhoneActions()
  const [to, setTo] = useState<Kind>('agent')
  const [form] = Form.useForm<Values>()
  const flows = useQuery({
    queryKey: ['flows'],
    queryFn: () => api.get<{ items: FlowSummaryView[] }>('/flows'),
    enabled: to === 'flow',
  })
  const busy = desk.busy || phone.busy
  const mayConsult = to === 'agent' || to === 'extension' || to === 'number'

  function target({ agentId, number = '' }: Values): CallTarget | undefined {
    if (to === 'agent') return agentId ? { kind: 'agent', agentId } : undefined
    const dialled = to === 'extension' ? extensionNumber(number) : dialNumber(number)
    return dialled && (to === 'extension' || to === 'number')
      ? { kind: to, number: dialled }
      : undefined
  }

  async function consult() {
    const aim = target(await form.validateFields())
    if (aim && (await phone.consult(card.id, aim))) onClose()
  }

  async function blind(values: Values) {
    const { agentId, queueId, flowId, note = '' } = values
    const aim = target(values)
    const done =
      to === 'queue'
        ? queueId && (await desk.transfer(card, { toQueueId: queueId }, note))
        : to === 'agent'
          ? // an offer like any other: the colleague sees the note before answering
            agentId && (await desk.transfer(card, { toAgentId: agentId }, note))
          : to === 'flow'
            ? flowId && (await phone.passOn(card.id, { kind: 'flow', flowId }))
            : aim && (await phone.passOn(card.id, aim))
    if (!done) return
    void message.success(t('phone.passOn.done'))
    onClose()
  }

  return (
    <Modal
      open
      title={t('phone.passOn.title')}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          {mayConsult && (
            <Button loading={busy} onClick={() => void consult().catch(() => undefined)}>
              {t('phone.passOn.consult')}
            </Button>
          )}
          <Button type="primary" loading={busy} onClick={() => form.submit()}>
            {t('phone.passOn.blind')}
          </Button>
        </>
      }
    >
      <Form form={form} layout="vertical" requiredMark={false} onFinish={blind} preserve={false}>
        <Segmented
          block
          value={to}
          aria-label={t('phone.passOn.to')}
          onChange={setTo}
          className="transfer-to"
          options={(['agent', 'extension', 'number', 'queue', 'flow'] as const).map((kind) => ({
            value: kind,
            label: t(`phone.passOn.${kind}`),
          }))}
        />
        {to === 'agent' && (
          <ColleagueField
            name="agentId"
            label={t('phone.passOn.agent')}
            busyWith={({ onCall, load, capacity }) =>
              onCall ? t('phone.passOn.onCall') : `${load}/${capacity}`
            }
          />
        )}
        {(to === 'extension' || to === 'number') && (
          <Form.Item
            key={to}
            name="number"
            label={t(`phone.passOn.${to}`)}
            rules={[
              {
                validator: (_rule, written: string = '') =>
                  (to === 'extension' ? extensionNumber(written) : dialNumber(written))
                    ? Promise.resolve()
                    : Promise.reject(
                        new Error(
                          t(to === 'extension' ? 'phone.device.badExtension' : 'phone.dial.bad'),
                        ),
                      ),
              },
            ]}
          >
            <Input autoFocus type="tel" autoComplete="off" />
          </Form.Item>
        )}
        {to === 'queue' && <QueueField name="queueId" label={t('phone.passOn.queue')} />}
        {to === 'flow' && (
          <Form.Item
            name="flowId"
            label={t('phone.passOn.flow')}
            extra={t('phone.passOn.flowHint')}
            rules={[{ required: true, message: t('phone.passOn.flowPick') }]}
          >
            <Select
              autoFocus
              loading={flows.isPending}
              placeholder={t('phone.passOn.flowPick')}
              options={flows.data?.items
                .filter(({ kind, liveVersion }) => kind === 'main' && liveVersion)
                .map((flow) => ({ value: flow.id, label: flow.name || flow.id }))}
            />
          </Form.Item>
        )}
        {(to === 'agent' || to === 'queue') && (
          <Form.Item name="note" label={t('transfer.note')}>
            <Input.TextArea rows={2} maxLength={500} placeholder={t('transfer.notePlaceholder')} />
          </Form.Item>
        )}
      </Form>
      {mayConsult && <p className="quiet">{t('phone.passOn.consultHint')}</p>}
    </Modal>
  )
}
