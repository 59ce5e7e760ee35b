/** A Dovecot of its own on the loopback interface, with one mailbox per name: as independent as IMAP gets. */
import type { ChildProcess } from 'node:child_process'
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import net from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import path from 'node:path'

export const DOVECOT_PASSWORD = 'open-sesame'
/** Debian puts it where only root looks. */
const PROGRAM = '/usr/sbin/dovecot'
/** Dovecot never reads mail as root: nobody's user does. */
const NOBODY = 65_534

/** @returns why it cannot run here; undefined: it can */
export function dovecotMissing(): string | undefined {
  return existsSync(PROGRAM)
    ? undefined
    : 'Dovecot is not installed (apt-get install dovecot-imapd)'
}

export interface Certificate {
  key: string
  cert: string
}

/** Signed by itself, for 127.0.0.1. */
export function selfSigned(): Certificate {
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
  const how = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  const { stdout, status } = spawnSync(
    'openssl',
    [...how, '-days', '2', ...subject, '-keyout', '-', '-out', '-'],
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error('openssl made no certificate')
  const cert = stdout.indexOf('-----BEGIN CERTIFICATE')
  return { key: stdout.slice(0, cert), cert: stdout.slice(cert) }
}

export class Dovecot {
  port = 0
  private readonly dir = mkdtempSync(path.join(tmpdir(), 'yilu-dovecot-'))
  private readonly root = userInfo().uid === 0
  private process: ChildProcess | undefined
  private delivered = 0

  /** @param certificate then it speaks TLS from the start, and nothing else */
  async start(certificate?: Certificate): Promise<void> {
    this.port ||= await freePort()
    chmodSync(this.dir, 0o755)
    writeFileSync(path.join(this.dir, 'dovecot.conf'), this.config(certificate))
    for (const folder of ['mail', 'home']) this.folder(folder)
    this.process = spawn(PROGRAM, ['-F', '-c', path.join(this.dir, 'dovecot.conf')], {
      stdio: 'ignore',
    })
    // a test that fails on its way leaves none behind
    const child = this.process
    const end = () => void child.kill('SIGTERM')
    process.once('exit', end)
    child.once('exit', () => process.off('exit', end))
    await this.answers()
  }

  /** Mail arrives the way a delivery agent brings it: whole, by a rename. */
  async deliver(user: string, source: string | Buffer): Promise<void> {
    for (const folder of ['', '/tmp', '/new', '/cur']) this.folder(`mail/${user}${folder}`)
    // uids are given in the order of the names
    const count = String(++this.delivered).padStart(6, '0')
    const name = `${Math.floor(Date.now() / 1000)}.${process.pid}_${count}.test`
    const [from, to] = ['tmp', 'new'].map((each) => path.join(this.dir, 'mail', user, each, name))
    await writeFile(from!, source)
    this.own(from!)
    await rename(from!, to!)
  }

  /** Uids begin anew, as when a mailbox is restored from a backup. */
  async forgetUids(user: string): Promise<void> {
    // a process of it may still hold what is taken away
    await this.stop()
    const folder = path.join(this.dir, 'mail', user)
    for (const name of await readdir(folder))
      if (/^dovecot(?!-uidvalidity)/.test(name))
        await rm(path.join(folder, name), { recursive: true })
    await this.start()
  }

  log(): Promise<string> {
    return readFile(path.join(this.dir, 'log'), 'utf8')
  }

  async stop(): Promise<void> {
    const { process: child } = this
    this.process = undefined
    if (!child || child.exitCode !== null) return
    child.kill('SIGTERM')
    await new Promise((resolve) => child.once('exit', resolve))
  }

  async close(): Promise<void> {
    await this.stop()
    await rm(this.dir, { recursive: true, force: true })
  }

  private folder(name: string): void {
    const folder = path.join(this.dir, name)
    if (existsSync(folder)) return
    mkdirSync(folder)
    this.own(folder)
  }

  private own(file: string): void {
    if (this.root) chownSync(file, NOBODY, NOBODY)
  }

  private config(certificate: Certificate | undefined): string {
    const { uid, gid, username } = userInfo()
    const [mailUid, mailGid] = this.root ? [NOBODY, NOBODY] : [uid, gid]
    const files = { key: path.join(this.dir, 'key.pem'), cert: path.join(this.dir, 'cert.pem') }
    if (certificate) {
      writeFileSync(files.key, certificate.key, { mode: 0o600 })
      writeFileSync(files.cert, certificate.cert)
    }
    const [plain, tls] = certificate ? [0, this.port] : [this.port, 0]
    return [
      `base_dir = ${this.dir}/run`,
      `state_dir = ${this.dir}/state`,
      `log_path = ${this.dir}/log`,
      'protocols = imap',
      'listen = 127.0.0.1',
      ...(certificate
        ? ['ssl = required', `ssl_cert = <${files.cert}`, `ssl_key = <${files.key}`]
        : ['ssl = no']),
      'disable_plaintext_auth = no',
      // a wrong password is answered at once
      'auth_failure_delay = 0',
      'mail_max_userip_connections = 50',
      `mail_location = maildir:${this.dir}/mail/%n`,
      'first_valid_uid = 1',
      'first_valid_gid = 1',
      ...(this.root
        ? []
        : [
            `default_internal_user = ${username}`,
            `default_login_user = ${username}`,
            ...['anvil', 'stats', 'imap-login'].map((name) => `service ${name} {\n  chroot =\n}`),
          ]),
      `service imap-login {\n  inet_listener imap {\n    port = ${plain}\n  }`,
      `  inet_listener imaps {\n    port = ${tls}\n    ssl = yes\n  }\n}`,
      `passdb {\n  driver = static\n  args = password=${DOVECOT_PASSWORD}\n}`,
      `userdb {\n  driver = static\n  args = uid=${mailUid} gid=${mailGid} home=${this.dir}/home/%n\n}`,
      '',
    ].join('\n')
  }

  private async answers(): Promise<void> {
    for (const deadline = Date.now() + 10_000; ;) {
      const up = await new Promise<boolean>((resolve) => {
        const socket = net.connect(this.port, '127.0.0.1')
        socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
        socket.once('connect', () => socket.destroy())
      })
      if (up) return
      if (Date.now() > deadline || this.process?.exitCode !== null)
        throw new Error(`Dovecot did not start: ${await this.log().catch(() => 'no log')}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}

async function freePort(): Promise<number> {
  const server = net.createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as net.AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
