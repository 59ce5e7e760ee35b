import { Form, Input } from 'antd'
import { useT } from '../i18n/index.ts'

interface Props {
  /** path of the pair in the form */
  name?: (string | number)[]
  maxLength?: number
}

/** A name in both languages of the console, side by side. */
export function NameFields({ name = ['name'], maxLength = 64 }: Props) {
  const t = useT('records')
  return (
    <div className="pair">
      <Form.Item name={[...name, 'zh']} label={t('nameZh')} required>
        <Input maxLength={maxLength} lang="zh-CN" />
      </Form.Item>
      <Form.Item name={[...name, 'en']} label={t('nameEn')} required>
        <Input maxLength={maxLength} lang="en" />
      </Form.Item>
    </div>
  )
}
