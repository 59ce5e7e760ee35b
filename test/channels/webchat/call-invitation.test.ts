import { expect } from 'chai'
import { callInvitation } from '../../../channels/webchat/call-invitation.ts'
import { CallTokens } from '../../../channels/webchat/call-token.ts'
import { smsTexts } from '../../../channels/sms/sms-texts.ts'
import { outgoingPieces as wechat } from '../../../channels/wechat/outgoing-pieces.ts'
import { outgoingPieces as wecom } from '../../../channels/wecom/outgoing-pieces.ts'
import { replyPieces as weibo } from '../../../channels/weibo/reply.ts'
import { newId } from '../../../gateway/store/id.ts'

describe('an invitation to talk, as each channel sends it', () => {
  const publicUrl = 'https://hotline.tourism.example.gov.cn'
  for (const lang of ['zh-CN', 'en'])
    it(`is one message with the whole link in it (${lang})`, async () => {
      const link = { conversationId: newId(), leg: 12 }
      const token = await new CallTokens('a secret of the test').sign(link, Date.now())
      const url = `${publicUrl}/webchat/call?t=${token}`
      const parts = [callInvitation(lang === 'en' ? 'Alexandra Müller' : '林小雨', url, lang)]
      const addressOf = () => undefined
      const sent = {
        wechat: wechat({ parts, lang }),
        wecom: wecom(parts, { lang, publicUrl }),
        weibo: weibo(parts, addressOf),
        sms: smsTexts(parts, { lang, addressOf, publicUrl }),
      }
      for (const [channel, pieces] of Object.entries(sent)) {
        expect(pieces, channel).to.have.length(1)
        expect(JSON.stringify(pieces), channel).to.include(url)
      }
    })
})
