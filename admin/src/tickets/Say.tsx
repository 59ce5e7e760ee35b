import { EyeInvisibleOutlined, SendOutlined } from '@ant-design/icons'
import { Form, Input } from 'antd'
import { useT } from '../i18n/index.ts'

/** Two boxes that cannot be mistaken for one another: what the tourist reads, and what only staff read. */
export function Say() {
  const t = useT('tickets')
  return (
    <section className="part" aria-label={t('say')}>
      <div className="say say-reply">
        <Form.Item
          name="reply"
          label={
            <b>
              <SendOutlined aria-hidden /> {t('reply')}
            </b>
          }
          extra={t('replyHint')}
        >
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} />
        </Form.Item>
      </div>
      <div className="say say-note">
        <Form.Item
          name="note"
          label={
            <b>
              <EyeInvisibleOutlined aria-hidden /> {t('note')}
            </b>
          }
          extra={t('noteHint')}
        >
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} />
        </Form.Item>
      </div>
    </section>
  )
}
