import { Form, Input } from 'antd'
import { useT } from '../../../i18n/index.ts'
import { TemplatePreview } from '../../../records/TemplatePreview.tsx'
import { paramsIn } from '../../../records/templateText.ts'

/** The text of a template, a description for each of its parameters, and how it will read. */
export function TemplateText() {
  const t = useT('settings')
  const text = Form.useWatch<string | undefined>('text') ?? ''
  const labels = Form.useWatch<Record<string, string> | undefined>('labels') ?? {}
  const params = paramsIn(text)
  return (
    <>
      <Form.Item
        name="text"
        label={t('channels.templates.text')}
        required
        extra={t('channels.templates.textHint', { param: '{{name}}' })}
      >
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={1000} />
      </Form.Item>
      <Form.Item label={t('channels.templates.params')} extra={t('channels.templates.paramsHint')}>
        <div className="template-params">
          {params.length === 0 && <span className="quiet">{t('channels.templates.noParams')}</span>}
          {params.map((key) => (
            <div key={key} className="template-param">
              <code>{key}</code>
              <Form.Item name={['labels', key]} noStyle>
                <Input
                  maxLength={64}
                  placeholder={key}
                  aria-label={t('channels.templates.paramLabel', { key })}
                />
              </Form.Item>
            </div>
          ))}
        </div>
      </Form.Item>
      {text.trim() && (
        <section className="part" aria-label={t('channels.templates.preview')}>
          <h3>{t('channels.templates.preview')}</h3>
          <TemplatePreview text={text} params={{}} labelOf={(key) => labels[key]?.trim() || key} />
        </section>
      )}
    </>
  )
}
