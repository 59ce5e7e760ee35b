import type { ConversationCard } from '../../../../gateway/desk/protocol.ts'
import { useT } from '../../i18n/index.ts'
import { useSession } from '../../session/useSession.ts'
import type { Sections } from '../inbox/sections.ts'
import { useDeskState } from '../useDesk.ts'
import { CallControls } from './CallControls.tsx'
import { CallStatus } from './CallStatus.tsx'
import { ConsultBar } from './ConsultBar.tsx'
import { EndedControls } from './EndedControls.tsx'
import { GuestControls } from './GuestControls.tsx'
import { JoinControls } from './JoinControls.tsx'
import { LineNotice } from './LineNotice.tsx'
import { OfferedCall } from './OfferedCall.tsx'
import { PartyList } from './PartyList.tsx'
import { SuperviseControls } from './SuperviseControls.tsx'
import { askedToJoin, guestOf, isLive } from './parties.ts'
import { useLine } from './usePhone.ts'
import './phone.css'

interface Props {
  card: ConversationCard
  section: keyof Sections
}

/** The call of the conversation on screen: how it stands, who is in it, what can be done. */
export function CallBar({ card, section }: Props) {
  const t = useT('desk')
  const { me, can } = useSession()
  const call = useDeskState((state) => state.calls[card.id])
  const line = useLine(card.id)
  if (!call) return null
  const live = isLive(call)
  const asked = live && askedToJoin(call, me.id, section === 'mine')
  const guest = live && guestOf(call, me.id, section === 'mine')
  return (
    <section
      className={`callbar callbar-${section === 'offered' && live ? 'ringing' : call.phase}`}
      aria-label={t('phone.bar')}
    >
      <div className="callbar-row">
        <CallStatus call={call} ringing={section === 'offered'} />
        {live && section !== 'offered' && <PartyList call={call} mine={section === 'mine'} />}
      </div>
      {live && (section === 'mine' || line) && <LineNotice line={line} />}
      {live && section === 'offered' && <OfferedCall card={card} call={call} />}
      {live && section === 'mine' && (
        <>
          <ConsultBar call={call} />
          <CallControls card={card} call={call} />
        </>
      )}
      {!live && (section === 'mine' || section === 'wrapUp') && (
        <EndedControls card={card} call={call} />
      )}
      {guest && <GuestControls call={call} party={guest} />}
      {asked && <JoinControls call={call} party={asked} />}
      {live &&
        !asked &&
        !guest &&
        section !== 'mine' &&
        section !== 'offered' &&
        can('supervise') && <SuperviseControls card={card} call={call} />}
    </section>
  )
}
