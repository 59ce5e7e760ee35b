/**
 * A callback of WeChat as what it means here: pure. Field lists: developers.weixin.qq.com 接收普通消息, 接收事件推送.
 */
import { createHash } from 'node:crypto'
import type { Part } from '../../gateway/domain/message.ts'
import type { GrantReason, WindowGrant } from '../../gateway/domain/reply-window.ts'
import type { XmlFields } from '../callback-xml.ts'
import { xmlFields, xmlList, xmlText } from '../callback-xml.ts'
import type { DeliveryReport, Envelope } from '../channel.ts'
import type { MediaPromise } from '../provider.ts'
import { SAY } from './menu-buttons.ts'

/** What each deed of a tourist lets us send since June 2023 (发送客服消息, 下发额度). */
const granted: Partial<Record<GrantReason, { count: number; ms: number }>> = {
  message: { count: 5, ms: 48 * 3_600_000 },
  menu: { count: 3, ms: 60_000 },
  follow: { count: 3, ms: 60_000 },
  scan: { count: 3, ms: 60_000 },
}
/** The minute counts from their clock; where ours is further off, it counts from ours. */
const CLOCKS_APART_MS = 5 * 60_000

export type CallbackPart = Part | { promise: Omit<MediaPromise, 'accountId'> }

export type CallbackEnvelope = Pick<Envelope, 'dedupeKey' | 'kind' | 'grants' | 'scene'> & {
  openId: string
  parts: CallbackPart[]
}

export type ReadCallback =
  | { envelope: CallbackEnvelope }
  | { reports: Omit<DeliveryReport, 'accountId'>[] }
  /** nothing to do; also whatever they will invent */
  | { ignored: string }

export interface ReadOptions {
  nowMs: number
  lang: string
  /** what is on the menu's button with this key */
  labelOf: (eventKey: string) => string | undefined
}

export function readCallback(fields: XmlFields, options: ReadOptions): ReadCallback {
  const type = xmlText(fields, 'MsgType')
  const openId = xmlText(fields, 'FromUserName')
  if (!type || !openId) return { ignored: 'incomplete' }
  return type === 'event'
    ? readEvent(fields, openId, options)
    : readMessage(fields, openId, options)
}

function readMessage(fields: XmlFields, openId: string, options: ReadOptions): ReadCallback {
  const tapped = xmlText(fields, 'bizmsgmenuid')
  // a tap on a menu message counts as a tap on the menu: no 48 hours (客服消息介绍, 特别说明)
  const reason = tapped ? 'menu' : 'message'
  const messageId = xmlText(fields, 'MsgId')
  return {
    envelope: {
      ...{ openId, kind: 'message', parts: partsOf(fields, tapped, options.lang) },
      dedupeKey: messageId ? `msg:${messageId}` : hashed(fields),
      grants: grants(fields, reason, options.nowMs),
    },
  }
}

function partsOf(fields: XmlFields, tapped: string, lang: string): CallbackPart[] {
  const text = (name: string) => xmlText(fields, name)
  const zh = lang.startsWith('zh')
  const file = (kind: MediaPromise['kind'], name: string): CallbackPart => ({
    promise: { kind, ref: `${kind}:${text('MediaId')}`, name },
  })
  switch (text('MsgType')) {
    case 'text': {
      const content = text('Content')
      return tapped
        ? [{ type: 'choice', id: tapped, label: content }]
        : [{ type: 'text', text: content }]
    }
    case 'image':
      return [file('image', zh ? '图片.jpg' : 'picture.jpg')]
    case 'voice': {
      const said = text('Recognition').trim()
      const voice = file('audio', zh ? '语音.wav' : 'voice.wav')
      return said ? [{ type: 'text', text: said }, voice] : [voice]
    }
    case 'video':
    case 'shortvideo':
      return [file('video', zh ? '视频.mp4' : 'video.mp4')]
    case 'location': {
      const lat = Number(text('Location_X'))
      const lng = Number(text('Location_Y'))
      const label = text('Label').trim()
      if (!Number.isFinite(lat) || !Number.isFinite(lng)) break
      return [{ type: 'location', lat, lng, ...(label && { label }) }]
    }
    case 'link': {
      const lines = [text('Title'), text('Description'), text('Url')]
      return [{ type: 'text', text: lines.filter((line) => line.trim()).join('\n') }]
    }
  }
  const kind = text('MsgType')
  return [
    { type: 'text', text: zh ? `[暂不支持的消息类型:${kind}]` : `[message of the type ${kind}]` },
  ]
}

