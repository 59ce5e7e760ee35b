import type { Path } from './edit-at.ts'
import { Field } from './Field.tsx'
import { useSpot } from './form-scope.ts'
import { TemplateBox } from './TemplateBox.tsx'
import { TextBox } from './TextBox.tsx'
import { UNCHOSEN } from '../../../../bots/flow/description.ts'

interface Props {
  path: Path
  label: string
  help?: string | undefined
  required?: boolean | undefined
  multiline?: boolean | undefined
  placeholder?: string | undefined
  /** may hold variables */
  template?: boolean
}

export function TextField(props: Props) {
  const { path, label, help, required, multiline, placeholder, template } = props
  const { value, set, problems } = useSpot(path)
  const shown = value === UNCHOSEN ? '' : value
  const change = (text: string) => set(text === '' ? (value === UNCHOSEN || template ? UNCHOSEN : required ? '' : undefined) : text, { merge: true }) // prettier-ignore
  return (
    <Field
      label={label}
      help={help}
      required={required ?? false}
      problems={template ? [] : problems}
    >
      {({ id, describedBy }) =>
        template ? (
          <TemplateBox
            id={id}
            label={label}
            describedBy={describedBy}
            value={shown}
            problems={problems}
            onChange={change}
          />
        ) : (
          <TextBox
            id={id}
            describedBy={describedBy}
            value={shown}
            {...(multiline && { rows: { min: 2, max: 8 } })}
            {...(placeholder !== undefined && { placeholder })}
            onChange={change}
          />
        )
      }
    </Field>
  )
}
