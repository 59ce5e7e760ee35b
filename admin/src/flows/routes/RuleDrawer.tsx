import { Button, Checkbox, Drawer, Form, Input, InputNumber, Select } from 'antd'
import { channels } from '../../../../bots/flow/parts.ts'
import type { FlowRoute, FlowRoutesView } from '../../../../gateway/flow-routes/schema.ts'
import type { FlowSummaryView } from '../../../../gateway/flows/schema.ts'
import { useName, useT } from '../../i18n/index.ts'
import { useLabels } from '../../records/useLabels.ts'
import { minuteOf, weekOrder } from '../../settings/hours/week.ts'
import { ruleOf, ruleValues } from './ruleForm.ts'
import type { RuleValues } from './ruleForm.ts'

interface Props {
  rule: FlowRoute | undefined
  view: FlowRoutesView
  flows: FlowSummaryView[]
  onDone(rule: FlowRoute): void
  onClose(): void
}

const NUMBER = /^(\+?[\d\s().-]{1,38}\*?|\*)$/

/** One rule: all conditions side by side, empty ones mean nothing. */
export function RuleDrawer({ rule, view, flows, onDone, onClose }: Props) {
  const t = useT('flows/routes')
  const name = useName()
  const labels = useLabels()
  const [form] = Form.useForm<RuleValues>()
  const scheduleId = Form.useWatch('scheduleId', form)
  const tags = (field: 'numbers' | 'keywords' | 'scenes', pattern?: RegExp) => (
    <Form.Item
      name={field}
      label={t(`form.${field}`)}
      extra={t(`form.${field}Hint`)}
      rules={[
        {
          validator: (_, list: string[]) =>
            !pattern || list.every((each) => pattern.test(each))
              ? Promise.resolve()
              : Promise.reject(new Error(t('form.numberWrong'))),
        },
      ]}
    >
      <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', ',', '、']} />
    </Form.Item>
  )
  const time = (field: 'from' | 'to') => (
    <Form.Item
      name={field}
      label={t(`form.${field}`)}
      rules={[
        {
          validator: (_, typed: string) =>
            typed === '' || minuteOf(typed) !== undefined
              ? Promise.resolve()
              : Promise.reject(new Error()),
        },
      ]}
    >
      <Input placeholder={field === 'from' ? '00:00' : '24:00'} style={{ width: 90 }} />
    </Form.Item>
  )
  return (
    <Drawer
      open
      size={640}
      title={t(rule ? 'form.edit' : 'form.create')}
      onClose={onClose}
      footer={
        <div className="drawer-foot">
          <span className="drawer-foot-gap" />
          <Button type="primary" onClick={() => form.submit()}>
            {t('form.ok')}
          </Button>
        </div>
      }
    >
      <Form<RuleValues>
        form={form}
        layout="vertical"
        className="record-form"
        initialValues={ruleValues(rule)}
        requiredMark={false}
        onFinish={(values) => onDone(ruleOf({ ...ruleValues(rule), ...values }, rule))}
      >
        <Form.Item
          name="name"
          label={t('form.name')}
          rules={[{ required: true, whitespace: true }]}
        >
          <Input maxLength={100} autoFocus />
        </Form.Item>
        <Form.Item name="flowId" label={t('form.flow')} rules={[{ required: true }]}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={flows
              .filter(({ kind }) => kind === 'main')
              .concat(flows.filter(({ kind }) => kind === 'sub'))
              .map(({ id, name: label }) => ({ value: id, label }))}
          />
        </Form.Item>
        <p className="quiet">{t('form.all')}</p>
        <div className="pair">
          <Form.Item name="channels" label={t('form.channels')}>
            <Select
              mode="multiple"
              options={channels.map((value) => ({ value, label: labels.channel(value) }))}
            />
          </Form.Item>
          <Form.Item name="accounts" label={t('form.accounts')}>
            <Select
              mode="multiple"
              showSearch={{ optionFilterProp: 'label' }}
              options={view.accounts.map((account) => ({
                value: account.id,
                label: `${account.name} · ${labels.channel(account.channel)}`,
              }))}
            />
          </Form.Item>
        </div>
        <div className="pair">
          {tags('numbers', NUMBER)}
          {tags('keywords')}
        </div>
        <div className="pair">
          <Form.Item name="langs" label={t('form.langs')}>
            <Select
              mode="tags"
              options={['zh-CN', 'en', 'zh', 'ja', 'ko'].map((value) => ({
                value,
                label: labels.lang(value),
              }))}
            />
          </Form.Item>
          {tags('scenes')}
        </div>
        <div className="pair">
          <Form.Item name="scheduleId" label={t('form.schedule')}>
            <Select
              allowClear
              options={view.schedules.map((each) => ({ value: each.id, label: name(each.name) }))}
            />
          </Form.Item>
          <Form.Item name="scheduleIs" label={t('form.is')}>
            <Checkbox.Group
              disabled={!scheduleId}
              options={(['open', 'closed', 'holiday'] as const).map((value) => ({
                value,
                label: t(`hours.${value}`),
              }))}
            />
          </Form.Item>
        </div>
        <Form.Item
          name="days"
          label={t('form.days')}
          extra={t('form.timesHint', { timezone: view.timezone })}
        >
          <Checkbox.Group
            options={weekOrder.map((value) => ({ value, label: t(`days.${value}`) }))}
          />
        </Form.Item>
        <div className="rule-times">
          {time('from')}
          {time('to')}
        </div>
        <div className="pair">
          <Form.Item name="fromDate" label={`${t('form.period')} · ${t('form.fromDate')}`}>
            <Input type="datetime-local" />
          </Form.Item>
          <Form.Item name="untilDate" label={`${t('form.period')} · ${t('form.untilDate')}`}>
            <Input type="datetime-local" />
          </Form.Item>
        </div>
        <Form.Item name="percent" label={t('form.percent')} extra={t('form.percentHint')}>
          <InputNumber min={1} max={100} precision={0} />
        </Form.Item>
      </Form>
    </Drawer>
  )
}
