import { ArrowLeftOutlined, PhoneFilled } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Input, Modal, Select } from 'antd'
import type { InputRef } from 'antd'
import { useRef, useState } from 'react'
import { api } from '../../api/client.ts'
import { useT } from '../../i18n/index.ts'
import { Keypad } from './Keypad.tsx'
import { dialNumber } from './dialNumber.ts'
import { usePhoneActions } from './usePhoneActions.ts'
import './phone.css'

interface Props {
  /** whom the number belongs to, when it is known */
  name?: string | undefined
  /** known to be theirs, the likeliest first */
  numbers?: string[]
  /** the call belongs to this conversation; else it begins one */
  conversationId?: string | undefined
  onClose(): void
}

/** Calls out, with the number to show where there is a choice. */
export function DialDialog({ name, numbers: theirs = [], conversationId, onClose }: Props) {
  const t = useT('desk')
  const { dial, busy } = usePhoneActions()
  const [written, setWritten] = useState(theirs[0] ?? '')
  const [wrong, setWrong] = useState(false)
  const [from, setFrom] = useState<string>()
  const box = useRef<InputRef>(null)
  const numbers = useQuery({
    queryKey: ['caller-numbers'],
    queryFn: () => api.get<{ items: { number: string; name?: string }[] }>('/telephony/numbers'),
    // without telephony, or without the right to it, the trunk's own number is shown
    retry: false,
    staleTime: 5 * 60_000,
  })
  const choices = numbers.data?.items ?? []

  const go = async () => {
    const to = dialNumber(written)
    setWrong(!to)
    if (!to) return box.current?.focus()
    const more = {
      ...(from && { callerNumber: from }),
      ...(conversationId && { conversationId }),
    }
    if (await dial(to, more)) onClose()
  }
  return (
    <Modal
      open
      width={340}
      title={name ? t('phone.dial.titleIn', { name }) : t('phone.dial.title')}
      onCancel={onClose}
      footer={null}
      afterOpenChange={(open) => open && box.current?.focus()}
    >
      <form
        className="dial"
        onSubmit={(event) => {
          event.preventDefault()
          void go()
        }}
      >
        <Input
          ref={box}
          size="large"
          type="tel"
          autoComplete="off"
          aria-label={t('phone.dial.number')}
          placeholder={t('phone.dial.number')}
          aria-invalid={wrong}
          status={wrong ? 'error' : ''}
          value={written}
          onChange={(event) => {
            setWritten(event.target.value)
            setWrong(false)
          }}
          suffix={
            <Button
              type="text"
              size="small"
              icon={<ArrowLeftOutlined aria-hidden />}
              aria-label={t('phone.dial.erase')}
              onClick={() => setWritten(written.slice(0, -1))}
            />
          }
        />
        {theirs.length > 1 && (
          <div className="dial-known" role="group" aria-label={t('phone.dial.known')}>
            {theirs.map((one) => (
              <Button
                key={one}
                size="small"
                type={one === written ? 'primary' : 'default'}
                aria-pressed={one === written}
                onClick={() => setWritten(one)}
              >
                {one}
              </Button>
            ))}
          </div>
        )}
        {wrong && (
          <p className="dial-wrong" role="alert">
            {t('phone.dial.bad')}
          </p>
        )}
        <Keypad onKey={(key) => setWritten((before) => before + key)} />
        {choices.length > 0 && (
          <label className="dial-from">
            <span>{t('phone.dial.from')}</span>
            <Select
              aria-label={t('phone.dial.from')}
              value={from ?? ''}
              onChange={(value) => setFrom(value || undefined)}
              options={[
                { value: '', label: t('phone.dial.fromDefault') },
                ...choices.map((one) => ({
                  value: one.number,
                  label: [one.number, one.name].filter(Boolean).join(' · '),
                })),
              ]}
            />
          </label>
        )}
        <Button
          type="primary"
          size="large"
          htmlType="submit"
          className="call-answer"
          icon={<PhoneFilled aria-hidden />}
          loading={busy}
          block
        >
          {t('phone.dial.go')}
        </Button>
      </form>
    </Modal>
  )
}
