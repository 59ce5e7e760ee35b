/** A named question to a MongoDB collection: a find with a filter, or stages of an aggregation that only read. */
import { isIP } from 'node:net'
import type * as Mongodb from 'mongodb'
import type { Collection, Document, MongoClient } from 'mongodb'
import type { AddressGuard } from '../../outgoing/address-guard.ts'
import { YiluError } from '../../errors.ts'
import { fillJson, holesOf } from '../fill-template.ts'
import type { MongoSettings } from '../schema.ts'
import { connectionFault, sourceFault } from '../source-fault.ts'
import type { SourceReader } from '../source.ts'
import { plainValue } from './plain-value.ts'
import { refusedOperator } from './refused-operator.ts'
import { tlsOptions } from './tls-options.ts'

const CONNECTIONS = 3
const IDLE_MS = 30_000
const CONNECT_MS = 3000
const NEXT_MEMBER_MS = 1500

type Driver = typeof Mongodb

interface Member {
  host: string
  port: number
}

export class MongoSource implements SourceReader {
  private readonly driver: Driver
  private readonly settings: MongoSettings
  private readonly secret: string
  private readonly guard: AddressGuard
  private client: { member: Member; open: Promise<MongoClient> } | undefined

  private constructor(
    driver: Driver,
    settings: MongoSettings,
    secret: string,
    guard: AddressGuard,
  ) {
    this.driver = driver
    this.settings = settings
    this.secret = secret
    this.guard = guard
  }

  /** The client is loaded here, so that a start does not wait for it. */
  static async open(
    settings: MongoSettings,
    secret: string,
    guard: AddressGuard,
  ): Promise<MongoSource> {
    if (!settings.connection) throw sourceFault('SOURCE_UNREACHABLE')
    // a package in CommonJS: bundled it has nothing but its default export
    const loaded = (await import('mongodb')) as Driver & { default?: Driver }
    return new MongoSource(loaded.default ?? loaded, settings, secret, guard)
  }

  async ask(params: Record<string, unknown>, timeoutMs: number): Promise<unknown[]> {
    const { operation, filter, projection, sort, pipeline, maxRows } = this.settings
    const limits = { maxTimeMS: Math.ceil(timeoutMs) }
    if (operation === 'aggregate') {
      const stages = this.documents(pipeline ?? '[]', params)
      if (!Array.isArray(stages)) throw sourceFault('SOURCE_TEMPLATE')
      return this.asked((collection) =>
        collection.aggregate([...(stages as Document[]), { $limit: maxRows }], limits).toArray(),
      )
    }
    const [where, fields, order] = [filter, projection, sort].map((text) =>
      this.documents(text?.trim() || '{}', params),
    ) as [Document, Document, Document]
    return this.asked((collection) =>
      collection.find(where, limits).project(fields).sort(order).limit(maxRows).toArray(),
    )
  }

  async close(): Promise<void> {
    const { client } = this
    this.client = undefined
    await (await client?.open.catch(() => undefined))?.close()
  }

  private async asked(run: (collection: Collection) => Promise<Document[]>): Promise<unknown[]> {
    const { database } = this.settings.connection!
    const client = await this.connected()
    try {
      return (await run(client.db(database).collection(this.settings.collection))).map(plainValue)
    } catch (error) {
      const fault = translate(error)
      // the next question begins with the first member again
      if (fault.code === 'SOURCE_UNREACHABLE') void this.close()
      throw fault
    }
  }

  /**
   * Each member is connected to by itself, in order: a driver that discovers the others would go wherever the
   * server says, past the guard.
   */
  private async connected(): Promise<MongoClient> {
    if (this.client) {
      try {
        return await this.client.open
      } catch {
        this.client = undefined
      }
    }
    let fault: unknown
    for (const member of this.settings.connection!.hosts) {
      const open = this.open(member)
      this.client = { member, open }
      try {
        return await open
      } catch (error) {
        this.client = undefined
        fault = error
        // wrong at one of them is wrong at all
        if ((error as YiluError).code === 'SOURCE_SIGN_IN') throw error
      }
    }
    throw fault
  }

  private async open({ host, port }: Member): Promise<MongoClient> {
    const { hosts, database, userName, authSource, tls, ca } = this.settings.connection!
    try {
      await this.guard.checkResolved(host, port)
    } catch (error) {
      throw connectionFault(error)
    }
    const place = isIP(host) === 6 ? `[${host}]` : host
    const secure = tlsOptions({ host, tls, ...(ca && { ca }) })
    const client = new this.driver.MongoClient(`mongodb://${place}:${port}/`, {
      directConnection: true,
      appName: 'yilu',
      readPreference: 'secondaryPreferred',
      maxPoolSize: CONNECTIONS,
      minPoolSize: 0,
      maxIdleTimeMS: IDLE_MS,
      // the driver tries one that is away all that time; with others to ask it is sooner given up
      serverSelectionTimeoutMS: hosts.length > 1 ? NEXT_MEMBER_MS : CONNECT_MS,
      connectTimeoutMS: CONNECT_MS,
      retryReads: false,
      lookup: this.guard.lookup(port) as never,
      ...(userName && {
        auth: { username: userName, password: this.secret },
        authSource: authSource || database,
      }),
      tls: secure !== undefined,
      ...secure,
    })
    try {
      return await client.connect()
    } catch (error) {
      await client.close()
      throw translate(error)
    }
  }

  /** JSON with holes, filled, then read as Extended JSON: {"$oid": "{{id}}"}, {"$date": …}. */
  private documents(template: string, params: Record<string, unknown>): unknown {
    let parsed: unknown
    try {
      parsed = JSON.parse(template)
    } catch {
      throw sourceFault('SOURCE_TEMPLATE')
    }
    const refused = refusedOperator(parsed)
    if (refused) throw sourceFault('SOURCE_STATEMENT', refused)
    // "$password" where an expression stands would be that field
    for (const [name, value] of Object.entries(params))
      if (typeof value === 'string' && /^\$[\w$]/.test(value) && holesOf(template).includes(name))
        throw sourceFault('SOURCE_PARAMETER', name)
    try {
      return this.driver.BSON.EJSON.deserialize(fillJson(parsed, params) as Document)
    } catch (error) {
      throw sourceFault('SOURCE_PARAMETER', (error as Error).message)
    }
  }
}

function translate(error: unknown): YiluError {
  if (error instanceof YiluError) return error
  const {
    code,
    message = '',
    cause,
  } = error as { code?: unknown; message?: string; cause?: unknown }
  // 18 AuthenticationFailed, 13 Unauthorized, 50 MaxTimeMSExpired (error_codes.yml of MongoDB)
  if (code === 18 || code === 13) return sourceFault('SOURCE_SIGN_IN', message)
  if (code === 50) return sourceFault('SOURCE_SLOW')
  if (typeof code === 'number') return sourceFault('SOURCE_STATEMENT', message)
  // a server selection that failed holds why in the description of its servers
  const servers = (cause as { servers?: Map<string, { error?: Error }> } | undefined)?.servers
  const why = servers && [...servers.values()].find((each) => each.error)?.error
  return connectionFault(why ?? error)
}
