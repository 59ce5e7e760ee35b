import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input } from 'antd'
import { useT } from '../../i18n/index.ts'

interface Props {
  /** of the settings */
  name: 'query' | 'headers'
  title: string
  add: string
}

/** Names and values, with parameters in the values. */
export function PairList({ name, title, add }: Props) {
  const t = useT('settings/sources')
  return (
    <Form.Item label={title}>
      <Form.List name={['settings', name]}>
        {(fields, { add: append, remove }) => (
          <>
            {fields.map(({ key, name: at }) => (
              <div key={key} className="source-pair">
                <Form.Item name={[at, 'name']}>
                  <Input
                    aria-label={`${title} ${t('pair.name')}`}
                    placeholder={t('pair.name')}
                    spellCheck={false}
                  />
                </Form.Item>
                <Form.Item name={[at, 'value']}>
                  <Input
                    aria-label={`${title} ${t('pair.value')}`}
                    placeholder={t('pair.value')}
                    spellCheck={false}
                  />
                </Form.Item>
                <Button
                  type="text"
                  icon={<DeleteOutlined aria-hidden />}
                  aria-label={`${t('pair.remove')} ${at + 1}`}
                  onClick={() => remove(at)}
                />
              </div>
            ))}
            <Button
              type="dashed"
              size="small"
              icon={<PlusOutlined aria-hidden />}
              onClick={() => append({ name: '', value: '' })}
            >
              {add}
            </Button>
          </>
        )}
      </Form.List>
    </Form.Item>
  )
}
