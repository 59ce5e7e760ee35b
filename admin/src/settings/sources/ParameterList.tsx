import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Form, Input } from 'antd'
import { useT } from '../../i18n/index.ts'

/** What a query block fills in. */
export function ParameterList() {
  const t = useT('settings/sources')
  return (
    <section className="part">
      <h3>{t('parameters.title')}</h3>
      <p className="quiet">{t('parameters.hint', { hole: '{{city}}' })}</p>
      <Form.List name="parameters">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <div key={key} className="source-parameter">
                {(['name', 'label', 'example'] as const).map((field) => (
                  <Form.Item key={field} name={[name, field]}>
                    <Input
                      aria-label={`${t(`parameters.${field}`)} ${name + 1}`}
                      placeholder={t(`parameters.${field}`)}
                      spellCheck={false}
                    />
                  </Form.Item>
                ))}
                <Form.Item name={[name, 'required']} valuePropName="checked">
                  <Checkbox>{t('parameters.required')}</Checkbox>
                </Form.Item>
                <Button
                  type="text"
                  icon={<DeleteOutlined aria-hidden />}
                  aria-label={`${t('parameters.remove')} ${name + 1}`}
                  onClick={() => remove(name)}
                />
              </div>
            ))}
            <Button
              type="dashed"
              icon={<PlusOutlined aria-hidden />}
              onClick={() => add({ name: '', label: '', example: '', required: false })}
            >
              {t('parameters.add')}
            </Button>
          </>
        )}
      </Form.List>
    </section>
  )
}
