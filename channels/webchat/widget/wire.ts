/** The wire's types as the widget uses them; types only, so that zod stays out of the bundle. */
import type {
  ChatStatus,
  ClientFrame,
  SayContent,
  ServerFrame,
  TokenResponse,
  UploadResponse,
  VisitorMessage,
  VisitorPart,
} from '../protocol.ts'

export type {
  ChatStatus,
  ClientFrame,
  SayContent,
  ServerFrame,
  TokenResponse,
  UploadResponse,
  VisitorMessage,
  VisitorPart,
}

export type Lang = 'zh-CN' | 'en'
export type WireError = Extract<ServerFrame, { t: 'expired' }>['error']

/** Codes only the browser side can meet; worded here because no server is there to word them. */
export interface LocalError {
  zh: string
  en: string
}

/** Place of a message: the newest one held is what `hello.resume` carries. */
export interface Cursor {
  conversationId: string
  seq: number
}

/** What was sent, for showing it before the server tells it back. */
export interface MediaPreview {
  kind: UploadResponse['kind']
  name: string
  mime: string
  bytes: number
  url: string
}
