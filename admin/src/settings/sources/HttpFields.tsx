import { Form, Input, InputNumber, Select } from 'antd'
import { useT } from '../../i18n/index.ts'
import { HttpAuth } from './HttpAuth.tsx'
import { PairList } from './PairList.tsx'

/** What a web service is asked. */
export function HttpFields() {
  const t = useT('settings/sources')
  const method: unknown = Form.useWatch(['settings', 'method'])
  return (
    <section className="part">
      <h3>{t('http.title')}</h3>
      <div className="source-address">
        <Form.Item name={['settings', 'method']} label={t('http.method')}>
          <Select options={['GET', 'POST'].map((value) => ({ value, label: value }))} />
        </Form.Item>
        <Form.Item
          name={['settings', 'url']}
          label={t('http.url')}
          required
          extra={t('http.urlHint', { hole: '{{city}}' })}
        >
          <Input
            spellCheck={false}
            inputMode="url"
            maxLength={2000}
            placeholder="https://api.example.cn/spots/{{city}}"
          />
        </Form.Item>
      </div>
      <PairList name="query" title={t('http.query')} add={t('http.addQuery')} />
      <PairList name="headers" title={t('http.headers')} add={t('http.addHeader')} />
      {method === 'POST' && (
        <Form.Item
          name={['settings', 'body']}
          label={t('http.body')}
          extra={t('http.bodyHint', { hole: '"{{city}}"' })}
        >
          <Input.TextArea
            className="source-code"
            autoSize={{ minRows: 3, maxRows: 12 }}
            spellCheck={false}
          />
        </Form.Item>
      )}
      <HttpAuth />
      <div className="pair">
        <Form.Item
          name={['settings', 'retries']}
          label={t('http.retries')}
          extra={t('http.retriesHint')}
        >
          <InputNumber min={0} max={3} precision={0} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name={['settings', 'maxBytes']} label={t('http.maxBytes')}>
          <InputNumber
            min={1024}
            max={5 * 1024 * 1024}
            precision={0}
            suffix={t('http.bytes')}
            style={{ width: '100%' }}
          />
        </Form.Item>
      </div>
    </section>
  )
}
