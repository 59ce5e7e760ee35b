import { Select } from 'antd'
import { useT } from '../../i18n/index.ts'
import { asString, isObject } from '../doc.ts'
import type { Loose } from '../doc.ts'
import type { FlowProblem } from '../editor/flow-editor.ts'
import { operatorsFor, takesValue } from './condition-parts.ts'
import { ProblemNotes } from './ProblemNotes.tsx'
import { TextBox } from './TextBox.tsx'
import { useVariables } from './useVariables.ts'
import { ValueEditor } from './ValueEditor.tsx'
import { VariableBox } from './VariableBox.tsx'
import { typeOf } from './variables.ts'

interface Props {
  label: string
  line: Loose
  problems: readonly FlowProblem[]
  onChange(line: Loose, merge?: boolean): void
}

/** Variable, operator, value. */
export function ConditionLine({ label, line, problems, onChange }: Props) {
  const t = useT('flows/form')
  const variables = useVariables()
  const type = typeOf(variables, line['var'])
  const operator = asString(line['op'])
  const literal = isObject(line['value']) ? line['value']['literal'] : undefined
  const turn = (op: string) => {
    const { value, ...others } = line
    const many = op === 'in'
    // one value becomes a list of one, and back
    const fits = isObject(value) && 'literal' in value && many !== Array.isArray(value['literal'])
    const held = fits
      ? { literal: many ? asOne(literal) : ((literal as unknown[])[0] ?? '') }
      : value
    onChange(takesValue(op) ? { ...others, op, value: held ?? { literal: many ? [] : type === 'bool' ? true : '' } } : { ...others, op }) // prettier-ignore
  }
  return (
    <div className="form-stack">
      <div className="form-line">
        <div className="form-grow">
          <VariableBox
            label={t('condition.variable', { label })}
            value={line['var']}
            onChange={(path) => onChange({ ...line, var: path }, true)}
          />
        </div>
        <Select
          className="form-op"
          aria-label={t('condition.op', { label })}
          value={operator ?? null}
          options={operatorsFor(type, operator).map((each) => ({
            value: each,
            label: t(`op.${each}`),
          }))}
          onChange={(op: string | null) => op !== null && turn(op)}
        />
      </div>
      {operator === 'matches' ? (
        <TextBox
          label={t('condition.value', { label })}
          placeholder={t('condition.pattern')}
          value={literal}
          onChange={(text) => onChange({ ...line, value: { literal: text } }, true)}
        />
      ) : (
        takesValue(operator) && (
          <ValueEditor
            label={t('condition.value', { label })}
            type={type}
            many={operator === 'in'}
            value={line['value']}
            onChange={(value, merge) => onChange({ ...line, value }, merge)}
          />
        )
      )}
      <ProblemNotes problems={problems.filter(({ code }) => code !== 'UNDECLARED')} />
    </div>
  )
}

const asOne = (literal: unknown): unknown[] =>
  literal === undefined || literal === '' ? [] : [literal]
