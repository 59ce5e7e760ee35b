import { useId, useMemo } from 'react'
import { describeKind, kindOf } from '../../../../bots/flow/describe.ts'
import type { BlockDescription } from '../../../../bots/flow/description.ts'
import { useName, useT } from '../../i18n/index.ts'
import { asString } from '../doc.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import type { FlowProblem } from '../editor/flow-editor.ts'
import { ChannelTable } from './ChannelTable.tsx'
import { DescribedField } from './DescribedField.tsx'
import { Fold } from './Fold.tsx'
import { blockAt, FormScopeContext, problemsAt } from './form-scope.ts'
import { JsonField } from './JsonField.tsx'
import { ProblemNotes } from './ProblemNotes.tsx'
import { TextField } from './TextField.tsx'
import './form.css'

interface Props {
  blockId: string
}

/** The form of one block, drawn from what the block tells of itself. */
export function BlockForm({ blockId }: Props) {
  const t = useT('flows/form')
  const name = useName()
  const id = useId()
  const { doc, problems } = useFlowEditor()
  const block = blockAt(doc, blockId)
  const type = asString(block?.['type'])
  const own = useMemo(() => problems.filter((each) => each.block === blockId), [problems, blockId])
  const scope = useMemo(
    () => ({ root: ['blocks', blockId], problems: own, ...(type !== undefined && { type }) }),
    [blockId, own, type],
  )
  if (!block) return <p className="form quiet">{t('gone')}</p>
  const description = describeKind(kindOf(block))
  const plain = description?.fields.filter(({ advanced }) => !advanced) ?? []
  const more = description?.fields.filter(({ advanced }) => advanced) ?? []
  const moreProblems = more.flatMap(({ path }) => problemsAt(own, path.split('.')))
  return (
    <FormScopeContext value={scope}>
      {/* another block is another form: nothing half open goes along */}
      <section key={blockId} className="form" aria-labelledby={id}>
        <header className="form-head">
          <h2 id={id}>
            {description ? name(description.name) : (type ?? '?')} <code>{blockId}</code>
          </h2>
          {description && <p className="form-help">{name(description.help)}</p>}
        </header>
        <ProblemNotes problems={unplaced(own, description)} />
        <TextField path={['label']} label={t('block.label')} placeholder={t('block.labelHint')} />
        {description ? (
          plain.map((field) => <DescribedField key={field.path} field={field} />)
        ) : (
          <JsonField path={[]} label={t('block.unknown')} />
        )}
        {more.length > 0 && (
          <Fold
            open={moreProblems.length > 0}
            title={t('block.more', {
              what: firstOf(
                more.map(({ label }) => name(label)),
                t('and'),
              ),
            })}
          >
            {more.map((field) => (
              <DescribedField key={field.path} field={field} />
            ))}
          </Fold>
        )}
        {description && <ChannelTable description={description} problems={own} />}
        <Fold title={t('block.note')}>
          <TextField multiline path={['ui', 'note']} label={t('block.noteLabel')} />
        </Fold>
      </section>
    </FormScopeContext>
  )
}

/** What is folded away, in one line. */
const firstOf = (names: readonly string[], and: string): string =>
  names.slice(0, 3).join(and) + (names.length > 3 ? ' …' : '')

/** What no field shows. */
function unplaced(problems: readonly FlowProblem[], description?: BlockDescription): FlowProblem[] {
  const shown = (description?.fields ?? []).flatMap(({ path }) =>
    problemsAt(problems, path.split('.')),
  )
  return problems.filter((each) => !shown.includes(each))
}
