/** The bot, as the rest of the product knows it: one turn in, effects and the next state out. */
import type { Activity } from 'botbuilder'
import { ActivityTypes } from 'botbuilder'
import type { Dialog, DialogState } from 'botbuilder-dialogs'
import { DialogSet } from 'botbuilder-dialogs'
import type { Channel, Lang, VoiceChoice } from '../flow/schema.ts'
import type { Effect, FlowInput, FlowState, Status } from '../flow/state.ts'
import { voiceIn } from '../flow/voices.ts'
import type { HostedTurn } from './flow-dialog.ts'
import { FLOW_DIALOG, FlowDialog, hostedTurnKey } from './flow-dialog.ts'
import { DIALOG_SAYS, HotlineAdapter } from './hotline-adapter.ts'
import type { BotServices } from './services.ts'
import { TurnStateAccessor } from './turn-state.ts'

export interface HostTurn {
  conversationId: string
  channel: Channel
  contact: HostedTurn['contact']
  lang: string
  flowId: string
  /** what the last turn answered as `bot`; undefined starts the flow */
  bot: unknown
  input: FlowInput
  /** of a telephone leg: who called which number */
  call?: HostedTurn['call']
  /** where they came in, and what brought them */
  entry?: HostedTurn['entry']
}

export interface HostReply {
  bot: unknown
  effects: Effect[]
  status: Status
}

export interface BotHostOptions {
  services: BotServices
  /** dialogs written by programmers, callable from a flow's `dialog` block by their id */
  dialogs?: Dialog[]
}

export class BotHost {
  private readonly adapter = new HotlineAdapter()
  private readonly accessor = new TurnStateAccessor()
  private readonly dialogs = new DialogSet(this.accessor)
  private readonly flowDialog: FlowDialog
  private readonly services: BotServices

  constructor(options: BotHostOptions) {
    this.services = options.services
    this.flowDialog = new FlowDialog(options.services)
    this.dialogs.add(this.flowDialog)
    for (const dialog of options.dialogs ?? []) this.dialogs.add(dialog)
    this.adapter.onTurnError = async (_context, error) => {
      throw error
    }
  }

  async turn(request: HostTurn): Promise<HostReply> {
    // a copy: a turn that fails or loses the race leaves no trace in the conversation it was given
    const state = (structuredClone(request.bot) ?? { dialogStack: [] }) as DialogState
    await this.services.prepare(this.pins(state))
    const effects: Effect[] = []
    await this.adapter.process(activityOf(request), effects, async (context) => {
      context.turnState.set(hostedTurnKey, request satisfies HostedTurn)
      this.accessor.load(context, state)
      const dc = await this.dialogs.createContext(context)
      if (!dc.activeDialog) {
        // what only ends or reports something begins nothing
        if (begins(request.input)) await dc.beginDialog(FLOW_DIALOG, { flowId: request.flowId })
      } else if (dc.activeDialog.id === FLOW_DIALOG) await dc.continueDialog()
      else await this.flowDialog.continueBelow(dc)
    })
    return {
      bot: state,
      effects: effects.map((effect) => this.voiced(effect, request, state)),
      status: flowStateOf(state)?.status ?? 'ended',
    }
  }

  /** A coded dialog knows nothing of voices: it speaks with that of the flow which called it. */
  private voiced(effect: Effect, { channel, conversationId }: HostTurn, state: unknown): Effect {
    if (effect.fx !== 'say' || effect.block !== DIALOG_SAYS || channel !== 'voice') return effect
    return { ...this.voiceOf(state, conversationId, effect.lang), ...effect }
  }

  /** Who speaks a language where a stored state stands: as its flow says, else those that called it. */
  voiceOf(bot: unknown, conversationId: string, lang: Lang): VoiceChoice {
    const docs = this.pins(bot).map(
      ({ flow, version }) => this.services.flow(flow, version, conversationId)?.doc,
    )
    return voiceIn(docs, lang)
  }

  /** Did the last turn stop to be heard, before it asked a service? Any input but a hang-up goes on with it. */
  unfinished(bot: unknown): boolean {
    return flowStateOf(bot as DialogState | undefined)?.status === 'calling'
  }

  /** Which versions a stored state holds on to. */
  pins(bot: unknown): { flow: string; version: number }[] {
    const frames = flowStateOf(bot as DialogState | undefined)?.frames ?? []
    return frames.map(({ flow, version }) => ({ flow, version }))
  }

  /** Where a stored state stands, and the blocks it was called from: innermost first. */
  places(bot: unknown): { flow: string; version: number; block: string }[] {
    const frames = flowStateOf(bot as DialogState | undefined)?.frames ?? []
    return frames.map(({ flow, version, block }) => ({ flow, version, block })).reverse()
  }
}

const begins = ({ in: kind }: FlowInput): boolean =>
  kind !== 'hangup' && kind !== 'silence' && kind !== 'event' && kind !== 'result'

function flowStateOf(state: DialogState | undefined): FlowState | undefined {
  const instance = state?.dialogStack.find((each) => each.id === FLOW_DIALOG)
  return (instance?.state as { flow?: FlowState } | undefined)?.flow
}

/** The Bot Framework's words for what came in, for coded dialogs that read the activity. */
function activityOf({
  conversationId,
  channel,
  contact,
  lang,
  input,
}: HostTurn): Partial<Activity> {
  const base: Partial<Activity> = {
    id: conversationId,
    channelId: channel,
    locale: lang,
    from: { id: contact._id, name: contact.name ?? '' },
    recipient: { id: 'bot', name: 'bot' },
    conversation: { id: conversationId, name: '', isGroup: false, conversationType: '' },
    channelData: input,
  }
  switch (input.in) {
    case 'text':
      return { ...base, type: ActivityTypes.Message, text: input.text }
    case 'choice':
      return { ...base, type: ActivityTypes.Message, text: input.text ?? input.id, value: input.id }
    case 'dtmf':
      return { ...base, type: ActivityTypes.Message, text: input.digits }
    case 'speech':
      return { ...base, type: ActivityTypes.Message, text: input.nbest[0]?.text ?? '' }
    case 'hangup':
      return { ...base, type: ActivityTypes.EndOfConversation }
    default:
      return {
        ...base,
        type: ActivityTypes.Event,
        name: input.in === 'event' ? input.name : input.in,
      }
  }
}
