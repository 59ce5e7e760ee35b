import { Select } from 'antd'
import { useState } from 'react'
import { useT } from '../../i18n/index.ts'
import { asString, isObject } from '../doc.ts'
import type { FlowProblem } from '../editor/flow-editor.ts'
import { LiteralBox } from './LiteralBox.tsx'
import { ProblemNotes } from './ProblemNotes.tsx'
import { TemplateBox } from './TemplateBox.tsx'
import { VariableBox } from './VariableBox.tsx'
import type { VarType } from './variables.ts'

interface Props {
  label: string
  value: unknown
  onChange(value: unknown, merge?: boolean): void
  /** what is expected, where that is known */
  type?: VarType | undefined
  /** several literals: the right side of `in` */
  many?: boolean
  problems?: readonly FlowProblem[]
}

const kinds = ['literal', 'var', 'template'] as const
type Kind = (typeof kinds)[number]

/** A value: fixed, from a variable, or text with variables in it. */
export function ValueEditor({ label, value, onChange, type, many, problems = [] }: Props) {
  const t = useT('flows/form')
  const held = isObject(value) ? value : {}
  const kind: Kind = kinds.find((each) => each in held) ?? 'literal'
  // what was there before another kind was chosen comes back with it
  const [kept, keep] = useState<Partial<Record<Kind, unknown>>>({})
  const turn = (to: Kind) => {
    keep({ ...kept, [kind]: held })
    const text = asString(held['literal']) ?? asString(held['template'])
    const fresh: Record<Kind, unknown> = {
      literal: { literal: text ?? (type === 'bool' ? true : '') },
      var: { var: 'lastText' },
      template: { template: text ?? '' },
    }
    onChange(kept[to] ?? fresh[to])
  }
  return (
    <div className="form-value">
      <Select
        className="form-kind"
        aria-label={t('value.kindOf', { label })}
        value={kind}
        options={kinds.map((each) => ({ value: each, label: t(`value.${each}`) }))}
        onChange={turn}
      />
      <div className="form-grow">
        {kind === 'var' ? (
          <VariableBox
            label={label}
            value={held['var']}
            onChange={(path) => onChange({ var: path }, true)}
          />
        ) : kind === 'template' ? (
          <TemplateBox
            label={label}
            value={held['template']}
            onChange={(template) => onChange({ template }, true)}
          />
        ) : (
          <LiteralBox
            label={label}
            type={type}
            many={many ?? false}
            value={held['literal']}
            onChange={(literal) => onChange({ literal }, true)}
          />
        )}
        {kind !== 'template' && <ProblemNotes problems={problems} />}
      </div>
    </div>
  )
}
