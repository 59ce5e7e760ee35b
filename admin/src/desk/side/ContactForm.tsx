import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Form, Input, Skeleton, Switch } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { ContactView } from '../../../../gateway/contacts/schema.ts'
import { ErrorNotice } from '../../api/ErrorNotice.tsx'
import { api } from '../../api/client.ts'
import { ProveDialog } from '../../contacts/ProveDialog.tsx'
import { Mark } from '../../records/Mark.tsx'
import { useT } from '../../i18n/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'

type Values = Pick<ContactView, 'name' | 'phone' | 'vip' | 'notes'>

interface Props {
  contactId: string
  /** changes when somebody changed the contact */
  told: string
}

/** The contact's card, to be completed while talking. */
export function ContactForm({ contactId, told }: Props) {
  const key = ['contact', contactId]
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: () => api.get<ContactView>(`/contacts/${contactId}`),
  })
  const known = useRef(told)
  useEffect(() => {
    if (known.current === told) return
    known.current = told
    void refetch()
  }, [told, refetch])
  // what was begun is not thrown away because the bot or a colleague changed the contact meanwhile:
  // saving then answers CONFLICT, and the person decides
  const [begun, setBegun] = useState<ContactView>()
  const shown = begun ?? data
  if (!shown && error) return <ErrorNotice error={error} onRetry={() => void refetch()} />
  if (!shown) return <Skeleton active paragraph={{ rows: 3 }} />
  return (
    <Fields
      key={shown.version}
      contact={shown}
      queryKey={key}
      onBegin={() => setBegun(shown)}
      onEnd={() => setBegun(undefined)}
    />
  )
}

interface FieldsProps {
  contact: ContactView
  queryKey: string[]
  onBegin(): void
  onEnd(): void
}

function Fields({ contact, queryKey, onBegin, onEnd }: FieldsProps) {
  const t = useT('desk')
  const format = useFormat()
  const client = useQueryClient()
  const { message } = App.useApp()
  const [form] = Form.useForm<Values>()
  const [changed, setChanged] = useState(false)
  const [proving, setProving] = useState(false)
  const save = useMutation({
    mutationFn: (values: Values) =>
      api.patch<ContactView>(`/contacts/${contact.id}`, { version: contact.version, ...values }),
    onSuccess: () => {
      void message.success(t('side.saved'))
      void client.invalidateQueries({ queryKey })
      setChanged(false)
      onEnd()
    },
  })

  return (
    <>
      <Form
        form={form}
        size="small"
        layout="horizontal"
        labelCol={{ flex: '64px' }}
        labelAlign="left"
        colon={false}
        className="contact"
        initialValues={contact}
        onValuesChange={() => {
          setChanged(true)
          onBegin()
        }}
        onFinish={(values) => save.mutate(values)}
      >
        <Form.Item name="name" label={t('side.name')}>
          <Input maxLength={64} placeholder={t('side.namePlaceholder')} />
        </Form.Item>
        <Form.Item name="phone" label={t('side.phone')}>
          <Input maxLength={32} inputMode="tel" placeholder={t('side.namePlaceholder')} />
        </Form.Item>
        <Form.Item name="vip" label={t('vip')} valuePropName="checked">
          <Switch aria-label={t('side.vip')} />
        </Form.Item>
        <Form.Item name="notes" label={t('side.notes')}>
          <Input.TextArea autoSize={{ minRows: 1, maxRows: 6 }} maxLength={4000} />
        </Form.Item>
        <ErrorNotice error={save.error} />
        {changed && (
          <div className="contact-save">
            <Button
              onClick={() => {
                form.resetFields()
                save.reset()
                setChanged(false)
                onEnd()
                void client.invalidateQueries({ queryKey })
              }}
            >
              {t('cancel')}
            </Button>
            <Button type="primary" htmlType="submit" loading={save.isPending}>
              {t('save')}
            </Button>
          </div>
        )}
        <ul className="identities" aria-label={t('side.identities')}>
          {contact.identities.map((identity) => (
            <li key={identity.id}>
              <span>
                {t(`side.identityKind.${identity.kind}`, { defaultValue: identity.kind })}
              </span>
              <code title={identity.value}>{identity.value}</code>
              <Mark tone={identity.assurance === 'proven' ? 'green' : 'plain'}>
                {t(`side.assurance.${identity.assurance}`)}
              </Mark>
            </li>
          ))}
        </ul>
        <p className="quiet">{t('side.since', { date: format.dateTime(contact.createdAtMs) })}</p>
      </Form>
      <Button size="small" onClick={() => setProving(true)}>
        {t('side.prove')}
      </Button>
      {proving && (
        <ProveDialog
          contactId={contact.id}
          phone={contact.phone}
          onClose={() => setProving(false)}
        />
      )}
    </>
  )
}
