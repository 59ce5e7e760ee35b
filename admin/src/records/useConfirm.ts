import { App } from 'antd'
import { useCallback } from 'react'
import type { ReactNode } from 'react'
import { useT } from '../i18n/index.ts'

interface Question {
  title: string
  text?: ReactNode
  ok: string
  cancel?: string
  danger?: boolean
}

/** Asks before something that cannot be taken back; resolves to what the person decided. */
export function useConfirm(): (question: Question) => Promise<boolean> {
  const { modal } = App.useApp()
  const t = useT('records')
  return useCallback(
    async ({ title, text, ok, cancel, danger }) =>
      await modal.confirm({
        title,
        content: text,
        okText: ok,
        okButtonProps: { danger: danger ?? false },
        cancelText: cancel ?? t('cancel'),
        focusable: { autoFocusButton: danger ? 'cancel' : 'ok' },
      }),
    [modal, t],
  )
}
