import { errorCodes, errorEntry } from '../../../gateway/errors.ts'
import type { ErrorCode } from '../../../gateway/errors.ts'
import { useLang, useT } from '../i18n/index.ts'

/** What a code of ours or of a provider means; undefined for one nobody has written words for. */
export function useCodeWords(): (code: string) => string | undefined {
  const t = useT('records')
  const lang = useLang()
  return (code) => {
    if ((errorCodes as string[]).includes(code))
      return errorEntry(code as ErrorCode)[lang === 'en' ? 'en' : 'zh']
    return t(`code.${code.replace(/[.:]/g, '_')}`, { defaultValue: '' }) || undefined
  }
}
