/**
 * What the channel of a provider (WeChat, Weibo, SMS, e-mail …) is made of and what it is given. Its room
 * exports one `AccountKind` per kind of account and one `ProviderChannel`; gateway/providers.ts puts them
 * together. A channel serves all its accounts; they come and go while it runs.
 */
import type { IncomingMessage } from 'node:http'
import type { Router } from 'express'
import type { WebSocket } from 'ws'
import type { z } from 'zod'
import type { Route } from '../gateway/api/route.ts'
import type { Channel } from '../gateway/domain/conversation.ts'
import type { Part } from '../gateway/domain/message.ts'
import type { ErrorCode } from '../gateway/errors.ts'
import type { Files } from '../gateway/files/files.ts'
import type { ChannelAdapter, ChannelContext, DeliveryReport } from './channel.ts'

/** What an account is set up with, as the console draws its form (zod's `.meta()`, kept in JSON Schema). */
export interface FieldMeta {
  zh: string
  en: string
  /** what to enter, and where the provider shows it */
  help?: { zh: string; en: string }
  /** goes in and never comes out; kept encrypted; a string */
  secret?: true
  /** not needed by most */
  advanced?: true
  /** of an enum: what each value is called */
  options?: Record<string, { zh: string; en: string }>
}

/** One kind of account that can be added in the console, e.g. SMS through an SMPP carrier. */
export interface AccountKind<S extends z.ZodObject = z.ZodObject> {
  /** 'wechat', 'wecom', 'smpp', 'aliyunSms' … */
  kind: string
  channel: Channel
  name: { zh: string; en: string }
  /** flat: every field carries FieldMeta */
  settings: S
  /**
   * below /channels/<kind>/<accountId>; what the provider must be told to call, with what it is for. `{field}`
   * stands for the value of a field that is no secret one
   */
  callbacks: { path: string; zh: string; en: string }[]
  /** free words are refused there: only approved texts can be sent */
  templatesOnly?: true
  /** shown above the form: what must be known before, a risk */
  notice?: { zh: string; en: string }
}

/** An account as it is used now, with its secrets. */
export interface ChannelAccount<S = unknown> {
  id: string
  kind: string
  name: string
  lang: string
  settings: S
}

/** The enabled accounts of a channel whose settings are complete. */
export interface ChannelAccounts<S = unknown> {
  get(id: string): ChannelAccount<S> | undefined
  all(): ChannelAccount<S>[]
  /** somebody added, changed or switched off one; told after `all` answers anew */
  onChange(listener: () => void): void
}

export type HealthState = 'starting' | 'ok' | 'warning' | 'down' | 'needsPerson'

/** How an account fares, told by its channel as it goes; the console shows it. */
export interface AccountHealth {
  /** something of the provider's worked; ends `down` and `warning` */
  ok(accountId: string): void
  /** it did not. `code`: the provider's or our own; `detail` is for the operator: no secret, nothing personal */
  fault(accountId: string, state: Exclude<HealthState, 'ok'>, code: string, detail?: string): void
  /** something for people to look at or scan, e.g. the address in a sign-in QR code; '' takes it away */
  show(accountId: string, qrText: string): void
}

/**
 * What a channel must remember of an account: cursors, tokens. One document per account and key, shared by all
 * nodes and changed by conditional writes. Values are JSON.
 */
export interface AccountState {
  get<T>(accountId: string, key: string): Promise<T | undefined>
  set(accountId: string, key: string, value: unknown): Promise<void>
  /** like get and set, kept encrypted: for access tokens */
  getSecret(accountId: string, key: string): Promise<string | undefined>
  setSecret(accountId: string, key: string, value: string): Promise<void>
  /**
   * Runs `work` while no other node does it for this account and key; waits for its turn. The lease outlives a
   * dead node by `leaseMs` at most.
   */
  exclusively<T>(
    accountId: string,
    key: string,
    leaseMs: number,
    work: () => Promise<T>,
  ): Promise<T>
}

/** A file the provider holds for a while, to be fetched beside the conversation: text does not wait for it. */
export interface MediaPromise {
  accountId: string
  kind: Extract<Part, { type: 'media' }>['kind']
  /** whatever `fetchMedia` needs: a media id, an address; the same one twice is one file */
  ref: string
  name: string
}

export interface FetchedMedia {
  content: Buffer
  /** a better name than the promised one */
  name?: string
}

/**
 * GETs an address that came from outside, following nothing: inside addresses are refused unless the operator
 * allows them (YILU_SOURCE_ALLOW). @throws with a `code`
 */
export type FetchOutside = (
  url: URL,
  limits: { maxBytes: number; timeoutMs: number },
) => Promise<{ status: number; body: Buffer }>

/** A text the provider approved (gateway/accounts/schema.ts templateView). */
export interface ApprovedText {
  providerId: string
  /** in the order of the text */
  params: { key: string }[]
  url?: string
  use: 'template' | 'subscribe'
}

export interface ProviderContext<S = unknown> extends ChannelContext {
  accounts: ChannelAccounts<S>
  state: AccountState
  health: AccountHealth
  files: Pick<Files, 'find' | 'read' | 'put' | 'address'>
  /** a part that stands for a file still to be fetched; stored before it is answered */
  promiseMedia(promise: MediaPromise): Promise<Part>
  delivered(report: DeliveryReport): Promise<void>
  /** for addresses that a provider's answer names (fetch-named.ts) */
  fetchOutside: FetchOutside
  /** the approved text a part of type 'template' names */
  template(templateId: string): Promise<ApprovedText | undefined>
  /** the address the world reaches us at, without a slash at the end; undefined: not configured */
  publicUrl: string | undefined
  now: () => number
  onError: (error: unknown, about?: object) => void
}

export interface CheckResult {
  ok: boolean
  /** of the one table, when it is not ok */
  code?: ErrorCode
  /** the provider's own words or code, for the operator */
  detail?: string
}

/** A WebSocket of a channel: who may come in is decided before the handshake is answered. */
export interface ProviderSocket {
  /** of the whole path, without what follows the question mark */
  path: RegExp
  /** a frame larger than this closes the socket (1009) */
  maxFrameBytes: number
  /** @throws an error of the table to refuse; answers what to do with the socket */
  admit(request: IncomingMessage): Promise<(socket: WebSocket) => void>
}

export interface ProviderChannel extends ChannelAdapter {
  /** its webhooks, mounted at /channels before any body is parsed: routes like '/wechat/:accountId' */
  readonly doors?: Router
  /** its WebSockets, below /channels */
  readonly sockets?: ProviderSocket[]
  /** REST routes of its own for the console, e.g. menus */
  readonly routes?: Route[]
  /** begins to listen and poll; called when everything that was under way has been taken up again */
  start(): Promise<void>
  /** the test button: asks the provider, with the account as it is stored */
  check(accountId: string): Promise<CheckResult>
  /** gets what `promiseMedia` promised. @throws where it cannot be had; tried again for a while */
  fetchMedia?(accountId: string, ref: string): Promise<FetchedMedia>
}
