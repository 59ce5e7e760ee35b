import type { Part } from '../../gateway/domain/message.ts'
import { CALL_LINK_MINUTES } from './call-token.ts'

/** What somebody who writes elsewhere is sent: a card where there are cards, words and the link elsewhere. */
export function callInvitation(agentName: string, url: string, lang: string): Part {
  const zh = lang.startsWith('zh')
  return {
    type: 'card',
    title: zh ? `${agentName}邀请您语音通话` : `${agentName} invites you to talk`,
    text: zh
      ? `点开链接即可通话,无需安装,不收话费。${CALL_LINK_MINUTES}分钟内有效,请勿转发。`
      : `Open the link to talk: nothing to install, no call charges. Good for ${CALL_LINK_MINUTES} minutes; for you alone.`,
    actions: [{ kind: 'url', label: zh ? '开始通话' : 'Start the call', value: url }],
  }
}
