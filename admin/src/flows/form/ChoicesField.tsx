import { useT } from '../../i18n/index.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import { ChoiceItem } from './ChoiceItem.tsx'
import type { Path } from './edit-at.ts'
import { freeId } from './exits-of-items.ts'
import { Field } from './Field.tsx'
import { langsOf } from './form-scope.ts'
import { ItemList } from './ItemList.tsx'
import { firstWords } from './PerLang.tsx'
import { usePartList } from './usePartList.ts'

interface Props {
  path: Path
  label: string
  help?: string | undefined
  required?: boolean | undefined
  /** each choice is an exit of the block */
  exits: boolean
}

const KEYS = [...'123456789']

/** Choices of a menu or of a question: key, label and more words per language, condition, value. */
export function ChoicesField({ path, label, help, required, exits }: Props) {
  const t = useT('flows/form')
  const { doc } = useFlowEditor()
  const choices = usePartList(path, exits)
  const langs = langsOf(doc)
  const nameOf = (at: number) => {
    const words = firstWords(choices.list[at]?.['label'], langs)
    return t('choice.one', { number: at + 1, name: words ?? choices.ids[at] ?? '' })
  }
  const add = () => {
    const used = choices.list.map((each) => each['dtmf'])
    const key = KEYS.find((each) => !used.includes(each))
    choices.add({
      id: freeId('choice', choices.ids),
      ...(key !== undefined && { dtmf: key }),
      label: Object.fromEntries(langs.map((lang) => [lang, ''])),
    })
  }
  return (
    <Field group label={label} help={help} required={required ?? false} problems={choices.problems}>
      {() => (
        <ItemList
          count={choices.list.length}
          min={1}
          nameOf={nameOf}
          addLabel={t('choice.add')}
          onAdd={add}
          onMove={choices.move}
          onRemove={choices.remove}
        >
          {(at) => <ChoiceItem choices={choices} at={at} name={nameOf(at)} exits={exits} />}
        </ItemList>
      )}
    </Field>
  )
}
