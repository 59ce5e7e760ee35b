import { Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import type { TemplateView } from '../../../../gateway/accounts/schema.ts'
import { ErrorNotice } from '../../api/ErrorNotice.tsx'
import { useT } from '../../i18n/index.ts'
import { TemplatePreview } from '../../records/TemplatePreview.tsx'
import { useItems } from '../../records/useItems.ts'
import { useDesk } from '../useDesk.ts'
import { filledParams, missingParams } from './templateParams.ts'

interface Props {
  conversationId: string
  accountId: string
  onClose(): void
}

/** Sends a text the provider approved, with its parameters filled in. */
export function TemplateDialog({ conversationId, accountId, onClose }: Props) {
  const t = useT('desk')
  const desk = useDesk()
  const templates = useItems<TemplateView>('/templates', { accountId })
  const [chosenId, choose] = useState<string>()
  const [typed, type] = useState<Record<string, string>>({})
  const [tried, attempt] = useState(false)
  const list = templates.data ?? []
  const chosen = list.find(({ id }) => id === chosenId) ?? (list.length === 1 ? list[0] : undefined)
  const missing = chosen ? missingParams(chosen, typed) : []

  const send = () => {
    attempt(true)
    if (!chosen || missing.length > 0) return
    desk.send(
      conversationId,
      { type: 'template', templateId: chosen.id, params: filledParams(chosen, typed) },
      false,
      chosen.name,
    )
    onClose()
  }

  return (
    <Modal
      open
      title={t('composer.template.title')}
      okText={t('composer.send')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: !chosen }}
      onOk={send}
      onCancel={onClose}
    >
      <ErrorNotice error={templates.error} onRetry={() => void templates.refetch()} />
      <Form layout="vertical" onFinish={send}>
        <Form.Item label={t('composer.template.pick')} htmlFor="template-pick">
          <Select
            id="template-pick"
            autoFocus
            showSearch={{ optionFilterProp: 'label' }}
            loading={templates.isPending}
            placeholder={t('composer.template.pick')}
            notFoundContent={t('composer.template.none')}
            value={chosen?.id ?? null}
            onChange={(id: string | null) => {
              choose(id ?? undefined)
              attempt(false)
            }}
            options={list.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
        {chosen?.params.map(({ key, label }) => (
          <Form.Item
            key={key}
            label={label || key}
            htmlFor={`param-${key}`}
            required
            {...(tried &&
              missing.includes(key) && {
                validateStatus: 'error' as const,
                help: t('composer.template.fill'),
              })}
          >
            <Input
              id={`param-${key}`}
              maxLength={200}
              value={typed[key] ?? ''}
              onChange={(event) => type({ ...typed, [key]: event.target.value })}
            />
          </Form.Item>
        ))}
        {chosen && (
          <section aria-label={t('composer.template.preview')}>
            <TemplatePreview
              text={chosen.text}
              params={typed}
              labelOf={(key) => chosen.params.find((each) => each.key === key)?.label || key}
            />
            {chosen.url && (
              <p className="quiet">{t('composer.template.opens', { url: chosen.url })}</p>
            )}
          </section>
        )}
        <button type="submit" className="seen-by-readers" tabIndex={-1} aria-hidden="true" />
      </Form>
    </Modal>
  )
}
