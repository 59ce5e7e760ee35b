import { useMutation } from '@tanstack/react-query'
import { App, Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import type { CodeSentView, ProvenView } from '../../../gateway/contacts/schema.ts'
import { displayPhone } from '../../../gateway/domain/phone-number.ts'
import { api } from '../api/client.ts'
import { ErrorNotice } from '../api/ErrorNotice.tsx'
import { useT } from '../i18n/index.ts'
import { useNow } from '../records/useNow.ts'
import { useMerging } from './useMerging.ts'

/** the server sends one a minute; its clock may be another */
const AGAIN_MS = 60_000

interface Props {
  contactId: string
  /** what is on the record, to begin with */
  phone: string | undefined
  onClose(): void
}

/** While the contact is on the line: a code goes to their telephone, they read it out, the number is proven. */
export function ProveDialog({ contactId, phone = '', onClose }: Props) {
  const t = useT('contacts')
  const words = useT('records')
  const { message } = App.useApp()
  const { refresh } = useMerging(contactId)
  const nowMs = useNow(1000)
  const [number, setNumber] = useState(phone)
  const [code, setCode] = useState('')
  const [againMs, setAgainMs] = useState(0)
  const send = useMutation({
    mutationFn: () =>
      api.post<CodeSentView>(`/contacts/${contactId}/codes`, { phone: number.trim() }),
    onSuccess: () => {
      setCode('')
      setAgainMs(Date.now() + AGAIN_MS)
    },
  })
  const verify = useMutation({
    mutationFn: () =>
      api.post<ProvenView>(`/contacts/${contactId}/codes/verify`, {
        phone: send.data!.phone,
        code: code.trim(),
      }),
    onSuccess: async (proven) => {
      void message.success(
        t(proven.contactId === contactId ? 'proof.done' : 'proof.doneMerged', {
          phone: displayPhone(proven.phone),
        }),
      )
      await refresh()
      onClose()
    },
  })
  const waitS = send.data ? Math.ceil((againMs - nowMs) / 1000) : 0
  const sent = send.data
  return (
    <Modal open title={t('proof.title')} onCancel={onClose} footer={null} destroyOnHidden>
      <p className="quiet">{t('proof.hint')}</p>
      <Form
        layout="vertical"
        onFinish={() => (sent && code.trim() ? verify.mutate() : send.mutate())}
      >
        <Form.Item label={t('proof.phone')} htmlFor="proof-phone">
          <Input
            id="proof-phone"
            autoFocus
            inputMode="tel"
            autoComplete="off"
            maxLength={40}
            value={number}
            onChange={(event) => {
              setNumber(event.target.value)
              send.reset()
              verify.reset()
            }}
          />
        </Form.Item>
        <Button
          disabled={!number.trim() || waitS > 0}
          loading={send.isPending}
          onClick={() => send.mutate()}
        >
          {waitS > 0 ? t('proof.again', { seconds: waitS }) : t('proof.send')}
        </Button>
        {sent && (
          <>
            <p role="status" className="part">
              {t('proof.sent', { phone: displayPhone(sent.phone) })}
            </p>
            <Form.Item label={t('proof.code')} htmlFor="proof-code">
              <Input
                id="proof-code"
                inputMode="numeric"
                autoComplete="off"
                maxLength={12}
                value={code}
                onChange={(event) => setCode(event.target.value)}
              />
            </Form.Item>
          </>
        )}
        <ErrorNotice error={verify.error ?? send.error} />
        <div className="drawer-foot part">
          <span className="drawer-foot-gap" />
          <Button onClick={onClose}>{words('cancel')}</Button>
          <Button
            type="primary"
            htmlType="submit"
            disabled={!sent || !code.trim()}
            loading={verify.isPending}
          >
            {t('proof.verify')}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}
