import { PlusOutlined } from '@ant-design/icons'
import { Alert, App, Button, Empty } from 'antd'
import { useState } from 'react'
import type { FlowRoute } from '../../../../gateway/flow-routes/schema.ts'
import type { FlowSummaryView } from '../../../../gateway/flows/schema.ts'
import { ErrorNotice } from '../../api/ErrorNotice.tsx'
import { useT } from '../../i18n/index.ts'
import { Load } from '../../records/Load.tsx'
import { Mark } from '../../records/Mark.tsx'
import { useItems } from '../../records/useItems.ts'
import { RuleDrawer } from './RuleDrawer.tsx'
import { RuleRow } from './RuleRow.tsx'
import { Tester } from './Tester.tsx'
import { useConditionWords } from './useConditionWords.ts'
import { useRules } from './useRules.ts'
import './routes.css'

/** Which conversation begins with which flow: the list, and what would happen if. */
export default function RoutesTab() {
  const rules = useRules()
  return <Load of={rules.stored}>{(view) => <Rules view={view} rules={rules} />}</Load>
}

type Rules = ReturnType<typeof useRules>

function Rules({ view, rules }: { view: NonNullable<Rules['stored']['data']>; rules: Rules }) {
  const t = useT('flows/routes')
  const { message } = App.useApp()
  const conditionsOf = useConditionWords(view)
  const flows = useItems<FlowSummaryView>('/flows')
  const [editing, edit] = useState<{ rule: FlowRoute | undefined }>()
  const { routes, change, isDirty, isConflict } = rules
  const flowName = (id: string) => flows.data?.find((flow) => flow.id === id)?.name ?? id
  const nameOf = (id: string) => routes.find((rule) => rule.id === id)?.name ?? id
  const put = (rule: FlowRoute) => {
    const isKnown = routes.some(({ id }) => id === rule.id)
    change(isKnown ? routes.map((each) => (each.id === rule.id ? rule : each)) : [...routes, rule])
    edit(undefined)
  }
  const move = (at: number, by: -1 | 1) => {
    const next = [...routes]
    next.splice(at + by, 0, ...next.splice(at, 1))
    change(next)
  }
  const save = async () => {
    if (await rules.save()) void message.success(t('saved'))
  }
  return (
    <div className="routes">
      <div>
        <div className="bar">
          <span className="quiet bar-hint">{t('hint')}</span>
          {isDirty && (
            <>
              <Mark tone="amber">{t('unsaved')}</Mark>
              <Button onClick={rules.discard}>{t('discard')}</Button>
            </>
          )}
          <Button disabled={!isDirty} loading={rules.saving} onClick={() => void save()}>
            {t('save')}
          </Button>
          <Button
            type="primary"
            icon={<PlusOutlined aria-hidden />}
            onClick={() => edit({ rule: undefined })}
          >
            {t('add')}
          </Button>
        </div>
        {isConflict ? (
          <Alert
            type="warning"
            showIcon
            role="alert"
            title={t('conflict')}
            description={t('conflictText')}
            action={<Button onClick={rules.discard}>{t('reload')}</Button>}
          />
        ) : (
          <ErrorNotice error={rules.error} />
        )}
        {routes.length === 0 ? (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('empty')} />
        ) : (
          <ol className="rules" aria-label={t('list')}>
            {routes.map((rule, at) => (
              <RuleRow
                key={rule.id}
                rule={rule}
                at={at}
                count={routes.length}
                conditions={conditionsOf(rule.when)}
                flowName={flowName(rule.flowId)}
                // of the list as it is stored: what is being moved about is judged when it is saved
                warnings={isDirty ? [] : view.warnings.filter(({ route }) => route === rule.id)}
                nameOf={nameOf}
                onMove={(by) => move(at, by)}
                onSwitch={(enabled) => put({ ...rule, enabled })}
                onEdit={() => edit({ rule })}
                onRemove={() => change(routes.filter(({ id }) => id !== rule.id))}
              />
            ))}
            <li className="rule rule-last">
              <b>{t('last')}</b> → {t('lastText')}
            </li>
          </ol>
        )}
      </div>
      <Tester view={view} routes={routes} flowName={flowName} />
      {editing && (
        <RuleDrawer
          rule={editing.rule}
          view={view}
          flows={flows.data ?? []}
          onDone={put}
          onClose={() => edit(undefined)}
        />
      )}
    </div>
  )
}
