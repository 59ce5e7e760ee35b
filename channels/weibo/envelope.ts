/** What a push of Weibo means for the conversation. */
import type { Envelope } from '../channel.ts'
import type { Part } from '../../gateway/domain/message.ts'
import type { WeiboAccount } from './account.ts'
import { grantFor, grantsTakenBack } from './grants.ts'
import type { WeiboPush } from './push.ts'
import { pushKey } from './push.ts'

/** A file that Weibo holds, to be fetched by `mss/msget`. */
export interface HeldFile {
  kind: 'image' | 'audio'
  fid: string
  name: string
}

/** @returns the file whose part is still to be had, for pictures and voice */
export function heldFile({ type, data }: WeiboPush): HeldFile | undefined {
  // tovfid is the receiver's handle of it, vfid the sender's
  const fid = data.tovfid ?? data.vfid
  if (!fid || !/^\w{1,64}$/.test(fid)) return undefined
  if (type === 'image') return { kind: 'image', fid, name: 'weibo.jpg' }
  if (type === 'voice') return { kind: 'audio', fid, name: 'weibo.amr' }
  return undefined
}

/**
 * @param file of `heldFile`, promised
 * @returns undefined for what calls for nothing, e.g. a tapped link; new types may come at any time
 */
export function envelopeOfPush(
  account: WeiboAccount,
  push: WeiboPush,
  file: Part | undefined,
  nowMs: number,
): Envelope | undefined {
  const base = {
    accountId: account.id,
    channel: 'weibo' as const,
    threadKey: push.senderId,
    dedupeKey: pushKey(push),
    identity: {
      kind: 'weiboUid' as const,
      // a uid is the same everywhere on Weibo
      scope: '',
      value: push.senderId,
      assurance: 'proven' as const,
    },
    lang: account.lang,
  }
  if (push.type === 'event') return ofEvent(base, push, nowMs)
  const parts = file ? [file] : partsOf(push)
  if (!parts.length) return undefined
  if (push.type === 'mention') {
    // the poller finds the same one: whichever is first counts
    const mentioned = push.data.subtype === 'comment' ? 'comment' : 'mention'
    const dedupeKey = push.data.key ? `${mentioned}:${push.data.key}` : base.dedupeKey
    return { ...base, dedupeKey, kind: 'message', parts, grants: [grantFor('mention', nowMs)] }
  }
  return { ...base, kind: 'message', parts, grants: [grantFor('message', nowMs)] }
}

type Base = Omit<Envelope, 'kind' | 'parts'>

/** follow, unfollow, subscribe, unsubscribe, scan, scan_follow, click, view (接收事件推送). */
function ofEvent(base: Base, { data }: WeiboPush, nowMs: number): Envelope | undefined {
  const key = data.key?.slice(0, 100)
  switch (data.subtype) {
    case 'follow':
    case 'subscribe':
      return { ...base, kind: 'arrive', parts: [], grants: [grantFor('follow', nowMs)] }
    case 'scan':
    case 'scan_follow':
      return {
        ...base,
        ...{ kind: 'arrive', parts: [], grants: [grantFor('scan', nowMs)] },
        ...(key && { scene: key }),
      }
    case 'click':
      return {
        ...base,
        kind: 'message',
        parts: [{ type: 'choice', id: key ?? '', label: key ?? '' }],
        grants: [grantFor('menu', nowMs)],
      }
    case 'unfollow':
      return { ...base, kind: 'leave', parts: [], grants: grantsTakenBack }
    default:
      return undefined
  }
}

function partsOf({ type, text, data }: WeiboPush): Part[] {
  const words = text.trim()
  switch (type) {
    case 'text':
    case 'mention':
      return words ? [{ type: 'text', text: words }] : []
    case 'position': {
      const lat = Number(data.latitude)
      const lng = Number(data.longitude)
      if (!(Math.abs(lat) <= 90 && Math.abs(lng) <= 180)) return []
      return [{ type: 'location', lat, lng, ...(words && { label: words.slice(0, 200) }) }]
    }
    case 'image':
    case 'voice':
      // it came without its handle
      return [{ type: 'text', text: words || (type === 'image' ? '[图片]' : '[语音]') }]
    default:
      return []
  }
}
