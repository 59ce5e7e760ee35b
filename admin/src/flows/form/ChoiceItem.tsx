import { Checkbox } from 'antd'
import { useT } from '../../i18n/index.ts'
import { useVariables } from './useVariables.ts'
import { ConditionEditor } from './ConditionEditor.tsx'
import { Fold } from './Fold.tsx'
import { LiteralBox } from './LiteralBox.tsx'
import { MoreWords } from './MoreWords.tsx'
import { PerLang } from './PerLang.tsx'
import { ProblemNotes } from './ProblemNotes.tsx'
import { TextBox } from './TextBox.tsx'
import type { PartList } from './usePartList.ts'

interface Props {
  choices: PartList
  at: number
  /** 选项 1:咨询 */
  name: string
  exits: boolean
}

export function ChoiceItem({ choices, at, name, exits }: Props) {
  const t = useT('flows/form')
  const variables = useVariables()
  const choice = choices.list[at]!
  const first = variables.find((each) => each.group === 'flow')?.path ?? 'lang'
  const problems = choices.problemsOf(at)
  return (
    <>
      <div className="form-choice">
        <KeyBox
          label={`${name} · ${t('choice.key')}`}
          value={choice['dtmf']}
          onChange={(key) => choices.put(at, ['dtmf'], key || undefined, true)}
          invalid={choices.problemsOf(at, 'dtmf').some(({ severity }) => severity === 'error')}
        />
        <PerLang
          label={`${name} · ${t('choice.label')}`}
          value={choice['label']}
          onChange={(lang, text) => choices.put(at, ['label', lang], text, true)}
        />
      </div>
      <ProblemNotes problems={problems} />
      <Fold title={<More choice={choice} />}>
        <MoreWords
          label={name}
          value={choice['say']}
          onChange={(say) => choices.put(at, ['say'], say)}
        />
        <Checkbox
          checked={choice['when'] !== undefined}
          onChange={
            (event) =>
            choices.put(at, ['when'], event.target.checked ? { var: first, op: 'notEmpty' } : undefined) // prettier-ignore
          }
        >
          {t('choice.when')}
        </Checkbox>
        {choice['when'] !== undefined && (
          <ConditionEditor
            label={t('choice.condition', { name })}
            value={choice['when']}
            onChange={(when, merge) => choices.put(at, ['when'], when, merge)}
          />
        )}
        <span className="form-help">{t('choice.value')}</span>
        <LiteralBox
          label={`${name} · ${t('choice.value')}`}
          value={choice['value']}
          onChange={(value) => choices.put(at, ['value'], value === '' ? undefined : value, true)}
        />
        <span className="form-help">{t(exits ? 'choice.exitId' : 'choice.id')}</span>
        <TextBox
          label={`${name} · ${t(exits ? 'choice.exitId' : 'choice.id')}`}
          value={choice['id']}
          maxLength={40}
          onChange={(id) => choices.rename(at, id)}
        />
      </Fold>
    </>
  )
}

/** What is folded away, so that one need not look. */
function More({ choice }: { choice: Record<string, unknown> }) {
  const t = useT('flows/form')
  const held = (['say', 'when', 'value'] as const).filter((part) => choice[part] !== undefined)
  return (
    <>
      {t('choice.more')}
      {held.length > 0 && (
        <span className="quiet"> · {held.map((part) => t(`choice.has.${part}`)).join(' · ')}</span>
      )}
    </>
  )
}

interface KeyProps {
  label: string
  value: unknown
  onChange(key: string): void
  invalid?: boolean
}

/** The key of a telephone that picks it. */
export function KeyBox({ label, value, onChange, invalid }: KeyProps) {
  const t = useT('flows/form')
  return (
    <div className="form-key">
      <TextBox
        label={label}
        placeholder={t('choice.key')}
        maxLength={8}
        value={value}
        {...(invalid && { invalid })}
        onChange={(key) => onChange(key.normalize('NFKC').trim())}
      />
    </div>
  )
}
