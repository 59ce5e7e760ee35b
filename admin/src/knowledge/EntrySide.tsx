import { Form, Input } from 'antd'
import { useT } from '../i18n/index.ts'
import { useLabels } from '../records/useLabels.ts'
import type { Side } from './entry.ts'
import { LinesInput } from '../records/LinesInput.tsx'

/** What an entry says in one language. */
export function EntrySide({ side }: { side: Side }) {
  const t = useT('knowledge')
  const labels = useLabels()
  return (
    <section className="half" aria-label={labels.lang(side)}>
      <h3>{labels.lang(side)}</h3>
      <Form.Item name={['question', side]} label={t('question')}>
        <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={4000} />
      </Form.Item>
      <Form.Item name={['answer', side]} label={t('answer')}>
        <Input.TextArea autoSize={{ minRows: 5, maxRows: 14 }} maxLength={4000} />
      </Form.Item>
      <Form.Item name={['variants', side]} label={t('variants')} extra={t('variantsHint')}>
        <LinesInput />
      </Form.Item>
    </section>
  )
}
