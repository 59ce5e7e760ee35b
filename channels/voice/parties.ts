/** Everybody in one call, and what follows for each from who else is there: whom they hear, and music. */
import type { Leg, Room, WebRtcLeg } from '../../media/media.ts'
import { newId } from '../../gateway/store/id.ts'
import type { CallRecording } from './call-recording.ts'
import { hearing } from './hearing.ts'
import type { Hearer } from './hearing.ts'
import type { Party } from './party.ts'

const MUSIC_GAIN = 0.6

export interface PartiesOptions {
  room: Room
  music: () => Promise<string[]>
  recording: Pick<CallRecording, 'add'>
  /** somebody's line is up, for the first time or again */
  onConnected: (party: Party) => void
  /** something that the desk shows changed */
  onChange: () => void
  onError: (error: unknown) => void
}

export class Parties {
  readonly list: Party[] = []
  held = false
  /** the third party the agent asks something meanwhile */
  consulting: string | undefined
  /** the talk is between people: what they hear is arranged here, not said by the bot */
  talking = false
  /** browsers that are connected, by staff id; those of agents an offer rings at, too */
  private readonly lines = new Map<string, WebRtcLeg>()
  private music: 'off' | 'starting' | 'on' = 'off'
  private readonly options: PartiesOptions

  constructor(options: PartiesOptions) {
    this.options = options
  }

  get contact(): Party | undefined {
    return this.list.find(({ kind }) => kind === 'contact')
  }

  find(id: string): Party | undefined {
    return this.list.find((party) => party.id === id)
  }

  ofStaff(staffId: string): Party | undefined {
    return this.list.find((party) => party.staffId === staffId)
  }

  line(staffId: string): WebRtcLeg | undefined {
    return this.lines.get(staffId)
  }

  add(party: Omit<Party, 'id' | 'muted' | 'state'> & { state?: Party['state'] }): Party {
    const line = party.staffId && party.device === 'browser' && this.lines.get(party.staffId)
    const leg = party.leg ?? (line || undefined)
    const added: Party = {
      state: leg ? 'connected' : 'ringing',
      ...party,
      id: newId(),
      muted: false,
      ...(leg && { leg }),
    }
    this.list.push(added)
    if (leg) this.relayKeys(added, leg)
    this.arrange()
    if (added.state === 'connected') this.options.onConnected(added)
    return added
  }

  connected(party: Party, leg: Leg): void {
    party.leg = leg
    party.state = 'connected'
    this.relayKeys(party, leg)
    this.arrange()
    this.options.onConnected(party)
  }

  /** The party has no connection any more, and may come back. */
  disconnected(party: Party): void {
    delete party.leg
    delete party.quality
    party.state = 'ringing'
    this.arrange()
  }

  /** Out of the call: a telephone is hung up, a browser's line stays until its console closes it. */
  remove(party: Party): void {
    const at = this.list.indexOf(party)
    if (at < 0) return
    this.list.splice(at, 1)
    if (this.consulting === party.id) this.consulting = undefined
    party.sip?.hangUp()
    if (party.leg && party.device === 'browser') this.silence(party.leg)
    this.arrange()
  }

  removeThirds(): void {
    for (const party of this.list.filter(({ kind }) => kind === 'third')) this.remove(party)
  }

  /** Whoever was asked something leaves; the contact is with the others again. */
  endConsultation(): void {
    const asked = this.consulting && this.find(this.consulting)
    this.consulting = undefined
    if (asked) this.remove(asked)
  }

  /** A console's line came up, in place of an earlier one of the same console. */
  lineUp(staffId: string, leg: WebRtcLeg): void {
    this.lines.get(staffId)?.close()
    this.lines.set(staffId, leg)
    leg.onConnected = (connected) => {
      if (!connected && this.lines.get(staffId) === leg) this.lineDown(staffId)
    }
    const party = this.ofStaff(staffId)
    if (party?.device === 'browser') this.connected(party, leg)
  }

  lineDown(staffId: string): void {
    const leg = this.lines.get(staffId)
    if (!leg) return
    this.lines.delete(staffId)
    leg.close()
    const party = this.ofStaff(staffId)
    if (party?.leg === leg) this.disconnected(party)
  }

  /** Brings what everybody hears in line with who is here. */
  arrange(): void {
    const here = this.list.filter((party) => party.leg)
    this.options.room.setHearing(
      hearing(here.map(hearerOf), { held: this.held, consulting: this.consulting !== undefined }),
    )
    for (const { kind, leg } of here)
      this.options.recording.add(kind === 'contact' ? 'left' : 'right', leg!.id)
    this.tune()
    this.options.onChange()
  }

  /** Ends everything but the contact's own end. */
  close(): void {
    for (const party of [...this.list]) {
      if (party.kind !== 'contact') party.sip?.hangUp()
    }
    this.list.length = 0
    for (const leg of this.lines.values()) leg.close()
    this.lines.clear()
  }

  private silence(leg: Leg): void {
    const others = this.list.filter((each) => each.leg)
    this.options.room.setHearing(
      others.flatMap(({ leg: other }) => [
        { listener: leg.id, speaker: other!.id, gain: 0 },
        { listener: other!.id, speaker: leg.id, gain: 0 },
      ]),
    )
  }

  /** A key the contact presses while people talk: for the menu of a company they were passed on to. */
  contactPressed(digit: string): void {
    if (this.apart) return
    for (const { kind, leg, device, state } of this.list)
      if (kind === 'third' && device === 'telephone' && state === 'connected')
        leg?.sendDigits(digit)
  }

  /** Somebody was played something else: the music goes on where there was some. */
  resumeMusic(): void {
    if (this.music !== 'on') return
    this.music = 'off'
    this.tune()
  }

  /** the contact is kept from the others */
  private get apart(): boolean {
    return this.held || this.consulting !== undefined
  }

  /** An agent's telephone has no keypad on the screen: its keys go to whom the agent talks to. */
  private relayKeys(party: Party, leg: Leg): void {
    if (party.kind === 'contact') return
    leg.onDigit = (digit) => {
      if (party.kind !== 'agent') return
      const asked = this.consulting && this.find(this.consulting)
      const other = asked || (this.held ? undefined : this.contact)
      if (other?.state === 'connected') other.leg?.sendDigits(digit)
    }
  }

  /** Music for a contact nobody talks to at the moment. */
  private tune(): void {
    const contact = this.contact?.leg
    const company = this.list.some(
      ({ kind, state }) => (kind === 'agent' || kind === 'third') && state === 'connected',
    )
    const alone = this.apart || !company
    const wanted =
      this.talking && contact !== undefined && this.contact?.state === 'connected' && alone
    if (wanted && this.music === 'off') {
      this.music = 'starting'
      void this.options
        .music()
        .then((files) => {
          if (this.music !== 'starting') return
          this.music = 'on'
          this.contact?.leg?.play({ files }, { loop: true, gain: MUSIC_GAIN })
        })
        .catch(this.options.onError)
    } else if (!wanted && this.music !== 'off') {
      if (this.music === 'on') contact?.stopPlaying()
      this.music = 'off'
    }
  }
}

function hearerOf({ leg, kind, muted, mode }: Party): Hearer {
  return { legId: leg!.id, kind, muted, ...(mode && { mode }) }
}
