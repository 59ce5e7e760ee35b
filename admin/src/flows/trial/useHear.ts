import { useState } from 'react'
import { ApiError } from '../../api/error.ts'
import { useLang, useT } from '../../i18n/index.ts'
import type { ToSay } from './speak.ts'
import { speak } from './speak.ts'

/** Says a text as callers hear it. */
export function useHear() {
  const t = useT('flows/trial')
  const lang = useLang()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  return {
    busy,
    error,
    async play(what: ToSay) {
      setBusy(true)
      setError(undefined)
      try {
        await speak(what)
      } catch (failed) {
        setError(failed instanceof ApiError ? failed.sentence(lang) : t('cannotHear'))
      } finally {
        setBusy(false)
      }
    },
  }
}
