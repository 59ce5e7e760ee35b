/** The express app: security headers, logs, REST, console, files, health and metrics. */
import path from 'node:path'
import type { IncomingMessage } from 'node:http'
import express from 'express'
import rateLimit from 'express-rate-limit'
import helmet from 'helmet'
import type { Logger } from 'pino'
import { pinoHttp } from 'pino-http'
import type { Route } from '../api/route.ts'
import type { StaffMember } from '../domain/staff.ts'
import { fail, YiluError } from '../errors.ts'
import type { Files } from '../files/files.ts'
import { PAGE_MIME } from '../files/files.ts'
import { newId } from '../store/id.ts'
import { errorHandler, notFound } from './errors.ts'
import type { Health } from './health.ts'
import { mountRoutes } from './mount.ts'
import { docsCss, docsPage, openApi } from './openapi.ts'
import { requireSameOrigin } from './session.ts'

/** Guesses of passwords from one address within 15 minutes; a whole office may share an address. */
const SIGN_INS_PER_WINDOW = 30
const WINDOW_MS = 15 * 60_000

const consolePolicy = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  // Ant Design writes its styles into the page
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  mediaSrc: ["'self'", 'blob:'],
  fontSrc: ["'self'", 'data:'],
  connectSrc: ["'self'", 'ws:', 'wss:'],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
}

export interface AppOptions {
  log: Logger
  version: string
  routes: Route[]
  /** what providers call; each reads its own body, since signatures cover the very bytes */
  webhooks: express.Router
  /** doors of channels, mounted at the root */
  channelDoors: express.Router[]
  files: Files
  /** resolves when a file that is still being fetched is there, or will not be soon */
  fileArrived: (id: string) => Promise<void>
  health: Health
  /** folder of the built console */
  consoleDir: string
  trustProxy: number
  publicUrl?: string
  memberOf: (request: IncomingMessage) => Promise<StaffMember | undefined>
}

export function createApp(options: AppOptions): express.Express {
  const { log, routes, version, health, files, publicUrl } = options
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', options.trustProxy)
  app.use(
    pinoHttp({
      logger: log,
      genReqId: () => newId(),
      // no query string and no headers: they carry what people typed, tokens and cookies
      serializers: {
        req: (request: { id: string; method: string; url: string }) => ({
          id: request.id,
          method: request.method,
          path: request.url.split('?')[0],
        }),
        res: (response: { statusCode: number }) => ({ status: response.statusCode }),
      },
      customLogLevel: (_request, response, error) =>
        error || response.statusCode >= 500 ? 'error' : 'debug',
    }),
  )
  app.use(
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives: consolePolicy },
      strictTransportSecurity: publicUrl?.startsWith('https:') ? undefined : false,
      crossOriginEmbedderPolicy: false,
    }),
  )
  health.mount(app)
  app.use(options.webhooks)

  const json = express.json({ limit: '1mb', strict: true, type: 'application/json' })
  const api = express.Router()
  api.use((request, _response, next) => {
    if (!['GET', 'HEAD', 'OPTIONS'].includes(request.method)) requireSameOrigin(request, publicUrl)
    next()
  })
  api.post('/session', signInLimit())
  api.use(json)
  mountRoutes(api, routes, options.memberOf)
  api.use(notFound)
  app.use('/api/v1', api)
  app.get('/api/openapi.json', (_request, response) => void response.json(openApi(routes, version)))
  app.get(
    '/api/docs',
    (_request, response) => void response.type('html').send(docsPage(routes, version)),
  )
  app.get('/api/docs.css', (_request, response) => void response.type('css').send(docsCss))

  app.get('/files/:id', serveFile(files, options.fileArrived))
  app.use(express.json({ limit: '16kb' }))
  for (const door of options.channelDoors) app.use(door)

  app.use(
    '/admin',
    // answers /admin itself with a redirect to /admin/
    express.static(options.consoleDir, {
      // built names carry a hash of the content
      setHeaders: (response, file) =>
        response.setHeader(
          'Cache-Control',
          file.includes(`${path.sep}assets${path.sep}`)
            ? 'public, max-age=31536000, immutable'
            : 'no-cache',
        ),
    }),
  )
  // the console's own addresses are all one page
  app.get('/admin/{*path}', (_request, response) =>
    response.sendFile(path.join(options.consoleDir, 'index.html')),
  )
  app.use(notFound)
  app.use(errorHandler(log))
  return app
}

function signInLimit(): express.RequestHandler {
  return rateLimit({
    windowMs: WINDOW_MS,
    limit: SIGN_INS_PER_WINDOW,
    skipSuccessfulRequests: true,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request, _response, next) => next(new YiluError('RATE_LIMITED')),
  })
}

/** An extended value of a header (RFC 8187 §3.2.1): quotes, brackets and stars are encoded too. */
function headerValue(text: string): string {
  return encodeURIComponent(text).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** Nothing runs, nothing is fetched; links open outside the sandbox. */
const PAGE_POLICY =
  "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox allow-popups allow-popups-to-escape-sandbox"

/** Files of strangers: never run, never guessed at, shown inline only where that is harmless. */
function serveFile(files: Files, arrived: AppOptions['fileArrived']): express.RequestHandler {
  return async (request, response) => {
    const id = String(request.params.id)
    const { until, sig } = request.query
    if (typeof until !== 'string' || typeof sig !== 'string' || !files.mayRead(id, until, sig))
      fail('NOT_FOUND')
    await arrived(id)
    const file = (await files.find(id)) ?? fail('NOT_FOUND')
    const page = file.mime === PAGE_MIME
    const inline = file.kind !== 'file' || page
    response.setHeader(
      'Content-Type',
      file.mime.startsWith('text/') ? `${file.mime}; charset=utf-8` : file.mime,
    )
    response.setHeader('Content-Length', file.bytes)
    response.setHeader(
      'Content-Security-Policy',
      page ? PAGE_POLICY : "default-src 'none'; sandbox",
    )
    response.setHeader('Cache-Control', 'private, max-age=86400')
    response.setHeader(
      'Content-Disposition',
      `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${headerValue(file.name)}`,
    )
    const stream = files.read(file)
    stream.on('error', () => response.destroy())
    stream.pipe(response)
  }
}
