import { Button } from 'antd'
import { useT } from '../../i18n/index.ts'
import type { Path } from './edit-at.ts'
import { Field } from './Field.tsx'
import { useSpot } from './form-scope.ts'
import { ValueEditor } from './ValueEditor.tsx'

interface Props {
  path: Path
  label: string
  help?: string | undefined
  required?: boolean | undefined
}

/** A value that may be left out. */
export function ValueField({ path, label, help, required }: Props) {
  const t = useT('flows/form')
  const { value, set, problems } = useSpot(path)
  return (
    <Field group label={label} help={help} required={required ?? false} problems={problems}>
      {() =>
        value === undefined ? (
          <Button size="small" type="dashed" onClick={() => set({ literal: '' })}>
            {t('value.give')}
          </Button>
        ) : (
          <>
            <ValueEditor
              label={label}
              value={value}
              onChange={(next, merge) => set(next, { merge: merge ?? false })}
            />
            {!required && (
              <Button size="small" type="text" onClick={() => set(undefined)}>
                {t('value.leave')}
              </Button>
            )}
          </>
        )
      }
    </Field>
  )
}
