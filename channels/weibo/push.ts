/** What Weibo pushes, read within bounds; in JSON, or in the XML of WeChat when the app was set to it. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { readCallbackXml, xmlText } from '../callback-xml.ts'
import { parseExactJson } from './exact-json.ts'

/** The largest seen is a message of a few kB. */
export const MAX_PUSH_BYTES = 64 * 1024
/** More than anybody may type into a message. */
const MAX_TEXT_CHARS = 4000

/** 64 bits in decimal digits; never a number of JavaScript. */
const id = z
  .union([z.string(), z.number().int().nonnegative()])
  .transform(String)
  .pipe(z.string().regex(/^\d{1,20}$/))
const text = z
  .string()
  .nullish()
  .transform((value) => (value ?? '').slice(0, MAX_TEXT_CHARS))
const word = z.union([z.string().max(1000), z.number()]).transform(String)

const pushSchema = z.object({
  /** text position voice image event mention; others are to be ignored, says Weibo */
  type: z.string().max(32),
  receiver_id: id,
  sender_id: id,
  created_at: z.union([z.string().max(64), z.number()]).transform(String),
  text,
  // '' or {} where there is nothing to say
  data: z
    .record(z.string(), z.unknown())
    .catch({})
    .transform((data) =>
      Object.fromEntries(
        Object.entries(data).flatMap(([key, value]) => {
          const read = word.safeParse(value)
          return read.success ? [[key, read.data]] : []
        }),
      ),
    ),
})

export interface WeiboPush {
  type: string
  receiverId: string
  senderId: string
  /** as it stands there: the clock of Weibo has seconds */
  createdAt: string
  text: string
  data: Partial<Record<string, string>>
}

/** @returns undefined for what is neither */
export function readPush(body: string): WeiboPush | undefined {
  if (/^\s*</.test(body)) return readXml(body)
  let raw: unknown
  try {
    raw = parseExactJson(body)
  } catch {
    return undefined
  }
  const read = pushSchema.safeParse(raw)
  if (!read.success) return undefined
  const { type, receiver_id, sender_id, created_at, ...rest } = read.data
  return {
    ...{ type, receiverId: receiver_id, senderId: sender_id, createdAt: created_at },
    ...{ text: rest.text, data: rest.data },
  }
}

/**
 * Weibo gives messages no id, so one is made of all that it says of them. Its clock has seconds: the same words
 * twice within one second look the same, which is why repeats are counted (weibo.ts) rather than forgotten.
 */
export function pushKey({ senderId, createdAt, type, text, data }: WeiboPush): string {
  const sorted = Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1))
  const all = JSON.stringify([senderId, createdAt, type, text, sorted])
  return createHash('sha256').update(all).digest('hex')
}

/** set_format can switch the pushes to the fields WeChat uses (eps/push/set_format). */
function readXml(body: string): WeiboPush | undefined {
  const xml = readCallbackXml(body)
  if (!xml) return undefined
  const field = (name: string) => xmlText(xml, name).trim()
  const read = pushSchema.safeParse({
    type: xmlTypes[field('MsgType')] ?? field('MsgType'),
    receiver_id: field('ToUserName'),
    sender_id: field('FromUserName'),
    created_at: field('CreateTime'),
    text: xmlText(xml, 'Content') || field('Label'),
    data: Object.fromEntries(
      Object.entries({
        latitude: field('Location_X'),
        longitude: field('Location_Y'),
        tovfid: field('MediaId'),
        subtype: field('Event').toLowerCase(),
        key: field('EventKey').replace(/^qrscene_/, ''),
        ticket: field('Ticket'),
      }).filter(([, value]) => value),
    ),
  })
  if (!read.success) return undefined
  const { type, receiver_id, sender_id, created_at, ...rest } = read.data
  return {
    ...{ type, receiverId: receiver_id, senderId: sender_id, createdAt: created_at },
    ...{ text: rest.text, data: rest.data },
  }
}

const xmlTypes: Partial<Record<string, string>> = { location: 'position' }
