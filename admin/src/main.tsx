import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { letFocusGoBack } from './focus-goes-back.ts'
import { startI18n } from './i18n/index.ts'
import './base.css'

letFocusGoBack()
await startI18n()
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
