/**
 * Dialog state that lives in the conversation document. Stock BotState writes with eTag `*`, so of two turns
 * at once the slower silently wins; here the state is read with the conversation and written by the same
 * conditional write that commits the turn, so the loser is told and runs again.
 */
import type { StatePropertyAccessor, TurnContext } from 'botbuilder'
import type { DialogState } from 'botbuilder-dialogs'

const key = Symbol('dialogState')

export class TurnStateAccessor implements StatePropertyAccessor<DialogState> {
  /** Gives the turn the state its conversation was loaded with. */
  load(context: TurnContext, state: DialogState): void {
    context.turnState.set(key, state)
  }

  async get(context: TurnContext): Promise<DialogState> {
    return context.turnState.get(key) as DialogState
  }

  async set(context: TurnContext, value: DialogState): Promise<void> {
    context.turnState.set(key, value)
  }

  async delete(context: TurnContext): Promise<void> {
    context.turnState.set(key, { dialogStack: [] })
  }
}
