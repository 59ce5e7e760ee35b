import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { AutoComplete, Button, Form, Input, InputNumber, Switch } from 'antd'
import { useT } from '../../i18n/index.ts'
import { listPaths, rowPaths } from './sourceForm.ts'
import type { SourceValues } from './sourceForm.ts'

/** Which part of the answer flows get; offers the paths that the last trial found. */
export function MappingFields({ found }: { found: readonly string[] }) {
  const t = useT('settings/sources')
  const form = Form.useFormInstance<SourceValues>()
  const list = Form.useWatch(['mapping', 'list'], form) ?? ''
  const choices = (paths: string[]) => paths.map((value) => ({ value }))
  return (
    <section className="part">
      <h3>{t('mapping.title')}</h3>
      <p className="quiet">{t('mapping.hint')}</p>
      <div className="pair">
        <Form.Item name={['mapping', 'list']} label={t('mapping.list')}>
          <AutoComplete options={choices(listPaths(found))} placeholder="data.list" />
        </Form.Item>
        <Form.Item name={['mapping', 'limit']} label={t('mapping.limit')}>
          <InputNumber min={1} max={1000} precision={0} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name={['mapping', 'one']} label={t('mapping.one')} valuePropName="checked">
          <Switch />
        </Form.Item>
      </div>
      <Form.List name={['mapping', 'fields']}>
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <div key={key} className="source-pair">
                <Form.Item name={[name, 'name']}>
                  <Input
                    aria-label={`${t('mapping.name')} ${name + 1}`}
                    placeholder={t('mapping.name')}
                    spellCheck={false}
                  />
                </Form.Item>
                <Form.Item name={[name, 'path']}>
                  <AutoComplete
                    aria-label={`${t('mapping.path')} ${name + 1}`}
                    options={choices(rowPaths(found, list))}
                    placeholder={t('mapping.path')}
                  />
                </Form.Item>
                <Button
                  type="text"
                  icon={<DeleteOutlined aria-hidden />}
                  aria-label={`${t('mapping.remove')} ${name + 1}`}
                  onClick={() => remove(name)}
                />
              </div>
            ))}
            <Button
              type="dashed"
              icon={<PlusOutlined aria-hidden />}
              onClick={() => add({ name: '', path: '' })}
            >
              {t('mapping.add')}
            </Button>
          </>
        )}
      </Form.List>
    </section>
  )
}
