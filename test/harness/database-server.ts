/** A database server of its own for a test file, in a temporary folder, on loopback, without its installed settings. */
import type { ChildProcess } from 'node:child_process'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { freePort } from './free-port.ts'
import { needs } from './needs.ts'

const run = promisify(execFile)
/** who a server runs as where the tests run as root, which these refuse to: nobody */
const NOBODY = 65_534
const VERSIONS = '/usr/lib/postgresql'
const MARIADB_SHARE = '/usr/share/mysql'

export interface DatabaseServer {
  port: number
  stop(): Promise<void>
}

/** The newest PostgreSQL that Debian's packages put beside each other. */
function postgresFolder(): string | undefined {
  if (!existsSync(VERSIONS)) return undefined
  const newest = readdirSync(VERSIONS).sort((a, b) => Number(b) - Number(a))
  return newest
    .map((version) => path.join(VERSIONS, version, 'bin'))
    .find((folder) => existsSync(path.join(folder, 'initdb')))
}

export const noPostgres = (): string | undefined =>
  postgresFolder() ? undefined : 'initdb is not installed (apt install postgresql)'

export const noMariadb = (): string | undefined => needs('mariadbd', 'mariadb-server-core')

/** Its administrator is `postgres`, and everybody is trusted. */
export async function startPostgres(): Promise<DatabaseServer> {
  const bin = postgresFolder()!
  const { folder, who } = ownFolder()
  const at = { ...who, cwd: folder }
  const data = path.join(folder, 'data')
  await run(
    path.join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'],
    at,
  )
  const port = await freePort()
  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'off',
    // a day's zone must not depend on the machine
    timezone: 'UTC',
  }
  const server = spawn(
    path.join(bin, 'postgres'),
    [
      '-D',
      data,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    { ...at, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  await said(server, /ready to accept connections/)
  return { port, stop: () => stopped(server, folder, 'SIGINT') }
}

/** Its administrator is `root` without a password. */
export async function startMariadb(): Promise<DatabaseServer> {
  const { folder, who } = ownFolder()
  const at = { ...who, cwd: folder }
  const data = path.join(folder, 'data')
  mkdirSync(data)
  if (who.uid !== undefined) chownSync(data, NOBODY, NOBODY)
  // what mariadb-install-db does, which needs one more package for its shell script
  const tables = [
    'mysql_system_tables.sql',
    'mysql_performance_tables.sql',
    'mysql_system_tables_data.sql',
  ]
  const sql = tables.map((name) => readFileSync(path.join(MARIADB_SHARE, name), 'utf8'))
  const first = spawn(
    'mariadbd',
    ['--no-defaults', '--bootstrap', `--datadir=${data}`, '--skip-log-bin'],
    { ...at, stdio: ['pipe', 'ignore', 'ignore'] },
  )
  first.stdin!.end(
    [
      // one statement a line: that is how it is read
      'CREATE DATABASE mysql;',
      'USE mysql;',
      'SET @auth_root_socket = NULL;',
      ...sql,
    ].join('\n'),
  )
  const [code] = (await once(first, 'exit')) as [number]
  if (code) throw new Error(`mariadbd --bootstrap ended with ${code}`)
  const port = await freePort()
  const server = spawn(
    'mariadbd',
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--socket=${path.join(folder, 's')}`,
      `--pid-file=${path.join(folder, 'pid')}`,
      '--skip-name-resolve',
      '--innodb-flush-log-at-trx-commit=0',
    ],
    { ...at, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  await said(server, /ready for connections/)
  return { port, stop: () => stopped(server, folder, 'SIGTERM') }
}

function ownFolder(): { folder: string; who: { uid?: number; gid?: number } } {
  const folder = mkdtempSync(path.join(tmpdir(), 'yilu-database-'))
  if (process.getuid?.() !== 0) return { folder, who: {} }
  chownSync(folder, NOBODY, NOBODY)
  return { folder, who: { uid: NOBODY, gid: NOBODY } }
}

function said(server: ChildProcess, wanted: RegExp): Promise<void> {
  // a test that is cut off does not come to stop it
  process.once('exit', () => server.kill('SIGKILL'))
  return new Promise((resolve, reject) => {
    let log = ''
    server.stderr!.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-10_000)
      if (wanted.test(log)) resolve()
    })
    server.once('error', reject)
    server.once('exit', () => reject(new Error(`the server ended:\n${log}`)))
  })
}

async function stopped(server: ChildProcess, folder: string, signal: NodeJS.Signals) {
  const gone = once(server, 'exit')
  server.kill(signal)
  await gone
  await rm(folder, { recursive: true, force: true })
}
