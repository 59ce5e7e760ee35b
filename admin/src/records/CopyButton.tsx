import { CheckOutlined, CopyOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useErrorToast } from '../api/useErrorToast.ts'
import { useT } from '../i18n/index.ts'
import { copyText } from './copyText.ts'

/** Copies a text and says so, to readers of screens as well. */
export function CopyButton({ text, label }: { text: string; label?: string }) {
  const t = useT('records')
  const showError = useErrorToast()
  const [copied, setCopied] = useState(false)
  const copy = () =>
    copyText(text).then(() => {
      setCopied(true)
      setTimeout(() => setCopied(false), 2000)
    }, showError)
  return (
    <Button
      icon={copied ? <CheckOutlined aria-hidden /> : <CopyOutlined aria-hidden />}
      onClick={() => void copy()}
    >
      <span aria-live="polite">{copied ? t('copied') : (label ?? t('copy'))}</span>
    </Button>
  )
}
