import { useT } from '../../i18n/index.ts'
import { asString } from '../doc.ts'
import { freeId } from './exits-of-items.ts'
import { Field } from './Field.tsx'
import { HotkeyItem } from './HotkeyItem.tsx'
import { ItemList } from './ItemList.tsx'
import { usePartList } from './usePartList.ts'

/** Keys and words that work at any input of this flow. */
export function HotkeysField() {
  const t = useT('flows/form')
  const hotkeys = usePartList(['hotkeys'], false)
  const nameOf = (at: number) =>
    t('hotkey.one', {
      number: at + 1,
      name: hotkeys.ids[at] ?? '',
      key: asString(hotkeys.list[at]?.['dtmf']) ?? '',
    })
  return (
    <Field group label={t('hotkey.title')} help={t('hotkey.help')} problems={hotkeys.problems}>
      {() => (
        <ItemList
          count={hotkeys.list.length}
          nameOf={nameOf}
          addLabel={t('hotkey.add')}
          onAdd={() => hotkeys.add({ id: freeId('hotkey', hotkeys.ids), target: '@main' })}
          onMove={hotkeys.move}
          onRemove={hotkeys.remove}
        >
          {(at) => <HotkeyItem hotkeys={hotkeys} at={at} name={nameOf(at)} />}
        </ItemList>
      )}
    </Field>
  )
}
