import { useT } from '../../i18n/index.ts'
import { asList, isObject } from '../doc.ts'
import { writeAt } from './edit-at.ts'
import { ItemList, movedItem } from './ItemList.tsx'
import { TextBox } from './TextBox.tsx'

interface Props {
  /** whose cards */
  of: string
  value: unknown
  /** undefined: none left */
  onChange(cards: unknown[] | undefined): void
}

const fields = ['title', 'text', 'image', 'url'] as const

/** Cards of a prompt: title, words, picture, address, place on a map. */
export function Cards({ of, value, onChange }: Props) {
  const t = useT('flows/form')
  const cards = asList(value)
  const nameOf = (at: number) => t('card.one', { number: at + 1 })
  return (
    <ItemList
      count={cards.length}
      nameOf={nameOf}
      addLabel={t('card.add')}
      onAdd={() => onChange([...cards, { title: '' }])}
      onMove={(at, to) => onChange(movedItem(cards, at, to))}
      onRemove={(at) => {
        const left = cards.filter((_, other) => other !== at)
        onChange(left.length > 0 ? left : undefined)
      }}
    >
      {(at) => {
        const card = isObject(cards[at]) ? cards[at] : {}
        const geo = isObject(card['geo']) ? card['geo'] : undefined
        const put = (path: string[], text: string) =>
          onChange(writeAt(cards, [at, ...path], text === '' && path[0] !== 'title' ? undefined : text)) // prettier-ignore
        const place = (side: 'lat' | 'lng', text: string) => {
          const next = { lat: '', lng: '', ...geo, [side]: text }
          onChange(
            writeAt(cards, [at, 'geo'], next.lat === '' && next.lng === '' ? undefined : next),
          )
        }
        return (
          <div className="form-stack">
            {fields.map((field) => (
              <TextBox
                key={field}
                label={`${of} · ${nameOf(at)} · ${t(`card.${field}`)}`}
                placeholder={t(`card.${field}`)}
                value={card[field]}
                {...(field === 'text' && { rows: { min: 1, max: 6 } })}
                onChange={(text) => put([field], text)}
              />
            ))}
            <div className="form-row">
              {(['lat', 'lng'] as const).map((side) => (
                <TextBox
                  key={side}
                  label={`${of} · ${nameOf(at)} · ${t(`card.${side}`)}`}
                  placeholder={t(`card.${side}`)}
                  value={geo?.[side]}
                  onChange={(text) => place(side, text)}
                />
              ))}
            </div>
          </div>
        )
      }}
    </ItemList>
  )
}
