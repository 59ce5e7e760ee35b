import type { Part } from '../../gateway/domain/message.ts'
import { CALL_LINK_MINUTES } from './call-token.ts'

/** Weibo takes 299 characters and would cut the link in two; the words give way to it. */
const MOST_CHARS = 290

/** What somebody who writes elsewhere is sent: a card where there are cards, words and the link elsewhere. */
export function callInvitation(agentName: string, url: string, lang: string): Part {
  const zh = lang.startsWith('zh')
  const title = zh ? `${agentName}邀请您语音通话` : `${agentName} invites you to talk`
  const text = zh
    ? `点开即可通话,无需安装,不收话费。${CALL_LINK_MINUTES}分钟内有效,请勿转发。`
    : `No app, no call charges. Good for ${CALL_LINK_MINUTES} minutes, for you alone.`
  const label = zh ? '开始通话' : 'Start the call'
  const fits = title.length + text.length + label.length + url.length <= MOST_CHARS
  return {
    type: 'card',
    title,
    ...(fits && { text }),
    actions: [{ kind: 'url', label, value: url }],
  }
}
