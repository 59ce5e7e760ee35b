import { App, Form, Input, Select, Switch } from 'antd'
import type { FlowSummaryView } from '../../../../gateway/flows/schema.ts'
import { updateAccountBody } from '../../../../gateway/accounts/schema.ts'
import type { AccountView } from '../../../../gateway/accounts/schema.ts'
import { api } from '../../api/client.ts'
import { useT } from '../../i18n/index.ts'
import { RecordDrawer } from '../../records/RecordDrawer.tsx'
import { useLabels } from '../../records/useLabels.ts'
import { useRecordForm } from '../../records/useRecordForm.ts'
import { Link } from '../../router.tsx'
import { Embed } from './Embed.tsx'
import { OriginsInput } from './OriginsInput.tsx'

interface Props {
  account: AccountView
  flows: FlowSummaryView[]
  onClose(): void
}

type Values = Omit<AccountView, 'id' | 'channel' | 'version'>

function toValues(account: AccountView | undefined): Values {
  const { id: _id, channel: _channel, version: _version, ...values } = account!
  return values
}

const languages = ['zh-CN', 'en'] as const

export function AccountDrawer({ account, flows, onClose }: Props) {
  const t = useT('settings')
  const labels = useLabels()
  const { message } = App.useApp()
  const edit = useRecordForm<AccountView, Values>({
    record: account,
    toValues,
    schema: updateAccountBody,
    send: (body) => api.patch<AccountView>(`/accounts/${account.id}`, body),
    reload: async (stale) =>
      (await api.get<{ items: AccountView[] }>('/accounts')).items.find(
        ({ id }) => id === stale.id,
      ) ?? stale,
    touches: ['/accounts'],
    onSaved: () => {
      void message.success(t('channels.saved'))
      onClose()
    },
  })
  const inLang = (what: string, lang: string) =>
    t('channels.inLang', { what: t(`channels.${what}`), lang: labels.lang(lang) })
  const flowOptions = flows
    .filter((flow) => flow.kind === 'main' || flow.id === account.flowId)
    .map((flow) => ({ value: flow.id, label: flow.name }))
  return (
    <RecordDrawer
      title={`${labels.channel(account.channel)} · ${account.name}`}
      size={640}
      edit={edit}
      label={(field) => t(`channels.${field === 'title' ? 'titleField' : field}`)}
      onClose={onClose}
    >
      <Form.Item name="name" label={t('name')} required>
        <Input maxLength={64} />
      </Form.Item>
      <div className="pair">
        <Form.Item name="flowId" label={t('channels.flow')} required>
          <Select options={flowOptions} />
        </Form.Item>
        <Form.Item name="lang" label={t('channels.lang')} required>
          <Select options={languages.map((value) => ({ value, label: labels.lang(value) }))} />
        </Form.Item>
      </div>
      {account.channel === 'voice' && (
        <p>
          <Link to="/settings/telephony/numbers">{t('channels.numbersLink')}</Link>
        </p>
      )}
      {account.channel === 'webchat' && (
        <>
          <Form.Item
            name="allowedOrigins"
            label={t('channels.allowedOrigins')}
            extra={t('channels.allowedOriginsHint')}
          >
            <OriginsInput />
          </Form.Item>
          <div className="pair">
            {languages.map((lang) => (
              <Form.Item key={lang} name={['title', lang]} label={inLang('titleField', lang)}>
                <Input maxLength={60} lang={lang} />
              </Form.Item>
            ))}
            {languages.map((lang) => (
              <Form.Item key={lang} name={['greeting', lang]} label={inLang('greeting', lang)}>
                <Input.TextArea autoSize={{ minRows: 3 }} maxLength={300} lang={lang} />
              </Form.Item>
            ))}
          </div>
        </>
      )}
      <Form.Item
        name="enabled"
        label={t('channels.enabled')}
        valuePropName="checked"
        extra={t('channels.enabledHint')}
      >
        <Switch />
      </Form.Item>
      {account.channel === 'webchat' && <Embed accountId={account.id} />}
    </RecordDrawer>
  )
}
