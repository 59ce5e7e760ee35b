import { App } from 'antd'
import { useCallback } from 'react'
import { useLang, useT } from '../i18n/index.ts'
import { describeDetails } from './describeDetails.ts'
import { ApiError } from './error.ts'

/** For actions without a place of their own to show an error: `.catch(showError)`. */
export function useErrorToast(): (error: unknown) => void {
  const { message } = App.useApp()
  const lang = useLang()
  const t = useT('shell')
  return useCallback(
    (error: unknown) => {
      const sentence = error instanceof ApiError ? error.sentence(lang) : t('unexpected')
      const details = error instanceof ApiError ? describeDetails(error.details) : []
      void message.error([sentence, ...details].join(' '), 6)
    },
    [message, lang, t],
  )
}
