import { Checkbox, Select } from 'antd'
import { varTypes } from '../../../../bots/flow/parts.ts'
import { builtInVars } from '../../../../bots/flow/variables.ts'
import { useT } from '../../i18n/index.ts'
import { asList, asString, isObject } from '../doc.ts'
import { writeAt } from './edit-at.ts'
import type { Path } from './edit-at.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import { Field } from './Field.tsx'
import { Fold } from './Fold.tsx'
import { problemsAt, useSpot } from './form-scope.ts'
import { ItemList, movedItem } from './ItemList.tsx'
import { LiteralBox } from './LiteralBox.tsx'
import { ProblemNotes } from './ProblemNotes.tsx'
import { TextBox } from './TextBox.tsx'
import { declarations } from './variables.ts'
import type { VarType } from './variables.ts'

interface Props {
  path: Path
  label: string
  help: string
}

const NAME = /^[A-Za-z_]\w{0,39}$/

/** Declared variables: name, type, whether they are personal and shown to agents. */
export function VarsField({ path, label, help }: Props) {
  const t = useT('flows/form')
  const { doc } = useFlowEditor()
  const { value, set, problems } = useSpot(path)
  const list = asList(value)
  const names = declarations(doc).map((decl) => String(decl['name']))
  const nameOf = (at: number) => {
    const decl = list[at]
    return `${label} · ${isObject(decl) ? (asString(decl['name']) ?? '') : ''}`
  }
  const put = (at: number, inner: string, next: unknown, merge = false) =>
    set(writeAt(list, [at, inner], next), { merge })
  const fresh = () => {
    for (let number = names.length + 1; ; number++)
      if (!names.includes(`var${number}`)) return `var${number}`
  }
  const noteOn = (name: string): string[] => {
    if (!NAME.test(name)) return [t('variable.badName')]
    if (builtInVars.includes(name)) return [t('variable.reserved', { name })]
    return names.filter((each) => each === name).length > 1 ? [t('variable.twice', { name })] : []
  }
  const here = path.join('.')
  return (
    <Field
      group
      label={label}
      help={help}
      problems={problems.filter(({ field, code }) => field === here && !['RESERVED', 'VAR_DUP'].includes(code))} // prettier-ignore
    >
      {() => (
        <ItemList
          count={list.length}
          nameOf={nameOf}
          addLabel={t('variable.add')}
          onAdd={() => set([...list, { name: fresh(), type: 'text' }])}
          onMove={(at, to) => set(movedItem(list, at, to))}
          onRemove={(at) => {
            const left = list.filter((_, other) => other !== at)
            set(left.length > 0 ? left : undefined)
          }}
        >
          {(at) => {
            const decl = isObject(list[at]) ? list[at] : {}
            const name = asString(decl['name']) ?? ''
            const type = asString(decl['type']) as VarType | undefined
            return (
              <>
                <div className="form-line">
                  <div className="form-grow">
                    <TextBox
                      label={`${label} ${at + 1} · ${t('variable.name')}`}
                      value={decl['name']}
                      maxLength={40}
                      invalid={noteOn(name).length > 0}
                      onChange={(text) => put(at, 'name', text, true)}
                    />
                  </div>
                  <Select
                    className="form-op"
                    aria-label={`${nameOf(at)} · ${t('variable.type')}`}
                    value={type ?? null}
                    options={varTypes.map((each) => ({ value: each, label: t(`type.${each}`) }))}
                    onChange={(next: string | null) => next !== null && put(at, 'type', next)}
                  />
                </div>
                <ProblemNotes problems={problemsAt(problems, [...path, at])} notes={noteOn(name)} />
                <div className="form-row form-wrap">
                  {(['pii', 'attach'] as const).map((flag) => (
                    <Checkbox
                      key={flag}
                      checked={decl[flag] === true}
                      onChange={(event) => put(at, flag, event.target.checked || undefined)}
                    >
                      {t(`variable.${flag}`)}
                    </Checkbox>
                  ))}
                </div>
                <Fold title={t('variable.more')}>
                  <TextBox
                    label={`${nameOf(at)} · ${t('variable.note')}`}
                    placeholder={t('variable.note')}
                    value={decl['note']}
                    onChange={(text) => put(at, 'note', text || undefined, true)}
                  />
                  <span className="form-help">{t('variable.init')}</span>
                  <LiteralBox
                    label={`${nameOf(at)} · ${t('variable.init')}`}
                    type={type}
                    value={decl['init']}
                    onChange={(next) => put(at, 'init', next === '' ? undefined : next, true)}
                  />
                </Fold>
              </>
            )
          }}
        </ItemList>
      )}
    </Field>
  )
}
