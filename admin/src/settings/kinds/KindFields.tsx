import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Form, Input } from 'antd'
import { useT } from '../../i18n/index.ts'

/** What is asked when a ticket of the kind is taken down. */
export function KindFields() {
  const t = useT('settings')
  const words = useT('records')
  const form = Form.useFormInstance()
  return (
    <section className="part">
      <h3>{t('kinds.fields')}</h3>
      <p className="quiet">{t('kinds.fieldsHint')}</p>
      <Form.List name="fields">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <div key={key} className="kind-field">
                <Form.Item name={[name, 'id']}>
                  <Input
                    aria-label={t('kinds.fieldId')}
                    placeholder={t('kinds.fieldId')}
                    spellCheck={false}
                  />
                </Form.Item>
                <Form.Item name={[name, 'name', 'zh']}>
                  <Input aria-label={words('nameZh')} placeholder={words('nameZh')} />
                </Form.Item>
                <Form.Item name={[name, 'name', 'en']}>
                  <Input aria-label={words('nameEn')} placeholder={words('nameEn')} />
                </Form.Item>
                <Form.Item name={[name, 'required']} valuePropName="checked">
                  <Checkbox>{t('kinds.required')}</Checkbox>
                </Form.Item>
                <Button
                  type="text"
                  icon={<DeleteOutlined aria-hidden />}
                  aria-label={t('kinds.removeField', {
                    name: String(form.getFieldValue(['fields', name, 'name', 'zh']) ?? ''),
                  })}
                  onClick={() => remove(name)}
                />
              </div>
            ))}
            <Button
              type="dashed"
              icon={<PlusOutlined aria-hidden />}
              onClick={() => add({ id: '', name: { zh: '', en: '' }, required: false })}
            >
              {t('kinds.addField')}
            </Button>
          </>
        )}
      </Form.List>
    </section>
  )
}
