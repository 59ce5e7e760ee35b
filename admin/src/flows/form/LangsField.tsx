import { Select } from 'antd'
import { langSchema } from '../../../../bots/flow/parts.ts'
import { useName, useT } from '../../i18n/index.ts'
import { OpenCell } from '../../records/OpenCell.tsx'
import { useLabels } from '../../records/useLabels.ts'
import { asList } from '../doc.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import { Field } from './Field.tsx'
import { Fold } from './Fold.tsx'
import { langsOf, useSpot } from './form-scope.ts'
import { useNames } from '../useNames.ts'
import { lacking } from './lacking.ts'
import { ownNames } from './own-names.ts'
import { SelectField } from './SelectField.tsx'

/** Languages of the flow; what a language lacks is listed, each a step away. */
export function LangsField() {
  const t = useT('flows/form')
  const labels = useLabels()
  const { doc } = useFlowEditor()
  const { value, set, problems } = useSpot(['langs'])
  const langs = asList(value).map(String)
  const known = [...new Set([...langs, ...Object.keys(ownNames)])]
  const named = (lang: string) => (ownNames[lang] ? `${ownNames[lang]} · ${lang}` : lang)
  const bad = langs.filter((lang) => !langSchema.safeParse(lang).success)
  return (
    <>
      <Field
        label={t('flow.langs')}
        help={t('flow.langsHelp')}
        required
        problems={problems}
        notes={bad.map((lang) => t('flow.badLang', { lang }))}
      >
        {({ id, describedBy }) => (
          <Select<string[]>
            id={id}
            className="form-wide"
            mode="tags"
            aria-describedby={describedBy}
            value={langs}
            options={known.map((lang) => ({ value: lang, label: named(lang) }))}
            onChange={(next) => next.length > 0 && set(next)}
          />
        )}
      </Field>
      {langsOf(doc).map((lang) => (
        <Lacks key={lang} lang={lang} />
      ))}
      <SelectField
        path={['defaultLang']}
        label={t('flow.defaultLang')}
        help={t('flow.defaultLangHelp')}
        required
        options={langs.map((lang) => ({ value: lang, label: labels.lang(lang) }))}
      />
    </>
  )
}

function Lacks({ lang }: { lang: string }) {
  const t = useT('flows/form')
  const name = useName()
  const labels = useLabels()
  const { doc, select } = useFlowEditor()
  const names = useNames()
  const lacks = lacking(doc, lang)
  if (lacks.length === 0) return null
  return (
    <Fold
      className="form-lacks"
      title={t('flow.lacks', { lang: labels.lang(lang), count: lacks.length })}
    >
      <ul className="form-plain">
        {lacks.map(({ block, what }, at) => (
          <li key={at}>
            <OpenCell onOpen={() => select([block], { bringIntoView: true })}>
              {names(block)}
            </OpenCell>{' '}
            {name(what)}
          </li>
        ))}
      </ul>
    </Fold>
  )
}
