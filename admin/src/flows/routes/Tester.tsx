import { Alert, Button, Form, Input, Select } from 'antd'
import type {
  FlowRoute,
  FlowRoutesView,
  RoutedView,
} from '../../../../gateway/flow-routes/schema.ts'
import { api } from '../../api/client.ts'
import { ErrorNotice } from '../../api/ErrorNotice.tsx'
import { useT } from '../../i18n/index.ts'
import { useAction } from '../../records/useAction.ts'
import { useLabels } from '../../records/useLabels.ts'
import { momentOf } from './ruleForm.ts'

interface Values {
  accountId: string
  called?: string
  text?: string
  lang?: string
  at?: string
}

interface Props {
  view: FlowRoutesView
  /** as they are being edited */
  routes: FlowRoute[]
  flowName(id: string): string
}

/** What would happen if somebody came now, from there, with these words. */
export function Tester({ view, routes, flowName }: Props) {
  const t = useT('flows/routes')
  const labels = useLabels()
  const [form] = Form.useForm<Values>()
  const accountId = Form.useWatch('accountId', form)
  const account = view.accounts.find(({ id }) => id === accountId)
  const isCall = account?.channel === 'voice'
  const asked = useAction(({ at, called, text, lang, accountId: id }: Values) => {
    const atMs = momentOf(at ?? '')
    return api.post<RoutedView>('/flow-routes/try', {
      accountId: id,
      routes,
      ...(isCall ? called && { called } : text && { text }),
      ...(lang && { lang }),
      ...(atMs !== undefined && { atMs }),
    })
  }, [])
  const routed = asked.data
  const nameOf = (id: string) => routes.find((rule) => rule.id === id)?.name ?? id
  return (
    <section className="tester" aria-label={t('test.title')}>
      <h3>{t('test.title')}</h3>
      <p className="quiet">{t('test.text')}</p>
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        onValuesChange={() => asked.reset()}
        onFinish={(values) => asked.mutate(values)}
      >
        <Form.Item name="accountId" label={t('test.account')} rules={[{ required: true }]}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={view.accounts.map((each) => ({
              value: each.id,
              label: `${each.name} · ${labels.channel(each.channel)}`,
            }))}
          />
        </Form.Item>
        {isCall ? (
          <Form.Item name="called" label={t('test.called')}>
            <Input maxLength={40} placeholder={account?.numbers.find((each) => each !== '*')} />
          </Form.Item>
        ) : (
          <Form.Item name="text" label={t('test.said')}>
            <Input maxLength={500} />
          </Form.Item>
        )}
        <div className="pair">
          <Form.Item name="lang" label={t('test.lang')}>
            <Select
              allowClear
              placeholder={account && labels.lang(account.lang)}
              options={['zh-CN', 'en'].map((value) => ({ value, label: labels.lang(value) }))}
            />
          </Form.Item>
          <Form.Item name="at" label={t('test.at')}>
            <Input type="datetime-local" />
          </Form.Item>
        </div>
        <Button htmlType="submit" loading={asked.isPending} disabled={!accountId}>
          {t('test.run')}
        </Button>
      </Form>
      <div aria-live="polite" className="part">
        <ErrorNotice error={asked.error} />
        {!routed && !asked.error && <p className="quiet">{t('test.pick')}</p>}
        {routed && (
          <>
            <Alert
              type="success"
              showIcon
              title={t('test.result', { flow: flowName(routed.flowId) })}
              description={
                routed.routeId === undefined
                  ? t('test.byAccount')
                  : t('test.by', { rule: nameOf(routed.routeId) })
              }
            />
            <ol className="tester-steps" aria-label={t('test.steps')}>
              {routed.steps.map(({ route, verdict }) => (
                <li key={route} className={verdict === 'chosen' ? '' : 'quiet'}>
                  {nameOf(route)}: {t(`verdict.${verdict}`)}
                </li>
              ))}
            </ol>
          </>
        )}
      </div>
    </section>
  )
}
