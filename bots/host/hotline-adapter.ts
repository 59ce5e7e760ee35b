/**
 * The smallest BotAdapter: activities go into the turn's list instead of to a service. Nothing is sent from
 * here; what a turn says is committed together with its state first (DESIGN, "the way of a message").
 */
import type { Activity, ConversationReference, ResourceResponse } from 'botbuilder'
import { ActivityTypes, BotAdapter, TurnContext } from 'botbuilder'
import { forTheEar } from '../flow/for-the-ear.ts'
import type { Effect } from '../flow/state.ts'

/** What a caller hears, where that is not what is written. */
function heardOnly(context: TurnContext, text: string, lang: string): string | undefined {
  if (context.activity.channelId !== 'voice') return undefined
  const heard = forTheEar(text, lang)
  return heard === text ? undefined : heard
}

/** Where a turn collects what it wants to happen, in order. */
export const effectsKey = Symbol('effects')

/** Stands for the block in what coded dialogs say. */
export const DIALOG_SAYS = 'dialog'

export class HotlineAdapter extends BotAdapter {
  override async sendActivities(
    context: TurnContext,
    activities: Partial<Activity>[],
  ): Promise<ResourceResponse[]> {
    const effects = context.turnState.get(effectsKey) as Effect[]
    return activities.map((activity, index) => {
      if (activity.type === ActivityTypes.Message && activity.text) {
        const lang = context.activity.locale ?? 'zh-CN'
        const speak = activity.speak ?? heardOnly(context, activity.text, lang)
        effects.push({
          fx: 'say',
          block: DIALOG_SAYS,
          text: activity.text,
          lang,
          // nobody declared what of it is personal
          personal: true,
          ...(activity.suggestedActions?.actions.length && {
            choices: activity.suggestedActions.actions.map((action) => ({
              id: String(action.value),
              label: action.title,
            })),
          }),
          ...(speak && { speak }),
        })
      }
      return { id: String(index) }
    })
  }

  /** Runs one activity through the middleware and the given logic. */
  async process(
    activity: Partial<Activity>,
    effects: Effect[],
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<void> {
    const context = new TurnContext(this, activity as Activity)
    context.turnState.set(effectsKey, effects)
    await this.runMiddleware(context, logic)
  }

  override async continueConversation(
    _reference: Partial<ConversationReference>,
    _logic: (revocableContext: TurnContext) => Promise<void>,
  ): Promise<void> {
    throw new Error('proactive turns enter through BotHost.turn, like every other')
  }

  override async updateActivity(): Promise<void> {
    throw new Error('what was said is committed and cannot be changed')
  }

  override async deleteActivity(): Promise<void> {
    throw new Error('what was said is committed and cannot be taken back')
  }
}
