import { Form, Input, InputNumber } from 'antd'
import { useT } from '../../i18n/index.ts'

/** How long one waits, how long an answer is good, and what is said when there is none. */
export function KeepFields() {
  const t = useT('settings/sources')
  const number = (name: string, min: number, max: number, unit: string) => (
    <Form.Item name={name} label={t(`field.${name}`)} extra={t(`keep.${name}Hint`)}>
      <InputNumber
        min={min}
        max={max}
        precision={0}
        suffix={t(`keep.${unit}`)}
        style={{ width: '100%' }}
      />
    </Form.Item>
  )
  return (
    <section className="part">
      <h3>{t('keep.title')}</h3>
      <div className="source-keep">
        {number('timeoutMs', 100, 60_000, 'ms')}
        {number('cacheSeconds', 0, 86_400, 'seconds')}
        {number('staleSeconds', 0, 604_800, 'seconds')}
      </div>
      <Form.Item name="fallback" label={t('field.fallback')} extra={t('keep.fallbackHint')}>
        <Input.TextArea
          className="source-code"
          autoSize={{ minRows: 1, maxRows: 8 }}
          spellCheck={false}
          placeholder='[{"text": "…"}]'
        />
      </Form.Item>
    </section>
  )
}
