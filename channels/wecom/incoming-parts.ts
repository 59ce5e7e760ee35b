/** What a customer sent, as parts of a message; files are still to be fetched. */
import type { Part } from '../../gateway/domain/message.ts'
import type { MediaPromise } from '../provider.ts'
import type { KfMessage } from './kf-message.ts'

export type IncomingPart = Part | { type: 'promise'; promise: Omit<MediaPromise, 'accountId'> }

const words = {
  zh: {
    ...{ image: '图片', audio: '语音', video: '视频', file: '文件', card: '名片', mini: '小程序' },
    ...{
      product: '商品',
      order: '订单',
      channels: '视频号',
      merged: '聊天记录',
      other: '无法显示的消息',
    },
  },
  en: {
    ...{ image: 'image', audio: 'voice', video: 'video', file: 'file', card: 'contact card' },
    ...{ mini: 'mini program', product: 'product', order: 'order', channels: 'Channels' },
    ...{ merged: 'chat history', other: 'a message that cannot be shown' },
  },
}

/** Never empty: what we do not know is told by its kind, so that an agent can ask. */
export function incomingParts(message: KfMessage, lang: string): IncomingPart[] {
  const say = lang.startsWith('zh') ? words.zh : words.en
  const note = (what: string, text = ''): IncomingPart => ({
    type: 'text',
    text: text ? `[${what}] ${text}` : `[${what}]`,
  })
  const promised = (kind: MediaPromise['kind'], ref: string, end: string): IncomingPart => ({
    type: 'promise',
    promise: { kind, ref, name: `${say[kind]}${end}` },
  })
  const { text, location, link, miniprogram } = message
  switch (message.msgtype) {
    case 'text': {
      const content = text?.content ?? ''
      // a tap on a menu of ours comes back with the id of what was tapped
      if (text?.menu_id) return [{ type: 'choice', id: text.menu_id, label: content }]
      if (content.trim()) return [{ type: 'text', text: content }]
      break
    }
    case 'image':
      if (message.image) return [promised('image', message.image.media_id, '.jpg')]
      break
    case 'voice':
      // AMR narrow band; turned into WAV when it is fetched
      if (message.voice) return [promised('audio', message.voice.media_id, '.wav')]
      break
    case 'video':
      if (message.video) return [promised('video', message.video.media_id, '.mp4')]
      break
    case 'file':
      if (message.file) return [promised('file', message.file.media_id, '')]
      break
    case 'location': {
      const { latitude: lat, longitude: lng } = location ?? {}
      const label = [location?.name, location?.address].filter(Boolean).join(' · ')
      if (lat !== undefined && lng !== undefined)
        return [{ type: 'location', lat, lng, ...(label && { label }) }]
      break
    }
    case 'link':
      if (link?.url && /^https?:\/\//i.test(link.url))
        return [
          {
            ...{ type: 'card', title: link.title || link.url, url: link.url },
            ...(link.desc && { text: link.desc }),
            ...(link.pic_url && /^https?:\/\//i.test(link.pic_url) && { image: link.pic_url }),
          },
        ]
      break
    case 'miniprogram':
      return [note(say.mini, miniprogram?.title)]
    case 'business_card':
      return [note(say.card, message.business_card?.userid)]
    case 'channels_shop_product': {
      const { title, sales_price: price, shop_nickname: shop } = message.channels_shop_product ?? {}
      return [note(say.product, [title, price, shop].filter(Boolean).join(' · '))]
    }
    case 'channels_shop_order': {
      const { order_id: id, product_titles: titles, state } = message.channels_shop_order ?? {}
      return [note(say.order, [id, titles, state].filter(Boolean).join(' · '))]
    }
    case 'channels':
      return [
        note(
          say.channels,
          [message.channels?.nickname, message.channels?.title].filter(Boolean).join(' · '),
        ),
      ]
    case 'merged_msg':
      return [note(say.merged, message.merged_msg?.title)]
  }
  return [note(say.other, message.msgtype)]
}
