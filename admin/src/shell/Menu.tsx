import { useT } from '../i18n/index.ts'
import { Link } from '../router.tsx'
import mark from '../brand.svg'
import type { Room } from './rooms.tsx'

interface Props {
  rooms: Room[]
  current: string | undefined
}

export function Menu({ rooms, current }: Props) {
  const t = useT('shell')
  return (
    <nav className="menu" aria-label={t('menu')}>
      <a className="skip" href="#room" onClick={skipToRoom}>
        {t('skip')}
      </a>
      <img className="menu-mark" src={mark} alt={t('brand')} width={36} height={36} />
      {rooms.map((room) => (
        <Link
          key={room.id}
          to={`/${room.id}`}
          className="menu-room"
          aria-current={room.id === current ? 'page' : undefined}
        >
          {room.icon}
          <span>{t(`rooms.${room.id}`)}</span>
        </Link>
      ))}
    </nav>
  )
}

/** The address's hash belongs to the router, so the skip link moves the focus itself. */
function skipToRoom(event: { preventDefault(): void }): void {
  event.preventDefault()
  document.getElementById('room')?.focus()
}
