/** One connection to the short-message network: a carrier by SMPP or CMPP, or a provider's HTTP API. */
import type { Router } from 'express'
import type { DeliveryReport, SendResult } from '../channel.ts'
import type {
  ChannelAccount,
  CheckResult,
  FetchedMedia,
  FetchOutside,
  HealthState,
  MediaPromise,
} from '../provider.ts'
import type { PartsStore } from './reassembly.ts'

export interface OutgoingSms {
  /** the message's id, for links that can name what they send */
  messageId: string
  /** E.164 with + */
  to: string
  text: string
  /** what the text is made of, where only approved texts may be sent */
  template?: { providerId: string; params: Record<string, string> }
  /** segments taken at an attempt before */
  sentPieces?: number
}

export interface IncomingSms {
  /** E.164 with +, or a short code as it is */
  from: string
  /** the number it was sent to */
  to: string
  /** whole: parts are put together by the link */
  text: string
  /** the link's id of it, unique per account */
  dedupeKey: string
  /** pictures of an MMS, to be fetched by `fetchMedia` beside the conversation */
  media?: Pick<MediaPromise, 'kind' | 'ref' | 'name'>[]
}

export interface SmsEvents {
  /** resolves when it is stored; only then may the network be told so. Rejects when it could not be */
  received(sms: IncomingSms): Promise<void>
  reported(report: Omit<DeliveryReport, 'accountId'>): Promise<void>
  ok(): void
  fault(state: Exclude<HealthState, 'ok'>, code: string, detail?: string): void
  onError(error: unknown): void
  now(): number
  /** where the parts of long messages wait for the others (reassembly.ts) */
  readonly parts: PartsStore
  /** what else the link must know after a restart: one JSON document per name */
  kept(name: string): PartsStore
  /** for addresses that a provider's answer names (channels/fetch-named.ts) */
  fetchOutside: FetchOutside
  /** where the world reaches `door`: https://…/channels/<kind>/<accountId>; undefined: not configured */
  readonly callbackUrl: string | undefined
}

export interface SmsLink {
  /** only texts the provider approved can be sent: no free conversation */
  readonly templatesOnly?: boolean
  submit(sms: OutgoingSms): Promise<SendResult>
  check(): Promise<CheckResult>
  /** what the provider calls, below /channels/<kind>/<accountId>; each verifies for itself */
  readonly door?: Router
  /** gets what `media` promised. @throws where it cannot be had */
  fetchMedia?(ref: string): Promise<FetchedMedia>
  /** connects; resolves at once, keeps trying, and tells health */
  start(): void
  stop(): Promise<void>
}

/** Makes the link of one account; sms.ts makes it anew when its settings change. */
export type SmsLinkMaker<S> = (account: ChannelAccount<S>, events: SmsEvents) => SmsLink
