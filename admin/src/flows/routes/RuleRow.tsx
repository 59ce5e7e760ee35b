import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, EditOutlined } from '@ant-design/icons'
import { Button, Switch } from 'antd'
import type { FlowRoute, RouteWarning } from '../../../../gateway/flow-routes/schema.ts'
import { useT } from '../../i18n/index.ts'
import { Mark } from '../../records/Mark.tsx'
import { Link } from '../../router.tsx'

interface Props {
  rule: FlowRoute
  at: number
  count: number
  conditions: string[]
  flowName: string
  warnings: RouteWarning[]
  /** name of the rule a warning speaks of */
  nameOf(id: string): string
  onMove(by: -1 | 1): void
  onSwitch(enabled: boolean): void
  onEdit(): void
  onRemove(): void
}

export function RuleRow(props: Props) {
  const { rule, at, count, conditions, flowName, warnings, nameOf } = props
  const t = useT('flows/routes')
  const { name } = rule
  return (
    <li className={rule.enabled ? 'rule' : 'rule rule-off'}>
      <Switch
        size="small"
        checked={rule.enabled}
        aria-label={t('enabled', { name })}
        onChange={props.onSwitch}
      />
      <div className="rule-words">
        <div>
          <span className="quiet">{at + 1}</span> <b>{name}</b> →{' '}
          <Link to={`/flows/${rule.flowId}`}>{flowName}</Link>
        </div>
        <div>
          {conditions.map((each) => (
            <Mark key={each}>{each}</Mark>
          ))}
        </div>
        {warnings.map(({ code, what }) => (
          <div key={code} className="rule-warning">
            {t(`warning.${code}`, { what: code === 'covered' ? nameOf(what ?? '') : what })}
          </div>
        ))}
      </div>
      <div className="rule-tools">
        <Button
          type="text"
          disabled={at === 0}
          icon={<ArrowUpOutlined aria-hidden />}
          aria-label={t('up', { name })}
          onClick={() => props.onMove(-1)}
        />
        <Button
          type="text"
          disabled={at === count - 1}
          icon={<ArrowDownOutlined aria-hidden />}
          aria-label={t('down', { name })}
          onClick={() => props.onMove(1)}
        />
        <Button
          type="text"
          icon={<EditOutlined aria-hidden />}
          aria-label={t('edit', { name })}
          onClick={props.onEdit}
        />
        <Button
          type="text"
          danger
          icon={<DeleteOutlined aria-hidden />}
          aria-label={t('remove', { name })}
          onClick={props.onRemove}
        />
      </div>
    </li>
  )
}
