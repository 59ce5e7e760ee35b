import { useLabels } from '../../records/useLabels.ts'
import { asString, isObject } from '../doc.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import { langsOf } from './form-scope.ts'
import { TextBox } from './TextBox.tsx'

interface Props {
  /** what it names: 选项 1 */
  label: string
  value: unknown
  onChange(lang: string, text: string): void
}

/** A short name in each language of the flow. */
export function PerLang({ label, value, onChange }: Props) {
  const labels = useLabels()
  const { doc } = useFlowEditor()
  const words = isObject(value) ? value : {}
  return (
    <div className="form-names">
      {langsOf(doc).map((lang) => (
        <TextBox
          key={lang}
          lang={lang}
          label={`${label} · ${labels.lang(lang)}`}
          placeholder={labels.lang(lang)}
          value={words[lang]}
          onChange={(text) => onChange(lang, text)}
        />
      ))}
    </div>
  )
}

/** The words of the first language that has some. */
export function firstWords(value: unknown, langs: readonly string[]): string | undefined {
  const words = isObject(value) ? value : {}
  return langs.map((lang) => asString(words[lang])?.trim()).find(Boolean)
}
