import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { contactWayBody } from '../../../../../channels/wecom/schema.ts'
import type { ContactWayView } from '../../../../../channels/wecom/schema.ts'
import type { AccountView } from '../../../../../gateway/accounts/schema.ts'
import { api } from '../../../api/client.ts'
import { ErrorNotice } from '../../../api/ErrorNotice.tsx'
import { useT } from '../../../i18n/index.ts'
import { CopyButton } from '../../../records/CopyButton.tsx'
import { fieldIssues } from '../../../records/issues.ts'
import { placeIssues } from '../../../records/placeIssues.ts'
import { useAction } from '../../../records/useAction.ts'
import { QrPoster } from '../QrPoster.tsx'

interface Values {
  scene: string
  sceneParam: string
}

/** Makes a link to the chat that tells where it hung. */
export function ContactWay({ account }: { account: AccountView }) {
  const t = useT('settings')
  const words = useT('records')
  const [form] = Form.useForm<Values>()
  const [made, show] = useState<{ url: string; scene: string }>()
  const [poster, open] = useState(false)
  const make = useAction(
    (body: unknown) => api.post<ContactWayView>(`/accounts/${account.id}/wecom/contact-way`, body),
    [],
  )
  const submit = ({ scene, sceneParam }: Values) => {
    const param = sceneParam.trim()
    const checked = contactWayBody.safeParse({
      scene: scene.trim(),
      ...(param && { sceneParam: param }),
    })
    if (!checked.success) return void placeIssues(form, fieldIssues(checked.error.issues, words))
    make.mutate(checked.data, { onSuccess: ({ url }) => show({ url, scene: scene.trim() }) })
  }
  return (
    <section className="part" aria-labelledby="contact-way">
      <h3 id="contact-way">{t('channels.links.title')}</h3>
      <p className="quiet">{t('channels.links.hint')}</p>
      <Form<Values>
        form={form}
        layout="vertical"
        className="record-form"
        initialValues={{ scene: '', sceneParam: '' }}
        onFinish={submit}
      >
        <div className="pair">
          <Form.Item
            name="scene"
            label={t('channels.links.scene')}
            extra={t('channels.links.sceneHint')}
          >
            <Input maxLength={32} spellCheck={false} placeholder="south-gate" />
          </Form.Item>
          <Form.Item
            name="sceneParam"
            label={t('channels.links.param')}
            extra={t('channels.links.paramHint')}
          >
            <Input maxLength={40} spellCheck={false} />
          </Form.Item>
        </div>
        <Button type="primary" htmlType="submit" loading={make.isPending}>
          {t('channels.links.make')}
        </Button>
      </Form>
      <ErrorNotice error={make.error} />
      {made && (
        <div className="callbacks" role="status">
          <p>{t('channels.links.made')}</p>
          <div className="bar">
            <code>{made.url}</code>
            <CopyButton text={made.url} />
            <Button onClick={() => open(true)}>{t('channels.scenes.show')}</Button>
          </div>
        </div>
      )}
      {poster && made && (
        <QrPoster
          name={made.scene || account.name}
          text={made.url}
          account={account.name}
          onClose={() => open(false)}
        />
      )}
    </section>
  )
}
