import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import type { ContactView } from '../../../../gateway/contacts/schema.ts'
import type { WriteResult } from '../../../../gateway/desk/protocol.ts'
import { displayPhone } from '../../../../gateway/domain/phone-number.ts'
import { api } from '../../api/client.ts'
import { ApiError } from '../../api/error.ts'
import { ErrorNotice } from '../../api/ErrorNotice.tsx'
import { useT } from '../../i18n/index.ts'
import { navigate } from '../../router.tsx'
import { useDesk } from '../useDesk.ts'
import { knownAddresses } from './knownAddresses.ts'
import { useWritableAccounts } from './useWritableAccounts.ts'

interface Props {
  contactId: string
  /** it goes on in this one; else a conversation begins */
  conversationId?: string
  /** chosen before; else any */
  channel?: 'sms' | 'email' | undefined
  onClose(): void
}

/** From which account, to which address: by SMS or e-mail. The words are written in the composer. */
export function WriteDialog({ contactId, conversationId, channel, onClose }: Props) {
  const t = useT('desk')
  const desk = useDesk()
  const accounts = useWritableAccounts().filter((each) => !channel || each.channel === channel)
  const contact = useQuery({
    queryKey: ['contact', contactId],
    queryFn: () => api.get<ContactView>(`/contacts/${contactId}`),
  })
  const [chosenId, choose] = useState<string>()
  const [typed, type] = useState<string>()
  const [subject, name] = useState('')
  const [tried, attempt] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  // free words go further than templates
  const likeliest = accounts.find(({ templatesOnly }) => !templatesOnly) ?? accounts[0]
  const account = accounts.find(({ id }) => id === chosenId) ?? likeliest
  const isMail = account?.channel === 'email'
  const known = contact.data ? knownAddresses(contact.data, isMail ? 'email' : 'sms') : []
  const to = typed ?? known[0] ?? ''
  const lacks = { to: !to.trim(), subject: isMail && !subject.trim() }

  const go = async () => {
    attempt(true)
    if (!account || lacks.to || lacks.subject) return
    const way = { accountId: account.id, to, ...(isMail && { subject: subject.trim() }) }
    setBusy(true)
    try {
      if (conversationId) await desk.request({ do: 'writeBy', conversationId, ...way })
      else {
        const result = await desk.request({ do: 'writeTo', contactId, ...way })
        navigate(`/desk/${(result as WriteResult).conversationId}`)
      }
      onClose()
    } catch (reason) {
      setError(reason)
    } finally {
      setBusy(false)
    }
  }
  const change = (value: string | undefined) => {
    type(value)
    setError(undefined)
  }
  const busyId = busyWith(error)

  return (
    <Modal
      open
      title={t(conversationId ? 'write.goOn' : 'write.first')}
      okText={t('write.go')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: !account, loading: busy }}
      onOk={() => void go()}
      onCancel={onClose}
    >
      <Form layout="vertical" onFinish={() => void go()}>
        <Form.Item label={t('write.from')} htmlFor="write-from">
          <Select
            id="write-from"
            value={account?.id ?? null}
            placeholder={t('write.noAccount')}
            notFoundContent={t('write.noAccount')}
            onChange={(id: string | null) => {
              choose(id ?? undefined)
              change(undefined)
            }}
            options={accounts.map(({ id, name, channel }) => ({
              value: id,
              label: `${t(`channel.${channel}`)} · ${name}`,
            }))}
          />
          {account?.templatesOnly && <p className="quiet">{t('write.templatesOnly')}</p>}
        </Form.Item>
        <Form.Item
          label={t(isMail ? 'write.address' : 'write.number')}
          htmlFor="write-to"
          {...(tried && lacks.to && { validateStatus: 'error', help: t('write.fill') })}
        >
          <Input
            id="write-to"
            type={isMail ? 'email' : 'tel'}
            autoComplete="off"
            maxLength={254}
            value={to}
            onChange={(event) => change(event.target.value)}
          />
          {known.length > 1 && (
            <div className="dial-known" role="group" aria-label={t('write.known')}>
              {known.map((each) => (
                <Button
                  key={each}
                  size="small"
                  type={each === to ? 'primary' : 'default'}
                  aria-pressed={each === to}
                  onClick={() => change(each)}
                >
                  {isMail ? each : displayPhone(each)}
                </Button>
              ))}
            </div>
          )}
        </Form.Item>
        {isMail && (
          <Form.Item
            label={t('write.subject')}
            htmlFor="write-subject"
            {...(tried && lacks.subject && { validateStatus: 'error', help: t('write.fill') })}
          >
            <Input
              id="write-subject"
              maxLength={150}
              value={subject}
              onChange={(event) => name(event.target.value)}
            />
          </Form.Item>
        )}
        <ErrorNotice error={error ?? contact.error} />
        {busyId && (
          <Button type="link" onClick={() => (navigate(`/desk/${busyId}`), onClose())}>
            {t('write.openOther')}
          </Button>
        )}
        <button type="submit" className="seen-by-readers" tabIndex={-1} aria-hidden="true" />
      </Form>
    </Modal>
  )
}

/** The conversation that goes on there already. */
function busyWith(error: unknown): string | undefined {
  if (!(error instanceof ApiError) || error.code !== 'THREAD_BUSY') return undefined
  return (error.details as { conversationId?: string } | undefined)?.conversationId
}
