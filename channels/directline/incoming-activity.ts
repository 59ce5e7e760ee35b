/** What a Bot Framework client says, as we understand it (Activity schema; Direct Line API 3.0). */
import { z } from 'zod'
import type { Part } from '../../gateway/domain/message.ts'

export const MAX_TEXT_CHARS = 4000
/** Direct Line's own limit of an activity. */
export const MAX_ACTIVITY_BYTES = 256 * 1024
const MAX_ATTACHMENTS = 10

export const incomingActivity = z.object({
  type: z.string().max(64),
  from: z
    .object({ id: z.string().max(256).optional(), name: z.string().max(256).optional() })
    .optional(),
  text: z.string().optional(),
  locale: z.string().max(35).optional(),
  name: z.string().max(256).optional(),
  value: z.unknown().optional(),
  channelData: z.looseObject({ clientActivityID: z.string().max(100).optional() }).nullish(),
  attachments: z
    .array(
      z.object({
        contentType: z.string().max(200).optional(),
        contentUrl: z.string().optional(),
        name: z.string().max(500).optional(),
      }),
    )
    .max(MAX_ATTACHMENTS)
    .optional(),
})
export type IncomingActivity = z.infer<typeof incomingActivity>

/** A file inside the activity. */
export interface InlineFile {
  name: string
  content: Buffer
}

export type Understood =
  | { as: 'message'; parts: Part[]; files: InlineFile[] }
  | { as: 'typing' }
  /** the client ends the conversation */
  | { as: 'leave' }
  /** an event of a page that greets by itself, as samples of Web Chat do */
  | { as: 'arrive' }
  /** e.g. conversationUpdate, messageReaction: nothing for us */
  | { as: 'ignored' }
  | { as: 'tooLong' }

/** What our suggested actions carry back, so that one of an older message is not mistaken. */
const choiceValue = z.object({
  choice: z.string().min(1).max(100),
  label: z.string().min(1).max(200),
})

export function understand(activity: IncomingActivity): Understood {
  switch (activity.type) {
    case 'typing':
      return { as: 'typing' }
    case 'endOfConversation':
      return { as: 'leave' }
    case 'event':
      return { as: activity.name === 'webchat/join' ? 'arrive' : 'ignored' }
    case 'message':
      return message(activity)
    default:
      return { as: 'ignored' }
  }
}

function message({ text, value, attachments = [] }: IncomingActivity): Understood {
  const choice = choiceValue.safeParse(value)
  const files: InlineFile[] = []
  const links: string[] = []
  for (const { name = 'file', contentUrl = '' } of attachments) {
    const inline = /^data:[^,]{0,200};base64,/.exec(contentUrl)
    if (inline)
      files.push({ name, content: Buffer.from(contentUrl.slice(inline[0].length), 'base64') })
    // we fetch nothing from an address a stranger gives us: people may look at it
    else if (/^https?:\/\//.test(contentUrl)) links.push(`${name} ${contentUrl.slice(0, 1000)}`)
  }
  if (choice.success) {
    const { choice: id, label } = choice.data
    return { as: 'message', parts: [{ type: 'choice', id, label }], files }
  }
  // the value of a card's postBack, where there is no text
  const words = text?.trim() || (typeof value === 'string' ? value.trim() : '')
  const all = [words, ...links].filter(Boolean).join('\n')
  if (all.length > MAX_TEXT_CHARS) return { as: 'tooLong' }
  return { as: 'message', parts: all ? [{ type: 'text', text: all }] : [], files }
}

/** Our language for a locale of theirs. */
export function languageOf(locale: string | undefined): 'zh-CN' | 'en' | undefined {
  const tag = locale?.toLowerCase() ?? ''
  if (tag.startsWith('zh') || tag.startsWith('yue')) return 'zh-CN'
  return tag.startsWith('en') ? 'en' : undefined
}
