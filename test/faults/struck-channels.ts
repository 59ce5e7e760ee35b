/** The channels that are struck: a provider each, which stays, with gates to it and from it. */
import { once } from 'node:events'
import type { AccountView } from '../../gateway/accounts/schema.ts'
import type { SimulatedAgent } from '../harness/agent.ts'
import { Gate } from '../harness/gate.ts'
import { dovecotMissing } from '../simulators/dovecot.ts'
import { EmailSimulator, plainMail } from '../simulators/email.ts'
import { SmppSimulator } from '../simulators/smpp.ts'
import { TwilioSimulator } from '../simulators/twilio.ts'
import { WechatSimulator } from '../simulators/wechat.ts'
import { WecomSimulator } from '../simulators/wecom.ts'
import { WeiboSimulator } from '../simulators/weibo.ts'
import { PATIENCE_MS } from '../harness/patience.ts'

export const PUBLIC_URL = 'https://hotline.example'

export interface Struck {
  id: string
  missing?: string | undefined
  /** somebody of this channel, another one for each strike */
  contact(strike: number): string
  /** Sets the account up, `inbound` being the way to the product. */
  open(admin: SimulatedAgent, inbound: Gate): Promise<void>
  close(): Promise<void>
  /** The contact writes, and the provider repeats it until we acknowledge. Resolves then. */
  say(who: string, text: string): Promise<void>
  /** Resolves when our acknowledgement of what is said next is kept from the provider. */
  acknowledging(): Promise<void>
  /** the way to the provider's API */
  outbound(): Gate
  /** every text that contact was shown */
  shown(who: string): string[]
  /** a picture that is fetched from the provider; how often it was asked for */
  picture?: { send(who: string, content: Buffer): Promise<void>; asked(): number }
}

type Found<T> = Exclude<T, false | null | undefined>

