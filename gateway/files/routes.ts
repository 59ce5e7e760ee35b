import type { Request } from 'express'
import { z } from 'zod'
import type { Route } from '../api/route.ts'
import { route } from '../api/route.ts'

const uploadView = z.object({
  blobId: z.string(),
  name: z.string(),
  mime: z.string(),
  bytes: z.number(),
  kind: z.enum(['image', 'audio', 'video', 'file']),
  url: z.string(),
})

export function fileRoutes(receive: (request: Request, by: string) => Promise<unknown>): Route[] {
  return [
    route({
      method: 'post',
      path: '/uploads',
      tag: 'Desk',
      summary: 'One file (multipart, at most 10 MB), to be sent or registered by its blobId',
      access: 'session',
      upload: 'file',
      answers: uploadView,
      handle: ({ request, member }) => receive(request, member._id),
    }),
  ]
}
