import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { App as AntApp, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { ApiError } from './api/error.ts'
import { DeskProvider } from './desk/DeskProvider.tsx'
import { useLang } from './i18n/index.ts'
import { SessionGate } from './session/SessionGate.tsx'
import { Shell } from './shell/Shell.tsx'
import { theme } from './theme.ts'

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // a refusal stays one however often it is asked; only a lost connection is worth a second try
      retry: (count, error) => error instanceof ApiError && error.code === 'OFFLINE' && count < 2,
    },
  },
})

export function App() {
  const lang = useLang()
  return (
    <ConfigProvider
      locale={lang === 'en' ? enUS : zhCN}
      theme={theme}
      button={{ autoInsertSpace: false }}
      // a dialog made in a container of its own gets into the page too late to take the focus it asks for
      getPopupContainer={() => document.body}
    >
      <AntApp>
        <QueryClientProvider client={queries}>
          <SessionGate>
            <DeskProvider>
              <Shell />
            </DeskProvider>
          </SessionGate>
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  )
}
