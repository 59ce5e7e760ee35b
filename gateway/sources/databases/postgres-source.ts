/** A named query of a PostgreSQL database, or of one that speaks its protocol. */
import type pg from 'pg'
import type { AddressGuard } from '../../outgoing/address-guard.ts'
import { GuardedSocket } from '../../outgoing/guarded-socket.ts'
import type { SqlSettings } from '../schema.ts'
import { connectionFault, sourceFault } from '../source-fault.ts'
import type { SourceReader } from '../source.ts'
import { plainNumber, plainValue } from './plain-value.ts'
import type { BoundStatement } from './sql-statement.ts'
import { readStatement } from './sql-statement.ts'
import { tlsOptions } from './tls-options.ts'

const CONNECTIONS = 3
const IDLE_MS = 30_000
const CONNECT_MS = 3000

/** Object ids of types whose text says more than the driver's own reading (pg_type.dat). */
const types: Record<number, (text: string) => unknown> = {
  20: plainNumber, // int8
  1700: plainNumber, // numeric
  790: (text) => text, // money, as the server writes it
  1082: (text) => text, // date: a day has no time zone
  1114: (text) => text.replace(' ', 'T'), // timestamp: nor has this
  1184: (text) => new Date(isoOf(text)).toISOString(), // timestamptz
  1186: (text) => text, // interval
}

export class PostgresSource implements SourceReader {
  private readonly pool: pg.Pool
  private readonly statement: BoundStatement
  private readonly maxRows: number

  private constructor(pool: pg.Pool, statement: BoundStatement, maxRows: number) {
    this.pool = pool
    this.statement = statement
    this.maxRows = maxRows
    // of an idle connection whose server went away; the next question makes another
    pool.on('error', () => undefined)
  }

  /** The client is loaded here, so that a start does not wait for it. */
  static async open(
    { connection, statement, maxRows }: SqlSettings,
    secret: string,
    guard: AddressGuard,
  ): Promise<PostgresSource> {
    if (!connection) throw sourceFault('SOURCE_UNREACHABLE')
    const { host, port, database, userName: user } = connection
    const bound = readStatement(statement, 'postgres')
    const { default: client } = await import('pg')
    const pool = new client.Pool({
      ...{ host, port, database, user, password: secret, max: CONNECTIONS },
      ssl: tlsOptions(connection) ?? false,
      stream: () => new GuardedSocket(guard),
      idleTimeoutMillis: IDLE_MS,
      connectionTimeoutMillis: CONNECT_MS,
      allowExitOnIdle: true,
      application_name: 'yilu',
      types: {
        getTypeParser: ((oid: number, format?: 'text') =>
          types[oid] ?? client.types.getTypeParser(oid, format)) as never,
      },
    })
    return new PostgresSource(pool, bound, maxRows)
  }

  async ask(params: Record<string, unknown>, timeoutMs: number): Promise<unknown[]> {
    const values = this.statement.names.map((name) => bindable(params, name))
    let client: pg.PoolClient
    try {
      client = await this.pool.connect()
    } catch (error) {
      throw translate(error)
    }
    let late = false
    const timer = setTimeout(() => {
      late = true
      // the server's own limit did not help: nobody waits for this connection any more
      client.release(true)
    }, timeoutMs + 500)
    try {
      const rows = await this.read(client, values, timeoutMs)
      if (!late) client.release()
      return rows
    } catch (error) {
      if (!late) client.release(true)
      throw late ? sourceFault('SOURCE_SLOW') : translate(error)
    } finally {
      clearTimeout(timer)
    }
  }

  async close(): Promise<void> {
    await this.pool.end()
  }

  /**
   * Through a cursor, whose grammar takes nothing but a SELECT or VALUES, so that no more rows are sent than are
   * wanted; always rolled back, so that settings a function changed do not stay with the connection.
   */
  private async read(
    client: pg.PoolClient,
    values: unknown[],
    timeoutMs: number,
  ): Promise<unknown[]> {
    await client.query('BEGIN TRANSACTION READ ONLY')
    await client.query(`SET LOCAL statement_timeout = ${Math.ceil(timeoutMs)}`)
    await client.query({
      text: `DECLARE answer NO SCROLL CURSOR FOR ${this.statement.text}`,
      values,
      // one statement and bound parameters even where there are none
      queryMode: 'extended',
    } as pg.QueryConfig)
    const { rows } = await client.query<object>(`FETCH FORWARD ${this.maxRows} FROM answer`)
    await client.query('ROLLBACK')
    return rows.map(plainValue)
  }
}

/** 2026-10-01 08:00:00+08 → 2026-10-01T08:00:00+08:00 */
const isoOf = (text: string): string =>
  text.replace(' ', 'T').replace(/([+-]\d\d)(:?)(\d\d)?$/, (_, hours, __, minutes) => {
    return `${String(hours)}:${String(minutes ?? '00')}`
  })

/** Plain values and lists of them. An object is no value of a column. */
function bindable(params: Record<string, unknown>, name: string): unknown {
  const value = Object.hasOwn(params, name) ? params[name] : null
  if (Array.isArray(value)) return value.map((each) => (each === null ? null : String(each)))
  if (typeof value === 'object' && value !== null) return JSON.stringify(value)
  return value ?? null
}

function translate(error: unknown): Error {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  // SQLSTATE classes (PostgreSQL manual, appendix A)
  if (/^28/.test(code)) return sourceFault('SOURCE_SIGN_IN', message)
  if (code === '57014') return sourceFault('SOURCE_SLOW')
  if (/^22/.test(code)) return sourceFault('SOURCE_PARAMETER', message)
  if (/^(25|42|0A|2F|44|3D|34)/.test(code)) return sourceFault('SOURCE_STATEMENT', message)
  if (/timeout exceeded when trying to connect/.test(message)) return sourceFault('SOURCE_SLOW')
  if (/does not support SSL/.test(message)) return sourceFault('SOURCE_TLS', message)
  return connectionFault(error)
}
