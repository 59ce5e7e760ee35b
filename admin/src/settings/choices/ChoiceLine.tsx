import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons'
import { Button, Form, Input } from 'antd'
import { useT } from '../../i18n/index.ts'
import type { ListName } from './choicesForm.ts'

interface Props {
  list: ListName
  name: number
  last: boolean
  onMove(by: 1 | -1): void
  onRemove(): void
}

export function ChoiceLine({ list, name, last, onMove, onRemove }: Props) {
  const t = useT('settings')
  const words = useT('records')
  const form = Form.useFormInstance()
  const said = (form.getFieldValue([list, name, 'name', 'zh']) as string) || t('choices.unnamed')
  return (
    <div className="choice-line">
      <Form.Item name={[name, 'name', 'zh']}>
        <Input aria-label={words('nameZh')} placeholder={words('nameZh')} maxLength={64} />
      </Form.Item>
      <Form.Item name={[name, 'name', 'en']}>
        <Input aria-label={words('nameEn')} placeholder={words('nameEn')} maxLength={64} />
      </Form.Item>
      <span>
        <Button
          type="text"
          icon={<ArrowUpOutlined aria-hidden />}
          disabled={name === 0}
          aria-label={t('choices.up', { name: said })}
          onClick={() => onMove(-1)}
        />
        <Button
          type="text"
          icon={<ArrowDownOutlined aria-hidden />}
          disabled={last}
          aria-label={t('choices.down', { name: said })}
          onClick={() => onMove(1)}
        />
        <Button
          type="text"
          icon={<DeleteOutlined aria-hidden />}
          aria-label={t('choices.remove', { name: said })}
          onClick={onRemove}
        />
      </span>
    </div>
  )
}
