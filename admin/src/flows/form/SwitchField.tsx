import { Switch } from 'antd'
import type { Path } from './edit-at.ts'
import { useSpot } from './form-scope.ts'
import { ProblemNotes } from './ProblemNotes.tsx'
import { useId } from 'react'

interface Props {
  path: Path
  label: string
  help?: string | undefined
  /** what holds while nothing is said */
  fallback?: boolean | undefined
}

/** Yes or no; what is as it is by itself is not written down. */
export function SwitchField({ path, label, help, fallback = false }: Props) {
  const { value, set, problems } = useSpot(path)
  const id = useId()
  return (
    <div className="form-field">
      <div className="form-switch">
        <Switch
          id={id}
          size="small"
          aria-describedby={`${id}-help`}
          checked={typeof value === 'boolean' ? value : fallback}
          onChange={(on) => set(on === fallback ? undefined : on)}
        />
        <label htmlFor={id}>{label}</label>
      </div>
      <div id={`${id}-help`}>
        {help !== undefined && <p className="form-help">{help}</p>}
        <ProblemNotes problems={problems} />
      </div>
    </div>
  )
}
