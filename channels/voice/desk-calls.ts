/** What agents and team leaders do with calls; the conversation's part is the desk's own. */
import type { CallCommand, DeskCallPort } from '../../gateway/desk/call-port.ts'
import type { CallCard, DialResult, LineResult } from '../../gateway/desk/protocol.ts'
import type { StaffMember } from '../../gateway/domain/staff.ts'
import { may } from '../../gateway/domain/staff.ts'
import { fail } from '../../gateway/errors.ts'
import type { Room } from '../../media/media.ts'
import type { Call } from './call.ts'
import { callCard } from './call-card.ts'
import { ThirdParties } from './third-parties.ts'
import type { Voice } from './voice.ts'
import type { VoiceOptions } from './voice-options.ts'

type Command<K extends CallCommand['do']> = Extract<CallCommand, { do: K }>

export interface DeskCallsOptions extends VoiceOptions {
  voice: Voice
  /** asks the visitor of a chat to call from the browser */
  invite(member: StaffMember, conversationId: string): Promise<void>
}

export class DeskCalls implements DeskCallPort {
  /** lines that hear themselves, by staff id */
  private readonly tests = new Map<string, Room>()
  private readonly thirds: ThirdParties
  private readonly options: DeskCallsOptions

  constructor(options: DeskCallsOptions) {
    this.options = options
    this.thirds = new ThirdParties(options)
    options.voice.phones.onTransfer = (call, staffId, number) => {
      const ours = (options.sip?.bindings(number).length ?? 0) > 0
      return this.thirds.passOn(call, { kind: ours ? 'extension' : 'number', number }, staffId)
    }
  }

  cards(): CallCard[] {
    return [...this.options.voice.calls].flatMap((call) =>
      call.conversation ? [callCard(call)] : [],
    )
  }

  consoleClosed(staffId: string): void {
    for (const call of this.options.voice.calls) call.parties.lineDown(staffId)
    void this.endTest(staffId)
  }

  async perform(command: CallCommand, member: StaffMember): Promise<unknown> {
    switch (command.do) {
      case 'line':
        return command.conversationId === 'test'
          ? this.testLine(member, command.sdp)
          : this.line(command, member)
      case 'lineDown':
        if (command.conversationId === 'test') return this.endTest(member._id)
        this.options.voice.call(command.conversationId)?.parties.lineDown(member._id)
        return undefined
      case 'dial':
        return this.dial(command, member)
      case 'inviteToCall':
        return this.options.invite(member, command.conversationId)
      case 'supervise':
        return this.supervise(command, member)
      default:
        return this.inCall(command, this.callFor(command, member), member)
    }
  }

  private async inCall(
    command: Exclude<
      CallCommand,
      { do: 'line' | 'lineDown' | 'dial' | 'inviteToCall' | 'supervise' }
    >,
    call: Call,
    member: StaffMember,
  ): Promise<unknown> {
    const { parties } = call
    switch (command.do) {
      case 'hold':
        if (parties.held === command.on) return undefined
        parties.held = command.on
        parties.arrange()
        return this.options.note(command.conversationId, 'callHeld', { on: command.on })
      case 'mute': {
        const own = parties.ofStaff(member._id) ?? fail('NO_LINE')
        own.muted = command.on
        return parties.arrange()
      }
      case 'keys':
        return (parties.contact?.leg ?? fail('NO_CALL')).sendDigits(command.digits)
      case 'hangUp':
        return this.hangUp(call, member)
      case 'consult':
        return this.thirds.consult(call, command.to)
      case 'consultEnd':
        return this.thirds.consultEnd(call, command.how, member)
      case 'passOn':
        return this.passOn(call, command.to, member)
      case 'dropParty': {
        const party = parties.find(command.partyId) ?? fail('NOT_FOUND')
        if (party.kind === 'contact') return call.hangUp()
        // whoever serves the conversation leaves by hanging up
        if (party.kind === 'agent') fail('WRONG_STATE')
        return this.thirds.drop(call, party)
      }
      case 'playTo':
        return this.play(call, command.source, member)
      case 'playStop':
        return call.played.stop()
      case 'recordingPause':
        return call.recording.pause(command.on)
    }
  }

  /** The call of a conversation, for whoever serves it, or a team leader; who was asked into it may leave. */
  private callFor(
    command: Extract<CallCommand, { conversationId: string }> | Command<'mute'>,
    member: StaffMember,
  ): Call {
    const call = this.options.voice.call(command.conversationId) ?? fail('NO_CALL')
    if (call.isOver) fail('NO_CALL')
    const own = call.parties.ofStaff(member._id)
    const ofOneself =
      own && (command.do === 'mute' || (command.do === 'dropParty' && command.partyId === own.id))
    const serves = call.conversation?.agentId === member._id
    if (!serves && !ofOneself && !may(member.role, 'supervise')) fail('NOT_YOURS')
    return call
  }

