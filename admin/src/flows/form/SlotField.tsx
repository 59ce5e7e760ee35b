import { Select } from 'antd'
import { useState } from 'react'
import { useT } from '../../i18n/index.ts'
import { asString, isObject } from '../doc.ts'
import { ChoicesField } from './ChoicesField.tsx'
import type { Path } from './edit-at.ts'
import { Field } from './Field.tsx'
import { langsOf, useSpot } from './form-scope.ts'
import { NumberField } from './NumberField.tsx'
import { SelectField } from './SelectField.tsx'
import { SwitchField } from './SwitchField.tsx'
import { TextField } from './TextField.tsx'
import { useFlowEditor } from '../editor/flow-editor.ts'

interface Props {
  path: Path
  label: string
  help?: string | undefined
}

const types = ['text', 'digits', 'number', 'phone', 'yesno', 'date', 'enum', 'media', 'location']

/** What an answer must be, and its bounds. */
export function SlotField({ path, label, help }: Props) {
  const t = useT('flows/form')
  const { doc } = useFlowEditor()
  const { value, set, problems } = useSpot(path)
  const slot = isObject(value) ? value : {}
  const type = asString(slot['type']) ?? ''
  // turned to another kind and back: its bounds are there again
  const [kept, keep] = useState<Record<string, unknown>>({})
  const fresh = (to: string) => {
    if (to !== 'enum') return { type: to }
    const words = Object.fromEntries(langsOf(doc).map((lang) => [lang, '']))
    return { type: to, choices: [{ id: 'choice1', dtmf: '1', label: words }] }
  }
  const here = path.join('.')
  return (
    <>
      <Field
        label={label}
        help={help ?? t(`slot.help.${type}`, { defaultValue: '' })}
        required
        problems={problems.filter(({ field }) => field === here || field === `${here}.type`)}
      >
        {({ id, describedBy }) => (
          <Select
            id={id}
            className="form-wide"
            aria-describedby={describedBy}
            value={type || null}
            options={types.map((each) => ({ value: each, label: t(`slot.${each}`) }))}
            onChange={(to: string | null) => {
              if (to === null) return
              keep({ ...kept, [type]: slot })
              set(kept[to] ?? fresh(to))
            }}
          />
        )}
      </Field>
      <SlotBounds type={type} path={path} />
    </>
  )
}

function SlotBounds({ type, path }: { type: string; path: Path }) {
  const t = useT('flows/form')
  const number = (name: string, least?: number) => (
    <NumberField
      path={[...path, name]}
      label={t(`slot.${name}`)}
      {...(least !== undefined && { min: least })}
    />
  )
  switch (type) {
    case 'text':
      return (
        <>
          <div className="form-pair">
            {number('minLength', 0)}
            {number('maxLength', 1)}
          </div>
          <TextField
            path={[...path, 'pattern']}
            label={t('slot.pattern')}
            help={t('slot.patternHelp')}
          />
        </>
      )
    case 'digits':
      return (
        <div className="form-pair">
          {number('minLength', 1)}
          {number('maxLength', 1)}
        </div>
      )
    case 'number':
      return (
        <>
          <div className="form-pair">
            {number('min')}
            {number('max')}
          </div>
          <SwitchField path={[...path, 'integer']} label={t('slot.integer')} />
        </>
      )
    case 'phone':
      return (
        <SelectField
          path={[...path, 'country']}
          label={t('slot.country')}
          options={['CN', 'intl'].map((value) => ({ value, label: t(`slot.countries.${value}`) }))}
        />
      )
    case 'date':
      return (
        <>
          <SwitchField path={[...path, 'future']} label={t('slot.future')} />
          <SwitchField path={[...path, 'past']} label={t('slot.past')} />
        </>
      )
    case 'enum':
      return (
        <ChoicesField
          path={[...path, 'choices']}
          label={t('slot.choices')}
          exits={false}
          required
        />
      )
    case 'media':
      return <SwitchField path={[...path, 'orText']} label={t('slot.orText')} />
    default:
      return null
  }
}
