import { App, Button, Form, Input, InputNumber, Switch } from 'antd'
import { may } from '../../../../gateway/domain/staff.ts'
import { putAnswerSettingsBody } from '../../../../gateway/answers/schema.ts'
import type { AnswerSettingsView } from '../../../../gateway/answers/schema.ts'
import { api } from '../../api/client.ts'
import { useT } from '../../i18n/index.ts'
import { FormNotices } from '../../records/FormNotices.tsx'
import { SecretInput } from '../../records/SecretInput.tsx'
import { useRecordForm } from '../../records/useRecordForm.ts'
import { useSession } from '../../session/useSession.ts'

type Values = Omit<AnswerSettingsView, 'keySet' | 'counts' | 'version'> & { key: string | null }

export function ModelForm({ settings }: { settings: AnswerSettingsView }) {
  const t = useT('knowledge/model')
  const { message } = App.useApp()
  const { me } = useSession()
  const readOnly = !may(me.role, 'manageAccounts')
  const edit = useRecordForm<AnswerSettingsView, Values>({
    record: settings,
    toValues: (stored) => {
      const { keySet: _keySet, counts: _counts, version: _version, ...fields } = stored ?? settings
      return { ...fields, key: '' }
    },
    schema: putAnswerSettingsBody,
    toBody: ({ key, ...fields }, stored) => ({
      ...fields,
      ...(key !== '' && { key }),
      version: stored?.version ?? 0,
    }),
    send: (body) => api.put<AnswerSettingsView>('/answers/settings', body),
    reload: () => api.get<AnswerSettingsView>('/answers/settings'),
    touches: ['/answers/settings'],
    onSaved: () => void message.success(t('saved')),
  })
  return (
    <>
      <FormNotices edit={edit} label={(field) => t(field)} />
      <Form
        form={edit.form}
        initialValues={edit.initial}
        layout="vertical"
        className="record-form"
        disabled={readOnly}
        onFinish={() => void edit.submit()}
      >
        <Form.Item
          name="enabled"
          label={t('enabled')}
          valuePropName="checked"
          extra={t('enabledHint')}
        >
          <Switch />
        </Form.Item>
        <Form.Item name="baseUrl" label={t('baseUrl')} extra={t('baseUrlHint')}>
          <Input placeholder="https://…/v1" maxLength={500} spellCheck={false} />
        </Form.Item>
        <Form.Item name="model" label={t('model')}>
          <Input maxLength={200} spellCheck={false} />
        </Form.Item>
        <Form.Item name="key" label={t('key')} extra={t('keyHint')}>
          <SecretInput label={t('key')} isSet={settings.keySet} optional maxLength={500} />
        </Form.Item>
        <Form.Item name="timeoutMs" label={t('timeoutMs')} extra={t('timeoutHint')}>
          <InputNumber min={300} max={20_000} step={100} precision={0} />
        </Form.Item>
        <Form.Item name="maxChars" label={t('maxChars')}>
          <InputNumber min={40} max={1000} step={10} precision={0} />
        </Form.Item>
        <Form.Item
          name="onCalls"
          label={t('onCalls')}
          valuePropName="checked"
          extra={t('onCallsHint')}
        >
          <Switch />
        </Form.Item>
        {readOnly ? (
          <p className="quiet">{t('readOnly')}</p>
        ) : (
          <Button type="primary" htmlType="submit" loading={edit.saving}>
            {t('save')}
          </Button>
        )}
      </Form>
    </>
  )
}
