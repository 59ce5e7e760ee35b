import { errorCodes, errorEntry } from '../../../gateway/errors.ts'
import type { ErrorCode } from '../../../gateway/errors.ts'
import { useLang, useT } from '../i18n/index.ts'

/**
 * What a code of ours, or of the provider of that channel, means; undefined for one nobody has written words for.
 * Providers use the same numbers for different things.
 */
export function useCodeWords(): (code: string, channel: string | undefined) => string | undefined {
  const t = useT('records')
  const lang = useLang()
  return (code, channel) => {
    if ((errorCodes as string[]).includes(code))
      return errorEntry(code as ErrorCode)[lang === 'en' ? 'en' : 'zh']
    // receipts of SMS carry a number behind the word; a dot would part the key
    const key = code.split(' ')[0]!.replace(/[.:]/g, '_')
    const places = [`code.ours.${key}`, ...(channel ? [`code.${channel}.${key}`] : [])]
    return t(places, { defaultValue: '' }) || undefined
  }
}
