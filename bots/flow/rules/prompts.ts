import { definitionOf } from '../registry.ts'
import type { BlockId, Lang, Prompt, Variant } from '../schema.ts'
import { placeholders } from '../template.ts'
import { textHash } from '../versions.ts'
import type { Check, Place } from './check.ts'

/** Customer service messages of an Official Account: 2048 bytes of UTF-8. */
const WECHAT_BYTES = 2048
/** A long text message is cut into parts of 67 UCS-2 characters (GSM 03.40), Latin of 153. */
const SMS_PART = 67
const SMS_PART_LATIN = 153
const SMS_PARTS = 3

/** All prompts of all blocks with the names of their fields. */
export function promptsOf(check: Check): { block: BlockId; field: string; prompt: Prompt }[] {
  return check.blocks.flatMap(([block, content]) =>
    (definitionOf(content).prompts?.(content) ?? []).flatMap(([field, prompt]) =>
      prompt ? [{ block, field, prompt }] : [],
    ),
  )
}

/** PROMPT_LANG, MEDIA, STALE_REC, REC_VARS, WX_LEN, SMS_LEN, PII_SPOKEN, DEFAULT_LANG. */
export function checkPrompts(check: Check): void {
  const { doc } = check
  if (!doc.langs.includes(doc.defaultLang))
    check.add('DEFAULT_LANG', { field: 'defaultLang' }, { name: doc.defaultLang })
  const media = check.environment.media && new Set(check.environment.media)
  const personal = new Set(
    [...(doc.vars ?? []), ...(doc.params ?? [])].filter((v) => v.pii).map((v) => v.name),
  )
  for (const { block, field, prompt } of promptsOf(check)) {
    for (const lang of doc.langs) {
      const place = { block, lang, field }
      const variant = prompt[lang]
      if (!variant?.text.trim()) {
        check.add('PROMPT_LANG', place, { field })
        continue
      }
      checkRecording(check, variant, field, media, place)
      checkLength(check, variant, field, place)
      if (!field.startsWith('confirm')) checkPersonal(check, variant, field, personal, place)
    }
  }
}

function checkRecording(
  check: Check,
  { audio, text }: Variant,
  field: string,
  media: Set<string> | undefined,
  place: Place & { lang: Lang },
): void {
  if (!audio) return
  if (media && !media.has(audio.mediaId)) check.add('MEDIA', place, { field, name: audio.mediaId })
  else if (audio.ofText !== textHash(text)) check.add('STALE_REC', place, { field })
  if (placeholders(text).length > 0) check.add('REC_VARS', place, { field })
}

function checkLength(check: Check, { text, by }: Variant, field: string, place: Place): void {
  const wechat = by?.wechat?.text ?? text
  // three bytes at most for each UTF-16 unit: most prompts need no counting
  if (check.isFor('wechat') && wechat.length * 3 > WECHAT_BYTES) {
    const size = new TextEncoder().encode(wechat).length
    if (size > WECHAT_BYTES) check.add('WX_LEN', place, { field, size })
  }
  const sms = by?.sms?.text ?? text
  if (check.isFor('sms') && sms.length > SMS_PART * SMS_PARTS) {
    const part = /^[\p{ASCII}]*$/u.test(sms) ? SMS_PART_LATIN : SMS_PART
    const count = Math.ceil(sms.length / part)
    if (count > SMS_PARTS) check.add('SMS_LEN', place, { field, count })
  }
}

function checkPersonal(
  check: Check,
  variant: Variant,
  field: string,
  personal: Set<string>,
  place: Place,
): void {
  if (personal.size === 0) return
  for (const { path, filters } of placeholders(variant.text)) {
    const name = path.split('.')[0] ?? ''
    const masked = filters.some((filter) => filter.name === 'mask')
    if (personal.has(name) && !masked) check.add('PII_SPOKEN', place, { field, name })
  }
}
