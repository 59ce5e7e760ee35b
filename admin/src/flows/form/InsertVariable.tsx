import { Button, Input, Popover, Select } from 'antd'
import { useRef, useState } from 'react'
import { useT } from '../../i18n/index.ts'
import { filterNames } from './template-notes.ts'
import { useVariables } from './useVariables.ts'
import { variableOptions } from './variable-options.ts'

interface Props {
  /** of what: 中文文字 */
  into: string
  onInsert(placeholder: string): void
}

const withArgument = ['default', 'join']

/** Puts `{{phone|mask}}` where the caret stands: the variable from a list, then how it is shown. */
export function InsertVariable({ into, onInsert }: Props) {
  const t = useT('flows/form')
  const [open, setOpen] = useState(false)
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      open={open}
      onOpenChange={setOpen}
      destroyOnHidden
      content={
        <Chooser
          onClose={() => setOpen(false)}
          onInsert={(placeholder) => {
            setOpen(false)
            onInsert(placeholder)
          }}
        />
      }
    >
      <Button
        size="small"
        type="text"
        className="form-small"
        aria-expanded={open}
        aria-label={`{{ }} ${t('insert.into', { into })}`}
        title={t('insert.into', { into })}
      >
        {'{{ }}'} {t('insert.short')}
      </Button>
    </Popover>
  )
}

function Chooser({ onInsert, onClose }: { onInsert(text: string): void; onClose(): void }) {
  const t = useT('flows/form')
  const variables = useVariables()
  const [path, setPath] = useState<string>()
  const [filter, setFilter] = useState('')
  const [argument, setArgument] = useState('')
  const go = useRef<HTMLButtonElement>(null)
  const choose = (chosen: string) => {
    setPath(chosen)
    const personal = variables.find((each) => each.path === chosen)?.pii
    setFilter(personal ? 'mask' : '')
    go.current?.focus()
  }
  const asked = withArgument.includes(filter)
  const placeholder = [path, filter && (asked && argument ? `${filter}:${argument}` : filter)]
    .filter(Boolean)
    .join('|')
  return (
    <div
      className="form-insert"
      role="dialog"
      aria-label={t('insert.title')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <Select
        autoFocus
        showSearch
        className="form-wide"
        aria-label={t('insert.variable')}
        placeholder={t('insert.variable')}
        value={path ?? null}
        options={variableOptions(variables, t)}
        onChange={(chosen: string | null) => chosen !== null && choose(chosen)}
      />
      <Select
        className="form-wide"
        aria-label={t('insert.filter')}
        value={filter}
        options={['', ...filterNames].map((value) => ({
          value,
          label: value ? `${t(`filter.${value}`)} (${value})` : t('filter.none'),
        }))}
        onChange={setFilter}
      />
      {asked && (
        <Input
          aria-label={t(`insert.${filter}`)}
          placeholder={t(`insert.${filter}`)}
          value={argument}
          onChange={(event) => setArgument(event.target.value)}
        />
      )}
      <Button
        ref={go}
        type="primary"
        size="small"
        disabled={path === undefined}
        onClick={() => onInsert(`{{${placeholder}}}`)}
      >
        {path === undefined ? t('insert.do') : t('insert.doThis', { what: `{{${placeholder}}}` })}
      </Button>
    </div>
  )
}
