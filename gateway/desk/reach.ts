/** What can be written to the contact of a conversation at this moment, and what is refused. */
import type { ChannelAdapter } from '../../channels/channel.ts'
import type { Templates } from '../accounts/templates.ts'
import type { Channel, Conversation, Leg } from '../domain/conversation.ts'
import { fail } from '../errors.ts'
import type { Windows } from '../intake/windows.ts'
import type { OutgoingContent, Reach } from './protocol.ts'
import { writtenLeg } from './written-leg.ts'

export class Reaching {
  private readonly options: {
    windows: Windows
    templates: Templates
    adapter: (channel: Channel) => ChannelAdapter | undefined
    /** links can be sent that the world can open */
    hasAddress: boolean
  }

  constructor(options: Reaching['options']) {
    this.options = options
  }

  /** undefined: it goes on by telephone alone */
  async of(conversation: Conversation): Promise<Reach | undefined> {
    const leg = writtenLeg(conversation)
    const adapter = leg && this.options.adapter(leg.channel)
    if (!adapter || leg.channel === 'voice') return undefined
    const { maxTextChars, media, segments, replyWindow } = adapter.capabilities
    const { windows, templates } = this.options
    const [window, approved] = await Promise.all([
      replyWindow ? windows.view(leg) : undefined,
      templates.exist(leg.accountId),
    ])
    return {
      ...{ accountId: leg.accountId, channel: leg.channel, maxTextChars, media },
      segments: segments ?? false,
      templates: approved,
      ...(window && { window }),
      ...(adapter.templatesOnly?.(leg.accountId) && { templatesOnly: true }),
      ...this.invites(leg, adapter, window?.open ?? true),
    }
  }

  private invites(leg: Leg, adapter: ChannelAdapter, open: boolean): Pick<Reach, 'noInvite'> {
    if (leg.state !== 'open') return { noInvite: 'WRONG_STATE' }
    if (leg.channel === 'webchat') return {}
    if (adapter.isPublic?.(leg)) return { noInvite: 'PUBLIC_THREAD' }
    if (adapter.templatesOnly?.(leg.accountId)) return { noInvite: 'TEMPLATE_ONLY' }
    if (!open) return { noInvite: 'WINDOW_CLOSED' }
    return this.options.hasAddress ? {} : { noInvite: 'PUBLIC_URL_NEEDED' }
  }

  /** @throws TEMPLATE_ONLY, WINDOW_CLOSED, QUOTA_USED_UP, NO_MEDIA_HERE, MESSAGE_TOO_LONG: before anything is written */
  async check(leg: Leg, content: OutgoingContent): Promise<void> {
    const adapter = this.options.adapter(leg.channel)
    if (!adapter) return
    const { media, maxTextChars, replyWindow } = adapter.capabilities
    if (content.type !== 'template' && adapter.templatesOnly?.(leg.accountId)) fail('TEMPLATE_ONLY')
    if (content.type === 'media' && !media) fail('NO_MEDIA_HERE')
    if (content.type === 'text' && content.text.length > maxTextChars) fail('MESSAGE_TOO_LONG')
    if (content.type === 'template' || !replyWindow) return
    if (await this.options.windows.covers(leg, 1)) return
    const { untilMs } = await this.options.windows.view(leg)
    fail(untilMs === undefined ? 'WINDOW_CLOSED' : 'QUOTA_USED_UP')
  }
}