function readEvent(fields: XmlFields, openId: string, options: ReadOptions): ReadCallback {
  const event = xmlText(fields, 'Event')
  const key = xmlText(fields, 'EventKey')
  const happened = (
    kind: Envelope['kind'],
    reason?: GrantReason,
    more: { scene?: string; parts?: Part[] } = {},
  ): ReadCallback => ({
    envelope: {
      ...{ openId, kind, parts: [], dedupeKey: hashed(fields), ...more },
      ...(reason && { grants: grants(fields, reason, options.nowMs) }),
    },
  })
  switch (event.toLowerCase()) {
    case 'subscribe': {
      const scene = /^qrscene_(.+)/s.exec(key)?.[1]
      return happened('arrive', 'follow', scene ? { scene } : {})
    }
    case 'unsubscribe':
      return happened('leave')
    case 'scan':
      return happened('arrive', 'scan', key ? { scene: key } : {})
    case 'click':
      return happened('message', 'menu', { parts: [clicked(key, options)] })
    case 'scancode_push':
    case 'scancode_waitmsg': {
      const text = xmlText(xmlFields(fields, 'ScanCodeInfo'), 'ScanResult')
      return text
        ? happened('message', 'menu', { parts: [{ type: 'text', text }] })
        : { ignored: event }
    }
    case 'templatesendjobfinish':
      return {
        reports: [report(xmlText(fields, 'MsgID'), xmlText(fields, 'Status') === 'success')],
      }
    case 'masssendjobfinish':
      return {
        reports: [report(xmlText(fields, 'MsgID'), xmlText(fields, 'Status') === 'send success')],
      }
    case 'subscribe_msg_sent_event':
      return {
        reports: xmlList(xmlFields(fields, 'SubscribeMsgSentEvent'), 'List').map((sent) =>
          report(
            xmlText(sent, 'MsgID'),
            xmlText(sent, 'ErrorCode') === '0',
            xmlText(sent, 'ErrorCode'),
          ),
        ),
      }
    // the pictures and the place come as messages of their own; a page was opened; where the phone is, every
    // few seconds; who agreed to notices; WeChat's own desk
    default:
      return { ignored: event }
  }
}

function clicked(key: string, { labelOf }: ReadOptions): Part {
  if (key.startsWith(SAY)) return { type: 'text', text: key.slice(SAY.length) }
  return { type: 'choice', id: key, label: labelOf(key) ?? key }
}

function report(
  providerId: string,
  delivered: boolean,
  code = 'NOT_DELIVERED',
): Omit<DeliveryReport, 'accountId'> {
  return delivered ? { providerId, state: 'delivered' } : { providerId, state: 'failed', code }
}

function grants(fields: XmlFields, reason: GrantReason, nowMs: number): WindowGrant[] {
  const { count, ms } = granted[reason]!
  const createdMs = Number(xmlText(fields, 'CreateTime')) * 1000
  const fromMs = Math.abs(createdMs - nowMs) < CLOCKS_APART_MS ? createdMs : nowMs
  return [{ reason, count, untilMs: fromMs + ms }]
}

/** Events have no id; their time counts seconds, so what happened is part of it. A repeat is the same to a byte. */
function hashed(fields: XmlFields): string {
  const names = ['FromUserName', 'CreateTime', 'MsgType', 'Event', 'EventKey', 'Ticket', 'Content']
  const scanned = xmlText(xmlFields(fields, 'ScanCodeInfo'), 'ScanResult')
  const values = [...names.map((name) => xmlText(fields, name)), scanned]
  return `event:${createHash('sha256').update(JSON.stringify(values)).digest('base64url')}`
}
