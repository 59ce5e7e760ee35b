/** A named query of a MySQL or MariaDB database. */
import type { Pool, PoolConnection, RowDataPacket } from 'mysql2/promise'
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

export class MysqlSource implements SourceReader {
  private readonly pool: Pool
  private readonly statement: BoundStatement
  private readonly maxRows: number

  private constructor(pool: Pool, statement: BoundStatement, maxRows: number) {
    this.pool = pool
    this.statement = statement
    this.maxRows = maxRows
  }

  /** The client is loaded here, so that a start does not wait for it. */
  static async open(
    { connection, statement, maxRows }: SqlSettings,
    secret: string,
    guard: AddressGuard,
  ): Promise<MysqlSource> {
    if (!connection) throw sourceFault('SOURCE_UNREACHABLE')
    const { host, port, database, userName: user } = connection
    const bound = readStatement(statement, 'mysql')
    const { default: mysql } = await import('mysql2/promise')
    const ssl = tlsOptions(connection)
    const pool = mysql.createPool({
      ...{ host, port, database, user, password: secret },
      ...(ssl && { ssl }),
      stream: () => new GuardedSocket(guard).connect(port, host),
      connectTimeout: CONNECT_MS,
      connectionLimit: CONNECTIONS,
      maxIdle: 1,
      idleTimeout: IDLE_MS,
      // a server must not be able to ask for our files, nor run more than one statement
      flags: ['-LOCAL_FILES', '-MULTI_STATEMENTS'],
      multipleStatements: false,
      charset: 'utf8mb4',
      dateStrings: true,
      supportBigNumbers: true,
    })
    return new MysqlSource(pool, bound, maxRows)
  }

  async ask(params: Record<string, unknown>, timeoutMs: number): Promise<unknown[]> {
    const values = this.statement.names.map((name) => bindable(params, name))
    let connection: PoolConnection
    try {
      connection = await this.pool.getConnection()
    } catch (error) {
      throw translate(error)
    }
    let late = false
    const timer = setTimeout(() => {
      late = true
      connection.destroy()
    }, timeoutMs + 500)
    try {
      const rows = await this.read(connection, values, timeoutMs)
      if (!late) connection.release()
      return rows
    } catch (error) {
      if (!late) connection.destroy()
      throw late ? sourceFault('SOURCE_SLOW') : translate(error)
    } finally {
      clearTimeout(timer)
    }
  }

  async close(): Promise<void> {
    await this.pool.end()
  }

  private async read(
    connection: PoolConnection,
    values: (string | number | null)[],
    timeoutMs: number,
  ): Promise<unknown[]> {
    await limit(connection, this.maxRows, timeoutMs)
    await connection.query('START TRANSACTION READ ONLY')
    const [rows, fields] = await connection.execute<RowDataPacket[]>(this.statement.text, values)
    await connection.query('ROLLBACK')
    return rows.slice(0, this.maxRows).map((row) => {
      for (const { name, columnType = -1 } of fields) {
        const read = types[columnType]
        if (read && typeof row[name] === 'string') row[name] = read(row[name])
      }
      return plainValue({ ...row })
    })
  }
}

/** Column types whose text says more than a Date or number would (protocol: column types). */
const types: Record<number, (text: string) => unknown> = {
  0: plainNumber, // DECIMAL
  246: plainNumber, // NEWDECIMAL
  8: plainNumber, // LONGLONG
  7: (text) => text.replace(' ', 'T'), // TIMESTAMP
  12: (text) => text.replace(' ', 'T'), // DATETIME
}

/** MariaDB counts seconds in one variable, MySQL milliseconds in another. */
async function limit(connection: PoolConnection, maxRows: number, timeoutMs: number) {
  await connection.query(`SET SESSION sql_select_limit = ${maxRows}`)
  try {
    await connection.query(`SET SESSION max_statement_time = ${timeoutMs / 1000}`)
  } catch {
    await connection.query(`SET SESSION max_execution_time = ${Math.ceil(timeoutMs)}`)
  }
}

function bindable(params: Record<string, unknown>, name: string): string | number | null {
  const value = Object.hasOwn(params, name) ? params[name] : null
  if (value === undefined || value === null) return null
  if (typeof value === 'boolean') return value ? 1 : 0
  // whole numbers as text too: MySQL 8 takes no DOUBLE after LIMIT, which is how the driver sends a number
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : value
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function translate(error: unknown): Error {
  const {
    code = '',
    sqlState = '',
    message = '',
    errno = 0,
  } = error as {
    code?: string
    sqlState?: string
    message?: string
    errno?: number
  }
  if (/^ER_(ACCESS_DENIED|DBACCESS_DENIED|NOT_SUPPORTED_AUTH)/.test(code))
    return sourceFault('SOURCE_SIGN_IN', message)
  // ER_STATEMENT_TIMEOUT of MariaDB, ER_QUERY_TIMEOUT of MySQL
  if (errno === 1969 || errno === 3024 || code === 'PROTOCOL_SEQUENCE_TIMEOUT')
    return sourceFault('SOURCE_SLOW')
  if (code === 'HANDSHAKE_NO_SSL_SUPPORT') return sourceFault('SOURCE_TLS', message)
  if (/^22/.test(sqlState)) return sourceFault('SOURCE_PARAMETER', message)
  if (/^(42|25|HY|0A)/.test(sqlState)) return sourceFault('SOURCE_STATEMENT', message)
  return connectionFault(error)
}
