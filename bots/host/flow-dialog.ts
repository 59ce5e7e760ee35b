/**
 * The one Dialog that hosts content flows on the pure engine. Because it is a Dialog like any other, a flow
 * can call a coded waterfall and get its result, and a coded dialog can begin a flow.
 */
import type { TurnContext } from 'botbuilder'
import type {
  DialogContext,
  DialogInstance,
  DialogReason,
  DialogTurnResult,
} from 'botbuilder-dialogs'
import { Dialog } from 'botbuilder-dialogs'
import { startState, turn } from '../flow/engine.ts'
import type { Channel } from '../flow/schema.ts'
import type { Effect, FlowInput, FlowState, TurnResult } from '../flow/state.ts'
import { perform } from './calls.ts'
import { effectsKey } from './hotline-adapter.ts'
import type { BotServices } from './services.ts'

export const FLOW_DIALOG = 'flow'

/** What the host puts on the turn for the dialog to read. */
export interface HostedTurn {
  conversationId: string
  channel: Channel
  contact: { _id: string; name?: string; phone?: string; vip: boolean }
  lang: string
  input: FlowInput
  call?: { called?: string; caller?: string; account?: string }
  entry?: { account: string; scene?: string }
}
export const hostedTurnKey = Symbol('hostedTurn')

interface FlowInstance extends DialogInstance {
  state: { flow: FlowState }
}

export class FlowDialog extends Dialog {
  private readonly services: BotServices

  constructor(services: BotServices) {
    super(FLOW_DIALOG)
    this.services = services
  }

  /** Constant: a changing version makes ComponentDialog restart live conversations (botbuilder-js#2294). */
  override getVersion(): string {
    return 'flow-1'
  }

  override async beginDialog(dc: DialogContext, options?: object): Promise<DialogTurnResult> {
    const { flowId, vars } = options as { flowId: string; vars?: Record<string, unknown> }
    const { lang, conversationId } = hosted(dc.context)
    const flow = this.services.flow(flowId, 'live', conversationId)
    if (!flow) throw new Error(`no published flow ${flowId}`)
    const instance = dc.activeDialog as FlowInstance
    instance.state.flow = startState(flow, { lang, ...(vars && { vars }) })
    return this.advance(dc, instance, { in: 'start' })
  }

  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    return this.advance(dc, dc.activeDialog as FlowInstance, hosted(dc.context).input)
  }

  /** A coded dialog called by the flow has ended with a result. */
  override async resumeDialog(
    dc: DialogContext,
    _reason: DialogReason,
    result?: unknown,
  ): Promise<DialogTurnResult> {
    const value = { done: true, result: result ?? null }
    return this.advance(dc, dc.activeDialog as FlowInstance, { in: 'result', ok: true, value })
  }

  /**
   * While a coded dialog is on top of the stack, the flow below is asked first: hotkeys and calls for help
   * work from anywhere. Only what the flow passes on reaches the coded dialog.
   */
  async continueBelow(dc: DialogContext): Promise<DialogTurnResult> {
    const depth = dc.stack.findLastIndex((instance) => instance.id === FLOW_DIALOG)
    const instance = dc.stack[depth] as FlowInstance
    const result = this.step(dc.context, instance, hosted(dc.context).input)
    if (result.call?.kind === 'dialog') {
      const child = await dc.continueDialog()
      return this.afterChild(dc, instance, child)
    }
    dc.stack.length = depth + 1
    return this.goOn(dc, instance, result)
  }

  private advance(
    dc: DialogContext,
    instance: FlowInstance,
    input: FlowInput,
  ): Promise<DialogTurnResult> {
    return this.goOn(dc, instance, this.step(dc.context, instance, input))
  }

  /** Steps the engine until it waits, ends, a coded dialog has the word, or it spoke while it asks a service. */
  private async goOn(
    dc: DialogContext,
    instance: FlowInstance,
    first: TurnResult,
  ): Promise<DialogTurnResult> {
    let result = first
    while (result.call) {
      if (result.call.kind === 'dialog') {
        if (!dc.dialogs.find(result.call.dialog)) {
          const message = `no dialog ${result.call.dialog}`
          const missing: FlowInput = { in: 'result', ok: false, code: 'NO_SUCH_DIALOG', message }
          result = this.step(dc.context, instance, missing)
          continue
        }
        const child = await dc.beginDialog(result.call.dialog, result.call.args)
        return this.afterChild(dc, instance, child)
      }
      if (isToBeHeard(result)) return Dialog.EndOfTurn
      const { conversationId, channel, contact } = hosted(dc.context)
      const outcome = await perform(result.call, this.services, {
        conversationId,
        channel,
        contactId: contact._id,
      })
      result = this.step(dc.context, instance, outcome)
    }
    return instance.state.flow.status === 'ended' ? dc.endDialog() : Dialog.EndOfTurn
  }

  private afterChild(
    dc: DialogContext,
    instance: FlowInstance,
    child: DialogTurnResult,
  ): DialogTurnResult {
    // a child that ended has resumed this dialog already; one that waits is told to the engine
    if (dc.stack.includes(instance) && dc.activeDialog !== instance)
      this.step(dc.context, instance, { in: 'result', ok: true, value: { done: false, say: [] } })
    return child
  }

  private step(context: TurnContext, instance: FlowInstance, input: FlowInput): TurnResult {
    const { conversationId, channel, contact, lang, call, entry } = hosted(context)
    const state = instance.state.flow
    const switched = state.lang === lang || input.in === 'result' ? state : { ...state, lang }
    const result = turn(switched, input, {
      channel,
      conversationId,
      ...(call && { call }),
      ...(entry && { entry }),
      nowMs: this.services.now(),
      contact: { id: contact._id, name: contact.name, phone: contact.phone, vip: contact.vip },
      flow: (id, version) => this.services.flow(id, version, conversationId),
      hours: (id, atMs) => this.services.hours(id, atMs),
    })
    instance.state.flow = result.state
    ;(context.turnState.get(effectsKey) as Effect[]).push(...result.effects)
    return result
  }
}

/** "One moment, I am looking it up": said together with what was found it would be of no use. */
const isToBeHeard = ({ effects, call }: TurnResult): boolean =>
  effects.some((effect) => effect.fx === 'say' && effect.block === call?.block)

function hosted(context: TurnContext): HostedTurn {
  return context.turnState.get(hostedTurnKey) as HostedTurn
}
