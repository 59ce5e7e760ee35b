import { App, Form, Input, Modal, Radio } from 'antd'
import { useEffect, useRef } from 'react'
import type { FlowSummaryView } from '../../../../gateway/flows/schema.ts'
import { api, ApiError } from '../../api/client.ts'
import { ErrorNotice } from '../../api/ErrorNotice.tsx'
import { useT } from '../../i18n/index.ts'
import { useAction } from '../../records/useAction.ts'
import { navigate } from '../../router.tsx'
import { proposeId } from './proposeId.ts'

interface Values {
  name: string
  id: string
  kind: 'main' | 'sub'
}

interface Props {
  /** absent: from a minimal start */
  copyOf?: FlowSummaryView | undefined
  onClose(): void
}

/** A flow from a minimal start, or a copy of another one. */
export function NewFlowModal({ copyOf, onClose }: Props) {
  const t = useT('flows/library')
  const { message } = App.useApp()
  const [form] = Form.useForm<Values>()
  const name = Form.useWatch('name', form)
  const proposed = useRef('')
  useEffect(() => {
    let isOld = false
    void proposeId(name ?? '').then((id) => {
      if (isOld || (form.getFieldValue('id') ?? '') !== proposed.current) return
      proposed.current = id
      form.setFieldValue('id', id)
    })
    return () => void (isOld = true)
  }, [name, form])
  const create = useAction(
    (values: Values) =>
      api.post<FlowSummaryView>('/flows', {
        ...values,
        ...(copyOf && { kind: copyOf.kind, copyOf: { id: copyOf.id } }),
      }),
    ['/flows'],
  )
  const isTaken = create.error instanceof ApiError && create.error.code === 'DUPLICATE'
  const go = (values: Values) =>
    create.mutate(values, {
      onSuccess: (made) => {
        void message.success(t('new.made', { name: made.name }))
        onClose()
        navigate(`/flows/${made.id}`)
      },
    })
  return (
    <Modal
      open
      title={copyOf ? t('new.copyTitle', { name: copyOf.name }) : t('new.title')}
      okText={t(copyOf ? 'new.copyOk' : 'new.ok')}
      okButtonProps={{ loading: create.isPending }}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <p className="quiet">{t(copyOf ? 'new.copies' : 'new.begins')}</p>
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={{ kind: 'main' }}
        onFinish={go}
        requiredMark={false}
      >
        <Form.Item name="name" label={t('new.name')} rules={[{ required: true, whitespace: true }]}>
          <Input maxLength={200} autoFocus placeholder={t('new.namePlaceholder')} />
        </Form.Item>
        <Form.Item
          name="id"
          label={t('new.id')}
          extra={t('new.idHint')}
          {...(isTaken && { validateStatus: 'error' as const, help: t('new.idTaken') })}
          rules={[{ required: true, pattern: /^[A-Za-z0-9][\w-]*$/, message: t('new.idWrong') }]}
        >
          <Input maxLength={64} spellCheck={false} onChange={() => create.reset()} />
        </Form.Item>
        {!copyOf && (
          <Form.Item name="kind" label={t('new.kind')}>
            <Radio.Group
              options={(['main', 'sub'] as const).map((value) => ({
                value,
                label: t(`new.${value}`),
              }))}
            />
          </Form.Item>
        )}
      </Form>
      {!isTaken && <ErrorNotice error={create.error} />}
    </Modal>
  )
}
