/** Links that lead from a written conversation to a call in it: made for an invitation, looked at when opened. */
import type { Conversation, Leg } from '../../gateway/domain/conversation.ts'
import { fail } from '../../gateway/errors.ts'
import type { Conversations } from '../../gateway/intake/conversations.ts'
import type { Part } from '../../gateway/domain/message.ts'
import { callInvitation } from './call-invitation.ts'
import type { CallTokens } from './call-token.ts'
import { WEB_CALL } from './protocol.ts'

export interface OpenedLink {
  conversation: Conversation
  /** where the contact writes */
  leg: Leg
  untilMs: number
}

export interface CallLinksOptions {
  tokens: CallTokens
  conversations: Pick<Conversations, 'get'>
  publicUrl: string | undefined
  /** can everybody read what is written there */
  isPublic: (leg: Leg) => boolean
  now: () => number
}

export class CallLinks {
  private readonly options: CallLinksOptions

  constructor(options: CallLinksOptions) {
    this.options = options
  }

  /**
   * What asks the contact to talk: the button of our own chat, elsewhere a link.
   * @throws PUBLIC_THREAD where others would read it too, PUBLIC_URL_NEEDED where nobody outside could open it
   */
  async invitation(conversation: Conversation, leg: Leg, agentName: string): Promise<Part> {
    const { lang } = conversation
    if (leg.channel !== 'webchat')
      return callInvitation(agentName, await this.address(conversation, leg), lang)
    const zh = lang.startsWith('zh')
    return {
      type: 'card',
      title: zh ? '客服邀请您语音通话' : 'Your agent invites you to talk',
      actions: [{ kind: 'call', label: zh ? '开始通话' : 'Start the call', value: WEB_CALL }],
    }
  }

  private async address({ _id, legs }: Conversation, leg: Leg): Promise<string> {
    const { tokens, publicUrl, isPublic, now } = this.options
    if (isPublic(leg)) fail('PUBLIC_THREAD')
    const base = publicUrl ?? fail('PUBLIC_URL_NEEDED')
    const at = legs.findIndex(({ id }) => id === leg.id)
    return `${base}/webchat/call?t=${await tokens.sign({ conversationId: _id, leg: at }, now())}`
  }

  /** @throws CALL_LINK_BAD, CALL_LINK_OVER: expired, or the conversation it was for is closed */
  async open(token: string): Promise<OpenedLink> {
    const { tokens, conversations, now } = this.options
    const { conversationId, leg: at, untilMs } = await tokens.verify(token, now())
    const conversation = (await conversations.get(conversationId)) ?? fail('CALL_LINK_OVER')
    const leg = conversation.legs[at]
    if (conversation.state === 'closed' || leg?.state !== 'open') fail('CALL_LINK_OVER')
    return { conversation, leg, untilMs }
  }
}
