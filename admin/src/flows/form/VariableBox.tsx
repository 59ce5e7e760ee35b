import { AutoComplete, Button } from 'antd'
import type { GetRef } from 'antd'
import { useContext, useRef } from 'react'
import { builtInVars } from '../../../../bots/flow/variables.ts'
import { useT } from '../../i18n/index.ts'
import { asList } from '../doc.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import { blockAt, FormScopeContext } from './form-scope.ts'
import { ProblemNotes } from './ProblemNotes.tsx'
import { useVariables } from './useVariables.ts'
import { variableOptions } from './variable-options.ts'
import { isKnown, typeStoredBy } from './variables.ts'

interface Props {
  id?: string
  label: string
  describedBy?: string
  value: unknown
  onChange(path: string): void
  /** stores here: only variables of the flow, and new ones */
  write?: boolean
}

const NAME = /^[A-Za-z_]\w{0,39}$/

/** A variable, typed or from the list; one that does not exist yet can be made on the spot. */
export function VariableBox({ id, label, describedBy, value, onChange, write }: Props) {
  const t = useT('flows/form')
  const { doc, change } = useFlowEditor()
  const box = useRef<GetRef<typeof AutoComplete>>(null)
  const { type, root } = useContext(FormScopeContext)
  const variables = useVariables()
  const path = typeof value === 'string' ? value : ''
  const name = path.split('.')[0]!
  const offered = write
    ? variables.filter((each) => each.group === 'flow' && !each.path.includes('.'))
    : variables
  const unknown = path !== '' && !isKnown(doc, path, write ? undefined : type)
  const reserved = write && builtInVars.includes(name)
  const make = () => {
    const block = root[0] === 'blocks' ? blockAt(doc, String(root[1])) : undefined
    change((now) => ({
      ...now,
      vars: [...asList(now['vars']), { name, type: write && block ? typeStoredBy(block) : 'text' }],
    }))
  }
  return (
    <>
      <AutoComplete
        ref={box}
        className="form-wide"
        {...(id !== undefined && { id })}
        aria-label={label}
        {...(describedBy !== undefined && { 'aria-describedby': describedBy })}
        value={path}
        options={variableOptions(offered, t)}
        showSearch={{
          filterOption: (typed: string, option?: { value?: unknown; label?: unknown }) =>
            // the whole list while nothing else is typed
            typed === path && offered.some((each) => each.path === path)
              ? true
              : `${String(option?.value ?? '')} ${String(option?.label ?? '')}`
                  .toLowerCase()
                  .includes(typed.toLowerCase()),
        }}
        status={unknown ? 'error' : ''}
        onChange={(typed: string) => onChange(typed.trim())}
      />
      {reserved ? (
        <ProblemNotes problems={[]} notes={[t('variable.reserved', { name })]} />
      ) : (
        unknown &&
        (NAME.test(name) ? (
          <p className="form-help form-error">
            {t('variable.missing', { name })}{' '}
            <Button
              size="small"
              onClick={() => {
                make()
                // the button goes with the click
                box.current?.focus()
              }}
            >
              {t('variable.make', { name })}
            </Button>
          </p>
        ) : (
          <ProblemNotes problems={[]} notes={[t('variable.badName')]} />
        ))
      )}
    </>
  )
}