export async function until<T>(ask: () => T | Promise<T>, what: string): Promise<Found<T>> {
  for (const deadline = Date.now() + PATIENCE_MS; ;) {
    const answer = await ask()
    if (answer) return answer as Found<T>
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Providers repeat for minutes and hours: longer than a restart takes. */
const insist = (attempt: () => Promise<boolean>) => until(attempt, 'an acknowledgement').then(noted)
const noted = () => undefined

async function account(
  admin: SimulatedAgent,
  id: string,
  settings: Record<string, unknown>,
): Promise<AccountView> {
  const common = { name: id, flowId: 'main', lang: 'zh-CN', enabled: true }
  const made = await admin.rest('POST', '/accounts', { id, kind: id, ...common, settings })
  if (!made.ok) throw new Error(`${made.status} ${await made.text()}`)
  return (await made.json()) as AccountView
}

const acknowledgedThrough = (inbound: () => Gate) => () => inbound().withhold(() => true, 'keep')

export function struckWechat(): Struck {
  const wechat = new WechatSimulator()
  const gates = {} as { in: Gate; out: Gate }
  let id = BigInt(Date.now()) * 1000n
  const message = async (who: string, fields: Record<string, string>) => {
    const xml = wechat.xml(who, { ...fields, MsgId: String(++id) })
    wechat.tourists.did(who, 'message')
    await insist(async () => (await wechat.pushXml(who, xml)).taken)
  }
  return {
    id: 'wechat',
    contact: (strike) => `oStruck_${strike}`,
    async open(admin, inbound) {
      gates.in = inbound
      gates.out = await Gate.before(await wechat.listen())
      await account(admin, 'wechat', { ...wechat.settings(), apiBase: gates.out.url })
      wechat.callback = `${inbound.url}/channels/wechat/wechat`
    },
    close: () => wechat.close(),
    say: (who, Content) => message(who, { MsgType: 'text', Content }),
    acknowledging: acknowledgedThrough(() => gates.in),
    outbound: () => gates.out,
    shown: (who) =>
      wechat.shown
        .filter(({ touser }) => touser === who)
        .map(({ msgtype, body }) => JSON.stringify(body[msgtype])),
    picture: {
      async send(who, content) {
        const taken = wechat.sendsFile(who, 'image', content)
        await insist(async () => (await taken).taken)
      },
      asked: () => wechat.calls.filter(({ path }) => path === '/cgi-bin/media/get').length,
    },
  }
}

export function struckWecom(): Struck {
  const wecom = new WecomSimulator({ callbackRetryMs: 500 })
  const gates = {} as { in: Gate; out: Gate }
  return {
    id: 'wecom',
    contact: (strike) => `wmStruck_${strike}`,
    async open(admin, inbound) {
      gates.in = inbound
      await wecom.listen()
      gates.out = await Gate.before(wecom.url)
      await account(admin, 'wecom', { ...wecom.settings, apiBase: gates.out.url })
      wecom.callbackUrl = `${inbound.url}/channels/wecom/wecom`
    },
    close: () => wecom.close(),
    say: (who, text) => wecom.say(who, text).then(noted),
    acknowledging: acknowledgedThrough(() => gates.in),
    outbound: () => gates.out,
    shown: (who) => wecom.textsTo(who),
    picture: {
      send: (who, content) => wecom.sendFile(who, 'image', content, 'photo.png').then(noted),
      asked: () => wecom.calls.filter(({ path }) => path === 'media/get').length,
    },
  }
}

export function struckWeibo(): Struck {
  const weibo = new WeiboSimulator()
  const gates = {} as { in: Gate; out: Gate }
  const insisted = async (first: ReturnType<WeiboSimulator['say']>) => {
    const { status, body } = await first
    if (status !== 200) await insist(async () => (await weibo.pushBody(body)).status === 200)
  }
  return {
    id: 'weibo',
    contact: (strike) => `70123456789012346${10 + strike}`,
    async open(admin, inbound) {
      gates.in = inbound
      gates.out = await Gate.before(await weibo.listen())
      await account(admin, 'weibo', weibo.settings(gates.out.url))
      weibo.callback = `${inbound.url}/channels/weibo/weibo`
    },
    close: () => weibo.close(),
    say: (who, text) => insisted(weibo.say(who, text)),
    acknowledging: acknowledgedThrough(() => gates.in),
    outbound: () => gates.out,
    shown: (who) =>
      weibo.received.flatMap((each) =>
        each.kind === 'message' && each.to === who ? [JSON.stringify(each.data)] : [],
      ),
    picture: {
      send: (who, content) => insisted(weibo.file(who, 'image', content, 'image/png')),
      asked: () => weibo.calls.filter((path) => path === '/2/mss/msget').length,
    },
  }
}

export function struckTwilio(): Struck {
  const gates = {} as { in: Gate; out: Gate }
  const twilio = new TwilioSimulator({
    retryMs: 500,
    reach: (url) => url.replace(PUBLIC_URL, gates.in.url),
  })
  let webhook = ''
  let ids = 0
  let asked = 0
  const say = async (who: string, text: string, content?: Buffer) => {
    const sid = `SM${String(++ids).padStart(32, '8')}`
    const pictures = content ? [{ content, type: 'image/png' }] : []
    const attempt = async () =>
      (await twilio.say(webhook, who, text, { sid, pictures })).includes(200)
    await insist(attempt)
  }
  return {
    id: 'twilioSms',
    contact: (strike) => `+8526123100${strike}`,
    async open(admin, inbound) {
      gates.in = inbound
      gates.out = await Gate.before(await twilio.listen())
      twilio.options.filesAt = gates.out.url
      const { accountSid, authToken, numbers } = twilio.options
      const settings = { accountSid, authToken, sender: numbers[0], apiBase: gates.out.url }
      const view = await account(admin, 'twilioSms', settings)
      webhook = view.callbacks![0]!.address
    },
    close: () => twilio.close(),
    say,
    acknowledging: acknowledgedThrough(() => gates.in),
    outbound: () => gates.out,
    shown: (who) => twilio.sent.filter(({ to }) => to === who).map(({ body }) => body),
    picture: {
      async send(who, content) {
        // nothing but the picture is asked for meanwhile
        asked++
        await say(who, '', content)
      },
      asked: () => asked,
    },
  }
}

export interface StruckSmpp extends Struck {
  centre: SmppSimulator
}

export function struckSmpp(): StruckSmpp {
  const centre = new SmppSimulator({ againMs: 100 })
  let gate: Gate
  return {
    id: 'smpp',
    centre,
    contact: (strike) => `861380000010${strike}`,
    async open(admin) {
      gate = await Gate.before(await centre.listen())
      const where = { host: '127.0.0.1', port: gate.port, source: '12301' }
      const bound = once(centre, 'bound')
      await account(admin, 'smpp', { ...where, systemId: 'yilu', password: 'secret' })
      await bound
    },
    close: () => centre.close(),
    say: (who, text) => centre.say(who, '12301', text).then(noted),
    acknowledging: () => gate.withhold(() => true, 'keep', 'near'),
    outbound: () => gate,
    shown: (who) => centre.shown.filter(({ to }) => to === who).map(({ text }) => text),
  }
}

export function struckEmail(): Struck {
  const mails = new EmailSimulator()
  let smtp: Gate
  let imap: Gate
  return {
    id: 'email',
    missing: dovecotMissing(),
    contact: (strike) => `struck${strike}@example.com`,
    async open(admin) {
      smtp = await Gate.before(await mails.listen())
      imap = await Gate.before({ host: '127.0.0.1', port: mails.dovecot.port })
      const settings = { ...mails.settings(), smtpPort: smtp.port, imapPort: imap.port }
      await account(admin, 'email', settings)
      const watched = async () => {
        const { items } = await admin.get<{ items: AccountView[] }>('/accounts')
        return items.find(({ id }) => id === 'email')?.health?.state === 'ok'
      }
      await until(watched, 'the mailbox to be watched')
    },
    close: () => mails.close(),
    // the mailbox is the acknowledgement: what lies there is read until its place is written down
    say: (who, text) => mails.deliver(plainMail({ from: who, subject: '咨询', text })),
    acknowledging: () => imap.withhold(() => true, 'keep'),
    outbound: () => smtp,
    shown: (who) =>
      mails.sent.filter(({ to }) => to.includes(who)).map(({ mail: { text } }) => text ?? ''),
  }
}
