/** Puts the channels of providers together: their accounts, what they remember, and their doors. */
import express from 'express'
import type { ChannelContext, DeliveryReport } from '../channels/channel.ts'
import type {
  CheckResult,
  FetchedMedia,
  FetchOutside,
  MediaPromise,
  ProviderChannel,
  ProviderSocket,
} from '../channels/provider.ts'
import { Accounts } from './accounts/accounts.ts'
import type { WritableAccountView } from './accounts/schema.ts'
import { HealthBook } from './accounts/health.ts'
import { LiveAccounts } from './accounts/live-accounts.ts'
import { StoredAccountState } from './accounts/state.ts'
import type { Templates } from './accounts/templates.ts'
import type { Route } from './api/route.ts'
import type { Bus } from './bus/bus.ts'
import type { Part } from './domain/message.ts'
import { fail } from './errors.ts'
import type { Files } from './files/files.ts'
import { providerRooms } from './provider-rooms.ts'

export interface ProvidersOptions {
  context: ChannelContext
  files: Files
  templates: Templates
  promiseMedia: (promise: MediaPromise) => Promise<Part>
  delivered: (report: DeliveryReport) => Promise<void>
  fetchOutside: FetchOutside
  publicUrl: string | undefined
  bus: Bus
  secret: string
  nodeId: string
  now: () => number
  onError: (error: unknown, about?: object) => void
}

export class Providers {
  readonly accounts: Accounts
  readonly health: HealthBook
  readonly channels: ProviderChannel[]
  /** webhooks, below /channels */
  readonly doors: express.Router
  readonly routes: Route[]
  readonly sockets: ProviderSocket[]
  private readonly live: LiveAccounts
  private readonly options: ProvidersOptions

  constructor(options: ProvidersOptions) {
    const { bus, secret, nodeId, now, publicUrl } = options
    this.options = options
    const kinds = providerRooms.flatMap((room) => room.kinds)
    const state = new StoredAccountState({ secret, nodeId, now })
    this.health = new HealthBook({
      now,
      onChange: (accountId, state) => bus.publish('accountHealth', { accountId, state }),
    })
    this.accounts = new Accounts({
      ...{ kinds, secret, bus, health: this.health, state, publicUrl },
      settled: () => this.live.settled(),
    })
    this.live = new LiveAccounts({
      kinds,
      secret,
      onIncomplete: (accountId, fields) =>
        this.health.fault(accountId, 'needsPerson', 'SETTINGS_INCOMPLETE', fields.join(', ')),
    })
    const { context, files, templates, promiseMedia, delivered, fetchOutside, onError } = options
    this.channels = providerRooms.map(({ channel, create }) =>
      create({
        ...context,
        ...{ accounts: this.live.of(channel), state, health: this.health },
        ...{ files, promiseMedia, delivered, fetchOutside, publicUrl, now, onError },
        template: (id) => templates.approved(id),
      }),
    )
    this.doors = express.Router()
    for (const { doors } of this.channels) if (doors) this.doors.use('/channels', doors)
    this.routes = this.channels.flatMap(({ routes }) => routes ?? [])
    this.sockets = this.channels.flatMap(({ sockets }) => sockets ?? [])
  }

  /** The accounts are known; nothing is listened to so far. */
  load(): Promise<void> {
    return this.live.start(this.options.bus, this.options.onError)
  }

  /** Channels begin side by side; one that cannot does not stop the others. */
  begin(): void {
    for (const channel of this.channels)
      void channel.start().catch((error: unknown) => this.options.onError(error))
  }

  async fetchMedia(accountId: string, ref: string): Promise<FetchedMedia> {
    const channel = await this.channelOf(accountId)
    if (!channel?.fetchMedia) fail('NOT_FOUND')
    return channel.fetchMedia(accountId, ref)
  }

  /** Accounts from which an agent may write to somebody who has not written there. */
  writable(): WritableAccountView[] {
    return this.channels.flatMap((channel) =>
      channel.capabilities.writesFirst
        ? this.live
            .of(channel.channel)
            .all()
            .map(({ id, name }) => ({
              ...{ id, name, channel: channel.channel },
              templatesOnly: channel.templatesOnly?.(id) ?? false,
            }))
        : [],
    )
  }

  async check(accountId: string): Promise<CheckResult> {
    // what was saved a moment ago counts
    await this.live.settled()
    const channel = await this.channelOf(accountId)
    return channel ? channel.check(accountId) : { ok: true }
  }

  private async channelOf(accountId: string): Promise<ProviderChannel | undefined> {
    const { channel } = await this.accounts.get(accountId)
    return this.channels.find((each) => each.channel === channel)
  }
}
