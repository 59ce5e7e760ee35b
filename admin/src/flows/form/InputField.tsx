import { Select } from 'antd'
import { useContext } from 'react'
import { defaultInput } from '../../../../bots/flow/default-input.ts'
import { useT } from '../../i18n/index.ts'
import { asObject } from '../doc.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import { readAt } from './edit-at.ts'
import type { Path } from './edit-at.ts'
import { Field } from './Field.tsx'
import { FormScopeContext, useSpot } from './form-scope.ts'
import { NumberField } from './NumberField.tsx'
import { SelectField } from './SelectField.tsx'

interface Props {
  path: Path
}

/** How answers are taken: what is left empty is as the flow says, and what that leaves, as shown. */
export function InputField({ path }: Props) {
  const t = useT('flows/form')
  const { doc } = useFlowEditor()
  const { root } = useContext(FormScopeContext)
  const ofFlow = root.length > 0 ? asObject(doc['input']) : {}
  const usual = (name: string): unknown =>
    readAt(ofFlow, name.split('.')) ?? readAt(defaultInput, name.split('.'))
  const number = (name: string, min: number, max: number | undefined, scale = 1, unit?: string) => {
    const value = usual(name)
    return (
      <NumberField
        path={[...path, ...name.split('.')]}
        label={t(`input.${name}`)}
        min={min}
        max={max}
        scale={scale}
        unit={unit}
        placeholder={
          typeof value === 'number' ? t('input.usual', { value: value / scale }) : undefined
        }
      />
    )
  }
  return (
    <>
      <div className="form-pair">
        {number('timeoutMs', 500, 3_600_000, 1000, t('seconds'))}
        {number('maxNoInput', 0, 10)}
        {number('maxNoMatch', 0, 10)}
      </div>
      <div className="form-pair">
        <EitherOr path={[...path, 'bargeIn']} name="bargeIn" usual={usual('bargeIn')} />
        <EitherOr path={[...path, 'sayChoices']} name="sayChoices" usual={usual('sayChoices')} />
      </div>
      <SelectField
        many
        path={[...path, 'modes']}
        label={t('input.modes')}
        options={(['dtmf', 'speech', 'text'] as const).map((mode) => ({
          value: mode,
          label: t(`input.mode.${mode}`),
        }))}
        placeholder={t('input.usual', {
          value: (usual('modes') as string[]).map((mode) => t(`input.mode.${mode}`)).join(t('and')),
        })}
      />
      <div className="form-pair">
        {number('dtmf.minDigits', 1, undefined)}
        {number('dtmf.maxDigits', 1, 40)}
        {number('dtmf.interDigitMs', 200, undefined, 1000, t('seconds'))}
        <SelectField
          path={[...path, 'dtmf', 'endKey']}
          label={t('input.dtmf.endKey')}
          options={['#', '*'].map((value) => ({ value, label: value }))}
        />
      </div>
      <div className="form-pair">
        {number('minConfidence', 0, 1)}
        {number('confirmBelow', 0, 1)}
      </div>
    </>
  )
}

/** Yes, no, or as the flow says. */
function EitherOr({ path, name, usual }: { path: Path; name: string; usual: unknown }) {
  const t = useT('flows/form')
  const { value, set, problems } = useSpot(path)
  const byItself = typeof usual === 'boolean' ? t(`input.${name}.${usual ? 'yes' : 'no'}`) : t(`input.${name}.usual`) // prettier-ignore
  return (
    <Field label={t(`input.${name}.label`)} problems={problems}>
      {({ id, describedBy }) => (
        <Select
          id={id}
          className="form-wide"
          aria-describedby={describedBy}
          value={typeof value === 'boolean' ? String(value) : ''}
          options={[
            { value: '', label: t('input.usual', { value: byItself }) },
            { value: 'true', label: t(`input.${name}.yes`) },
            { value: 'false', label: t(`input.${name}.no`) },
          ]}
          onChange={(next: string) => set(next === '' ? undefined : next === 'true')}
        />
      )}
    </Field>
  )
}
