import { Alert, App, Collapse, Form, Input, Select, Switch } from 'antd'
import { useMemo, useState } from 'react'
import type { AccountKindView, AccountView } from '../../../../../gateway/accounts/schema.ts'
import type { FlowSummaryView } from '../../../../../gateway/flows/schema.ts'
import { api } from '../../../api/client.ts'
import { newKey } from '../../../api/newKey.ts'
import { useName, useT } from '../../../i18n/index.ts'
import { RecordDrawer } from '../../../records/RecordDrawer.tsx'
import { useLabels } from '../../../records/useLabels.ts'
import { useRecordForm } from '../../../records/useRecordForm.ts'
import { accountBody, accountSchema, accountValues } from './accountForm.ts'
import type { AccountValues } from './accountForm.ts'
import { SettingInput } from './SettingInput.tsx'
import { settingFields } from './settingFields.ts'

interface Props {
  kind: AccountKindView
  /** undefined: a new one */
  account: AccountView | undefined
  flows: FlowSummaryView[]
  onClose(): void
  onSaved(account: AccountView): void
}

const languages = ['zh-CN', 'en'] as const

/** Adds or changes an account of a provider; the form is drawn from what its kind says of its settings. */
export function AccountForm({ kind, account, flows, onClose, onSaved }: Props) {
  const t = useT('settings')
  const say = useName()
  const labels = useLabels()
  const { message } = App.useApp()
  const fields = useMemo(() => settingFields(kind.settings), [kind])
  // part of the address the provider calls, so kept short and without the accounts' order
  const [id] = useState(() => `${kind.kind}-${newKey().slice(0, 8)}`)
  const main = flows.filter((flow) => flow.kind === 'main' || flow.id === account?.flowId)
  const first = { name: say(kind.name), flowId: main[0]?.id ?? '' }
  const toValues = (of: AccountView | undefined) => accountValues(of, fields, first)
  const edit = useRecordForm<AccountView, AccountValues>({
    record: account,
    toValues,
    toBody: (values, stored) =>
      accountBody(values, stored && { account: stored, values: toValues(stored) }, fields, {
        id,
        kind: kind.kind,
      }),
    schema: useMemo(
      () => accountSchema(kind.settings, account && (account.secrets ?? [])),
      [kind, account],
    ),
    send: (body) =>
      account
        ? api.patch<AccountView>(`/accounts/${account.id}`, body)
        : api.post<AccountView>('/accounts', body),
    reload: async (stale) =>
      (await api.get<{ items: AccountView[] }>('/accounts')).items.find(
        (each) => each.id === stale.id,
      ) ?? stale,
    touches: ['/accounts'],
    onSaved: (saved) => {
      void message.success(t('channels.saved'))
      onSaved(saved)
    },
  })
  const isSet = (name: string) => account?.secrets?.includes(name) ?? false
  const inputs = (advanced: boolean) =>
    fields
      .filter((field) => field.advanced === advanced)
      .map((field) => <SettingInput key={field.name} field={field} isSet={isSet(field.name)} />)
  const wordOf = (name: string) => {
    const field = fields.find((each) => each.name === name)
    return field ? say(field.label) : t(`channels.${name}`)
  }
  return (
    <RecordDrawer
      title={account ? account.name : t('channels.addKind', { kind: say(kind.name) })}
      size={640}
      edit={edit}
      label={wordOf}
      onClose={onClose}
    >
      {kind.notice && (
        <Alert type="info" showIcon title={say(kind.notice)} style={{ marginBottom: 16 }} />
      )}
      <Form.Item name="name" label={t('name')} required extra={t('channels.nameHint')}>
        <Input maxLength={64} />
      </Form.Item>
      {inputs(false)}
      <div className="pair">
        <Form.Item name="flowId" label={t('channels.flow')} required>
          <Select options={main.map(({ id: value, name: label }) => ({ value, label }))} />
        </Form.Item>
        <Form.Item name="lang" label={t('channels.lang')} required>
          <Select options={languages.map((value) => ({ value, label: labels.lang(value) }))} />
        </Form.Item>
      </div>
      <Form.Item
        name="enabled"
        label={t('channels.enabled')}
        valuePropName="checked"
        extra={t('channels.enabledHint')}
      >
        <Switch />
      </Form.Item>
      {fields.some(({ advanced }) => advanced) && (
        <Collapse
          ghost
          className="advanced"
          items={[
            {
              key: 'advanced',
              label: t('channels.advanced'),
              // fields out of sight are checked and sent as well
              forceRender: true,
              children: inputs(true),
            },
          ]}
        />
      )}
    </RecordDrawer>
  )
}
