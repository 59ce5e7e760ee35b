/** Nodes of a small gateway that serve WeCom, each with webhooks of its own. */
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { pino } from 'pino'
import { wecomKind } from '../../../channels/wecom/account.ts'
import type { WecomOptions } from '../../../channels/wecom/wecom.ts'
import { Wecom } from '../../../channels/wecom/wecom.ts'
import { errorHandler } from '../../../gateway/http/errors.ts'
import { SmallGateway } from '../small-gateway.ts'

export class WecomGateway extends SmallGateway {
  private readonly nodes: { channel: Wecom; server: Server }[] = []

  /** Another node. @returns the channel and where its webhooks are */
  async node(
    accounts: { id: string; settings: Record<string, unknown> }[],
    options?: WecomOptions,
  ): Promise<{ channel: Wecom; url: string }> {
    const parsed = accounts.map(({ id, settings }) => ({
      ...{ id, kind: 'wecom', name: id, lang: 'zh-CN' },
      settings: wecomKind.settings.parse(settings),
    }))
    const channel = new Wecom(this.context(parsed), options)
    const app = express()
      .use('/channels', channel.doors)
      .use(errorHandler(pino({ level: 'silent' })))
    const server = app.listen(0, '127.0.0.1')
    await once(server, 'listening')
    this.nodes.push({ channel, server })
    return { channel, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
  }

  async close(): Promise<void> {
    for (const { channel, server } of this.nodes.splice(0)) {
      await channel.stop()
      server.closeAllConnections()
      server.close()
    }
  }
}
