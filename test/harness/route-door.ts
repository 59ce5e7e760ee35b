/** Routes behind a real HTTP server, with whoever the header `x-member` names signed in. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { pino } from 'pino'
import type { Route } from '../../gateway/api/route.ts'
import type { StaffMember } from '../../gateway/domain/staff.ts'
import { errorHandler } from '../../gateway/http/errors.ts'
import { mountRoutes } from '../../gateway/http/mount.ts'

export interface Door {
  /** as that member; `headers` are added */
  ask(
    member: string,
    method: string,
    path: string,
    options?: { body?: unknown; headers?: Record<string, string> },
  ): Promise<Response>
  close(): Promise<void>
}

export async function openDoor(routes: Route[], members: StaffMember[]): Promise<Door> {
  const app = express()
  app.use(express.json())
  mountRoutes(app, routes, async (request) =>
    members.find(({ _id }) => _id === request.headers['x-member']),
  )
  app.use(errorHandler(pino({ level: 'silent' })))
  const server = createServer(app)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    ask: (member, method, path, { body, headers } = {}) =>
      fetch(`http://127.0.0.1:${port}${path}`, {
        method,
        headers: {
          'x-member': member,
          ...(body !== undefined &&
            !(body instanceof FormData) && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && {
          body: body instanceof FormData ? body : JSON.stringify(body),
        }),
      }),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

export const member = (_id: string, role: StaffMember['role']): StaffMember => ({
  _id,
  role,
  userName: _id,
  displayName: _id.toUpperCase(),
  skills: {},
  queueIds: [],
  capacity: { chat: 3 },
  lang: 'zh-CN',
  disabled: false,
  mustChangePassword: false,
  passwordHash: '',
  version: 1,
  createdAt: new Date(0),
})
