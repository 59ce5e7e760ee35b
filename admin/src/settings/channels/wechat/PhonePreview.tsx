import { MenuOutlined, PlusOutlined } from '@ant-design/icons'
import { useT } from '../../../i18n/index.ts'
import { MOST_BUTTONS, MOST_ITEMS } from './menuDraft.ts'
import type { MenuDraft, Place } from './menuDraft.ts'

interface Props {
  draft: MenuDraft
  /** what is edited beside it; without it nothing can be chosen */
  chosen?: Place | undefined
  onChoose?(place: Place): void
  onAddButton?(): void
  onAddItem?(button: number): void
}

/** The menu as it stands at the foot of a chat, each list open above its button. */
export function PhonePreview({ draft, chosen, onChoose, onAddButton, onAddItem }: Props) {
  const t = useT('settings')
  const isChosen = (...place: number[]) => place.join() === chosen?.join()
  const entry = (place: Place, name: string) =>
    onChoose ? (
      <button type="button" aria-pressed={isChosen(...place)} onClick={() => onChoose(place)}>
        {name.trim() || t('channels.menu.unnamed')}
      </button>
    ) : (
      <span>{name}</span>
    )
  return (
    <div className="phone">
      <div className="phone-bar" role="group" aria-label={t('channels.menu.preview')}>
        {draft.map((button, at) => (
          <div key={at} className="phone-column">
            <ul>
              {button.items.map((item, inside) => (
                <li key={inside}>{entry([at, inside], item.name)}</li>
              ))}
              {onAddItem && button.items.length < MOST_ITEMS && (
                <li>
                  <button
                    type="button"
                    aria-label={t('channels.menu.addItem', { name: button.name })}
                    title={t('channels.menu.addItem', { name: button.name })}
                    onClick={() => onAddItem(at)}
                  >
                    <PlusOutlined aria-hidden />
                  </button>
                </li>
              )}
            </ul>
            <div className="phone-button">
              {button.items.length > 0 && <MenuOutlined aria-hidden />}
              {entry([at], button.name)}
            </div>
          </div>
        ))}
        {onAddButton && draft.length < MOST_BUTTONS && (
          <div className="phone-column">
            <div className="phone-button">
              <button
                type="button"
                aria-label={t('channels.menu.addButton')}
                title={t('channels.menu.addButton')}
                onClick={onAddButton}
              >
                <PlusOutlined aria-hidden />
              </button>
            </div>
          </div>
        )}
      </div>
    </div>
  )
}
