/** A message of ours as a personal account can send it: words and files, no buttons. */
import type { Part } from '../../gateway/domain/message.ts'
import { cutText, utf16Chars } from '../cut-text.ts'
import { choicesBelow } from '../numbered-choices.ts'

/** Longer ones are folded by the WeChat app; our limit, not theirs. */
export const MAX_TEXT_CHARS = 1_000

export type OutgoingText =
  { type: 'text'; text: string } | { type: 'file'; blobId: string; name: string }

export function outgoingTexts(parts: Part[], publicUrl: string | undefined): OutgoingText[] {
  const found: OutgoingText[] = []
  let lines: string[] = []
  const flush = () => {
    const text = lines.filter(Boolean).join('\n')
    lines = []
    for (const cut of cutText(text, MAX_TEXT_CHARS, utf16Chars))
      found.push({ type: 'text', text: cut })
  }
  for (const part of parts) {
    switch (part.type) {
      case 'text':
      case 'template':
        lines.push(part.text)
        break
      case 'choice':
        lines.push(part.label)
        break
      case 'quickReplies':
        lines.push(...choicesBelow(part.replies, lines.join('\n')))
        break
      case 'card': {
        const absolute = (url: string) =>
          url.startsWith('/') ? publicUrl && `${publicUrl}${url}` : url
        lines.push(part.title, part.text ?? '')
        for (const { kind, label, value } of part.actions ?? [])
          lines.push(
            kind === 'reply' ? label : `${label}: ${(kind === 'url' && absolute(value)) || value}`,
          )
        if (part.url) lines.push(absolute(part.url) ?? '')
        break
      }
      case 'location':
        lines.push([part.label, `${part.lat},${part.lng}`].filter(Boolean).join(' · '))
        break
      case 'media':
        flush()
        found.push({ type: 'file', blobId: part.blobId, name: part.name })
        break
      default:
      // said by others, or told to staff alone
    }
  }
  flush()
  return found
}
