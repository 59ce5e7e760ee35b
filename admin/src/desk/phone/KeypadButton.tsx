import { TableOutlined } from '@ant-design/icons'
import { Button, Popover } from 'antd'
import { useState } from 'react'
import { useT } from '../../i18n/index.ts'
import { Keypad } from './Keypad.tsx'
import { usePhoneActions } from './usePhoneActions.ts'

/** It comes late, from a portal: the keyboard is its own from then on. */
const focus = (frame: HTMLElement | null) => frame?.focus()

/** Keys to the far end, by mouse or keyboard while the pad is open. */
export function KeypadButton({ conversationId }: { conversationId: string }) {
  const t = useT('desk')
  const { keys } = usePhoneActions()
  const [open, setOpen] = useState(false)
  const [pressed, setPressed] = useState('')

  const press = (key: string) => {
    setPressed((before) => (before + key).slice(-16))
    void keys(conversationId, key)
  }
  const toggle = (next: boolean) => {
    setOpen(next)
    if (!next) setPressed('')
  }
  return (
    <Popover
      open={open}
      onOpenChange={toggle}
      trigger="click"
      placement="bottom"
      destroyOnHidden
      content={
        <div
          className="keypad-frame"
          ref={focus}
          tabIndex={-1}
          onKeyDown={(event) => {
            if (event.key === 'Escape') toggle(false)
            if (event.altKey || event.ctrlKey || event.metaKey) return
            if (/^[0-9*#]$/.test(event.key)) press(event.key)
          }}
        >
          <output className="keypad-pressed" aria-live="off">
            {pressed || ' '}
          </output>
          <Keypad onKey={press} />
          <p className="quiet">{t('phone.keypadHint')}</p>
        </div>
      }
    >
      <Button id="call-keypad" aria-expanded={open} icon={<TableOutlined aria-hidden />}>
        {t('phone.keypad')}
      </Button>
    </Popover>
  )
}
