import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Select } from 'antd'
import { useT } from '../../i18n/index.ts'
import type { FlowProblem } from '../editor/flow-editor.ts'
import { conditionOf, conditionView } from './condition-parts.ts'
import { ConditionLine } from './ConditionLine.tsx'
import { useVariables } from './useVariables.ts'

interface Props {
  label: string
  value: unknown
  onChange(value: unknown, merge?: boolean): void
  problems?: readonly FlowProblem[]
  /** takes a line or a group out of the group around it */
  onRemove?(): void
  depth?: number
}

/** Groups within groups are hard to read from here on. */
const DEEPEST = 3

/** A condition put together without code: all or any of some lines, lines and groups denied, groups in groups. */
export function ConditionEditor(props: Props) {
  const { label, value, onChange, problems = [], onRemove, depth = 0 } = props
  const t = useT('flows/form')
  const variables = useVariables()
  const view = conditionView(value)
  const first = variables.find((each) => each.group === 'flow')?.path ?? 'lang'
  const line = { var: first, op: 'notEmpty' }
  const not = (
    <Checkbox
      checked={view.not}
      onChange={(event) => onChange(conditionOf({ ...view, not: event.target.checked }))}
    >
      {t('condition.not')}
    </Checkbox>
  )
  const remove = onRemove && (
    <Button
      type="text"
      size="small"
      icon={<CloseOutlined aria-hidden />}
      aria-label={t('item.remove', { name: label })}
      title={t('item.remove', { name: label })}
      onClick={onRemove}
    />
  )
  if (view.kind === 'line')
    return (
      <div className="form-condition" role="group" aria-label={label}>
        <ConditionLine
          label={label}
          line={view.line}
          problems={problems}
          onChange={(next, merge) => onChange(conditionOf({ ...view, line: next }), merge)}
        />
        <div className="form-row form-between">
          {not}
          <span>
            {depth === 0 && (
              <Button
                size="small"
                type="text"
                icon={<PlusOutlined aria-hidden />}
                onClick={() => onChange({ all: [conditionOf(view), line] })}
              >
                {t('condition.more')}
              </Button>
            )}
            {remove}
          </span>
        </div>
      </div>
    )
  const put = (parts: unknown[], merge?: boolean) =>
    onChange(conditionOf({ ...view, parts }), merge)
  return (
    <div
      className={`form-condition${depth > 0 ? ' form-inner' : ''}`}
      role="group"
      aria-label={label}
    >
      <div className="form-row form-between">
        <Select
          size="small"
          className="form-kind"
          aria-label={t('condition.kindOf', { label })}
          value={view.kind}
          options={(['all', 'any'] as const).map((kind) => ({
            value: kind,
            label: t(`condition.${kind}`),
          }))}
          onChange={(kind) => onChange(conditionOf({ ...view, kind }))}
        />
        <span>
          {not}
          {remove}
        </span>
      </div>
      {view.parts.length === 0 && (
        <p className="form-help">
          {t(view.kind === 'all' ? 'condition.always' : 'condition.never')}
        </p>
      )}
      {view.parts.map((part, at) => (
        <ConditionEditor
          key={at}
          depth={depth + 1}
          label={t('condition.one', { label, number: at + 1 })}
          value={part}
          onChange={(next, merge) => put(view.parts.map((each, other) => (other === at ? next : each)), merge)} // prettier-ignore
          onRemove={() => put(view.parts.filter((_, other) => other !== at))}
        />
      ))}
      <div className="form-row">
        <Button
          size="small"
          type="dashed"
          icon={<PlusOutlined aria-hidden />}
          aria-label={t('condition.addTo', { label })}
          onClick={() => put([...view.parts, line])}
        >
          {t('condition.add')}
        </Button>
        {depth < DEEPEST - 1 && (
          <Button
            size="small"
            type="text"
            aria-label={t('condition.addGroupTo', { label })}
            onClick={() => put([...view.parts, { [view.kind === 'all' ? 'any' : 'all']: [line] }])}
          >
            {t('condition.addGroup')}
          </Button>
        )}
      </div>
    </div>
  )
}