  private async line(
    { conversationId, sdp }: Command<'line'>,
    member: StaffMember,
  ): Promise<LineResult> {
    const call = this.options.voice.call(conversationId) ?? fail('NO_CALL')
    if (call.isOver) fail('NO_CALL')
    const { conversation, parties } = call
    const involved =
      conversation?.agentId === member._id ||
      conversation?.offer?.agentId === member._id ||
      parties.ofStaff(member._id) !== undefined ||
      may(member.role, 'supervise')
    if (!involved) fail('NOT_YOURS')
    const leg = await call.room.addWebRtc(sdp)
    parties.lineUp(member._id, leg)
    return { sdp: leg.answerSdp }
  }

  private async testLine(member: StaffMember, sdp: string): Promise<LineResult> {
    await this.endTest(member._id)
    const room = await this.options.media.openRoom()
    this.tests.set(member._id, room)
    try {
      const leg = await room.addWebRtc(sdp)
      room.setHearing([{ listener: leg.id, speaker: leg.id, gain: 1 }])
      leg.onConnected = (connected) => {
        if (!connected) void this.endTest(member._id, room)
      }
      return { sdp: leg.answerSdp }
    } catch (error) {
      await this.endTest(member._id)
      throw error
    }
  }

  private async endTest(staffId: string, only?: Room): Promise<void> {
    const room = this.tests.get(staffId)
    if (!room || (only && room !== only)) return
    this.tests.delete(staffId)
    await room.close()
  }

  private async dial(
    { number, callerNumber, conversationId }: Command<'dial'>,
    member: StaffMember,
  ): Promise<DialResult> {
    if (conversationId) {
      const conversation =
        (await this.options.conversations.get(conversationId)) ?? fail('NOT_FOUND')
      if (conversation.agentId !== member._id) fail('NOT_YOURS')
      const known = this.options.voice.call(conversationId)
      if (known && !known.isOver) fail('WRONG_STATE')
    }
    const { call } = await this.options.voice.callNumber({
      number,
      agentId: member._id,
      ...(callerNumber && { callerNumber }),
      ...(conversationId && { conversationId }),
    })
    const { _id } = await call.known
    return { conversationId: _id }
  }

  /** The agent is done with the caller; one who is still called out to is not called any more. */
  private async hangUp(call: Call, member: StaffMember): Promise<void> {
    const { conversation, parties } = call
    const serves = conversation?.agentId === member._id
    if (!serves || !call.answeredAt) return call.hangUp()
    if (parties.list.some(({ kind }) => kind === 'third')) return this.thirds.leave(call, member)
    const written = conversation.legs.some(
      ({ channel, state, unused }) => channel !== 'voice' && state === 'open' && !unused,
    )
    if (written) return call.hangUp()
    return this.options.finish(member._id, conversation._id)
  }

  private async passOn(
    call: Call,
    to: Command<'passOn'>['to'],
    member: StaffMember,
  ): Promise<void> {
    if (to.kind === 'flow')
      return this.options.handBack(member._id, call.conversation!._id, to.flowId)
    return this.thirds.passOn(call, to, member._id)
  }

  private async play(
    call: Call,
    source: Command<'playTo'>['source'],
    member: StaffMember,
  ): Promise<void> {
    const playable =
      source.kind === 'text'
        ? await call.sound(source.text, { ...call.houseVoice(), personal: true })
        : {
            files: [
              source.kind === 'file'
                ? await this.options.audioFile(source.blobId)
                : await this.options.recordingFile(source.recordingId, member),
            ],
          }
    void call.playToAll(playable).catch(this.options.onError)
  }

  private async supervise(
    { conversationId, mode }: Command<'supervise'>,
    member: StaffMember,
  ): Promise<void> {
    if (!may(member.role, 'supervise')) fail('FORBIDDEN')
    const call = this.options.voice.call(conversationId) ?? fail('NO_CALL')
    const { parties } = call
    const own = parties.list.find(
      ({ kind, staffId }) => kind === 'supervisor' && staffId === member._id,
    )
    if (mode === 'off') return own && parties.remove(own)
    if (!parties.line(member._id)) fail('NO_LINE')
    const party =
      own ??
      parties.add({
        kind: 'supervisor',
        name: member.displayName,
        staffId: member._id,
        device: 'browser',
        mode,
      })
    party.mode = mode
    parties.arrange()
  }
}
