/** What the desk asks of calls; channels/voice fulfils it. */
import type { StaffMember } from '../domain/staff.ts'
import type { CallCard, DeskCommand } from './protocol.ts'

export const callCommandNames = [
  'line',
  'lineDown',
  'hold',
  'mute',
  'keys',
  'hangUp',
  'dial',
  'inviteToCall',
  'consult',
  'consultEnd',
  'passOn',
  'dropParty',
  'playTo',
  'playStop',
  'recordingPause',
  'supervise',
] as const
export type CallCommand = Extract<DeskCommand, { do: (typeof callCommandNames)[number] }>

export const isCallCommand = (command: DeskCommand): command is CallCommand =>
  (callCommandNames as readonly string[]).includes(command.do)

export interface DeskCallPort {
  perform(command: CallCommand, member: StaffMember): Promise<unknown>
  /** calls going on now */
  cards(): CallCard[]
  /** the last console of this member closed: their lines are down */
  consoleClosed(staffId: string): void
}
