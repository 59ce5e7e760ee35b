import { Form, Input } from 'antd'
import { useEffect, useRef } from 'react'
import { useT } from '../i18n/index.ts'
import { keyOf } from './key.ts'

/** The key of something new, proposed from its English name until somebody types another. */
export function KeyField({ fixed }: { fixed: boolean }) {
  const t = useT('records')
  const form = Form.useFormInstance()
  const english: unknown = Form.useWatch(['name', 'en'])
  const proposed = useRef('')
  useEffect(() => {
    if (fixed || typeof english !== 'string') return
    if ((form.getFieldValue('id') ?? '') !== proposed.current) return
    proposed.current = keyOf(english)
    form.setFieldValue('id', proposed.current)
  }, [english, fixed, form])
  return (
    <Form.Item name="id" label={t('id')} required={!fixed} extra={!fixed && t('idHint')}>
      <Input
        readOnly={fixed}
        variant={fixed ? 'filled' : 'outlined'}
        maxLength={63}
        spellCheck={false}
      />
    </Form.Item>
  )
}
