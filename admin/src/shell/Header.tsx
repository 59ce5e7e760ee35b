import { DeskTools } from '../desk/status/DeskTools.tsx'
import { useT } from '../i18n/index.ts'
import { AccountMenu } from './AccountMenu.tsx'
import { LanguageSwitch } from './LanguageSwitch.tsx'

export function Header({ room }: { room: string | undefined }) {
  const t = useT('shell')
  return (
    <header className="head">
      <strong className="head-room">{room && t(`rooms.${room}`)}</strong>
      <div className="head-tools">
        <DeskTools />
        <LanguageSwitch />
        <AccountMenu />
      </div>
    </header>
  )
}
