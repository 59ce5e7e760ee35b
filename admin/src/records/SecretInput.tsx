import { Button, Input } from 'antd'
import { useState } from 'react'
import { useT } from '../i18n/index.ts'
import { Mark } from './Mark.tsx'

interface Props {
  id?: string
  /** what the field is called: the buttons say which secret they are about */
  label: string
  /** '' leaves what is stored as it is, null takes it away */
  value?: string | null
  onChange?(value: string | null): void
  /** one is stored; it is never shown, only replaced */
  isSet: boolean
  /** what is stored may be taken away */
  optional?: boolean
  maxLength?: number
}

/** A password or key: goes in and never comes out. */
export function SecretInput(props: Props) {
  const { id, label, value, onChange, isSet, optional = false, maxLength } = props
  const t = useT('records')
  const [replacing, replace] = useState(false)
  const gone = value === null
  const word = t(gone ? 'secret.leave' : 'secret.remove')
  if (!isSet || replacing)
    return (
      <Input.Password
        {...(id !== undefined && { id })}
        value={value ?? ''}
        {...(maxLength !== undefined && { maxLength })}
        // keeps the browser from offering the console's own password
        autoComplete="new-password"
        spellCheck={false}
        autoFocus={replacing}
        {...(isSet && { placeholder: t('secret.keep') })}
        onChange={(event) => onChange?.(event.target.value)}
      />
    )
  return (
    <span className="secret" {...(id !== undefined && { id })}>
      <Mark tone={gone ? 'amber' : 'green'}>{t(gone ? 'secret.going' : 'secret.set')}</Mark>
      <Button
        size="small"
        aria-label={`${t('secret.replace')} ${label}`}
        onClick={() => {
          onChange?.('')
          replace(true)
        }}
      >
        {t('secret.replace')}
      </Button>
      {optional && (
        <Button
          size="small"
          type="text"
          aria-label={`${word} ${label}`}
          onClick={() => onChange?.(gone ? '' : null)}
        >
          {word}
        </Button>
      )}
    </span>
  )
}
