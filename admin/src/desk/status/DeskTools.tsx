import { TabTitle } from './TabTitle.tsx'
import { useMaybeDesk } from '../useDesk.ts'
import { LinkNotice } from './LinkNotice.tsx'
import { PhoneSwitch } from '../phone/PhoneSwitch.tsx'
import { Ringer } from '../phone/Ringer.tsx'
import { useMaybePhone } from '../phone/usePhone.ts'
import { SoundSwitch } from './SoundSwitch.tsx'
import { StateSwitch } from './StateSwitch.tsx'
import './status.css'

/** The desk's part of the header; nothing for those who have none. */
export function DeskTools() {
  const desk = useMaybeDesk()
  const phone = useMaybePhone()
  if (!desk) return null
  return (
    <>
      <TabTitle />
      <LinkNotice />
      {phone && (
        <>
          <Ringer />
          <PhoneSwitch />
        </>
      )}
      <StateSwitch />
      <SoundSwitch />
    </>
  )
}
