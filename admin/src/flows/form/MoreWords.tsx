import { Select } from 'antd'
import { useT } from '../../i18n/index.ts'
import { useLabels } from '../../records/useLabels.ts'
import { asList, isObject } from '../doc.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import { langsOf } from './form-scope.ts'

interface Props {
  label: string
  /** language → words */
  value: unknown
  onChange(value: unknown): void
}

/** Further words that pick something, in each language; Enter or a comma ends one. */
export function MoreWords({ label, value, onChange }: Props) {
  const t = useT('flows/form')
  const labels = useLabels()
  const { doc } = useFlowEditor()
  const say = isObject(value) ? value : {}
  return (
    <div className="form-stack">
      <span className="form-help">{t('choice.say')}</span>
      {langsOf(doc).map((lang) => (
        <WordsBox
          key={lang}
          label={`${label} · ${t('choice.say')} · ${labels.lang(lang)}`}
          placeholder={labels.lang(lang)}
          value={asList(say[lang]).map(String)}
          onChange={(words) => {
            const { [lang]: _before, ...others } = say
            const next = words.length > 0 ? { ...others, [lang]: words } : others
            onChange(Object.keys(next).length > 0 ? next : undefined)
          }}
        />
      ))}
    </div>
  )
}

interface WordsProps {
  label: string
  placeholder?: string
  value: string[]
  onChange(words: string[]): void
}

export function WordsBox({ label, placeholder, value, onChange }: WordsProps) {
  return (
    <Select<string[]>
      className="form-wide"
      mode="tags"
      open={false}
      suffixIcon={null}
      tokenSeparators={[',', '，', '、', '\n']}
      aria-label={label}
      {...(placeholder !== undefined && { placeholder })}
      value={value}
      onChange={(typed) => onChange([...new Set(typed.map((each) => each.trim()).filter(Boolean))])}
    />
  )
}
