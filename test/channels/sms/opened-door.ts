/** A link's door on a server of its own, as gateway/providers.ts mounts it. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import type { SmsLink } from '../../../channels/sms/link.ts'

export interface OpenedDoor {
  /** below it is the door */
  url: string
  close(): Promise<void>
}

export async function openedDoor({ door }: SmsLink): Promise<OpenedDoor> {
  const server = createServer(express().set('env', 'test').use('/channels/sms/main', door!))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/channels/sms/main`,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
