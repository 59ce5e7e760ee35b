/**
 * The process that holds wechaty, forked by `bridge.ts` and ended with it: loading takes seconds and 85 MB, a
 * listener that rejects ends the process it runs in, and a ban stays outside of the gateway.
 */
import { createRequire } from 'node:module'
import type { Contact, Message, Room, types as WechatyTypes, Wechaty } from 'wechaty'
import { provideOldUuid } from './old-uuid.ts'
import type { BridgeMessage, BridgePiece, BridgeSetup, FromBridge, ToBridge } from './protocol.ts'

/** What the gateway keeps of a file. */
const MAX_FILE_BYTES = 10 * 1024 * 1024
const MAX_TEXT_CHARS = 8_000
/** A puppet that hears nothing from its service waits for ever. */
const CALL_MS = 30_000

const tell = (message: FromBridge): void => void process.send?.(message)
const told = (error: unknown): void =>
  tell({ tell: 'error', detail: error instanceof Error ? error.message.slice(0, 200) : 'unknown' })

provideOldUuid()
// Ctrl-C reaches the whole group; the gateway ends this process by letting go of it
process.on('SIGINT', () => undefined)
process.on('disconnect', () => process.exit(0))
// wechaty's own timers and listeners reject now and then: an error like any other
process.on('unhandledRejection', told)
process.on('uncaughtException', told)

let bot: Wechaty | undefined
let types: typeof WechatyTypes
let box: (name: string, base64: string) => Parameters<Contact['say']>[0]
let setup: BridgeSetup
let sending: Promise<unknown> = Promise.resolve()

process.on('message', (message: ToBridge) => {
  switch (message.do) {
    case 'begin':
      setup = message.setup
      void begin().catch(told)
      break
    case 'send':
      // one after the other, with a pause: who sends fast is banned soon
      sending = sending.then(() => answer(message.id, () => send(message.to, message.piece)))
      sending = sending.then(() => new Promise((resolve) => setTimeout(resolve, setup.sendGapMs)))
      break
    case 'fetch':
      void answer(message.id, () => fetchFile(message.messageId))
      break
    case 'stop':
      void Promise.race([bot?.stop().catch(() => undefined), pause(2_000)]).then(() =>
        process.exit(0),
      )
      break
  }
})

async function begin(): Promise<void> {
  const wechaty = await present('wechaty', () => import('wechaty'))
  if (!wechaty) return
  const { puppet: name, token, endpoint, withoutTls, accountId } = setup
  // resolved here: wechaty itself would try to install what it does not know
  const found = await present(name, () => import(name) as Promise<Record<string, unknown>>)
  if (!found) return
  const Puppet = (found.default ?? found.PuppetService ?? Object.values(found)[0]) as new (
    options: object,
  ) => never
  types = wechaty.types
  // the one wechaty itself uses, wherever npm put it
  const require = createRequire(import.meta.resolve('wechaty'))
  const { FileBox } = require('file-box') as {
    FileBox: { fromBase64(base64: string, name: string): Parameters<Contact['say']>[0] }
  }
  box = (fileName, base64) => FileBox.fromBase64(base64, fileName)
  bot = wechaty.WechatyBuilder.build({
    name: `yilu-${accountId}`,
    puppet: new Puppet({
      ...(token && { token }),
      ...(endpoint && { endpoint }),
      ...(withoutTls && { tls: { disable: true } }),
    }),
  })
  const { ScanStatus } = types
  bot.on('scan', (qrText, status) =>
    tell({ ...{ tell: 'scan', qrText }, scanned: status === ScanStatus.Scanned }),
  )
  bot.on('login', (user) => tell({ tell: 'login', name: user.name() }))
  bot.on('logout', () => tell({ tell: 'logout' }))
  bot.on('error', told)
  bot.on('message', (message) => void heard(message).catch(told))
  await bot.start()
  tell({ tell: 'started' })
}

async function heard(message: Message): Promise<void> {
  // what we say comes back as a message of ours
  if (message.self()) return
  const talker = message.talker()
  const room = message.room()
  if (room && !(await isOurs(message, room))) return
  const told: BridgeMessage = {
    ...{ id: message.id, contactId: talker.id, name: talker.name() },
    thread: room ? `${room.id}|${talker.id}` : talker.id,
    atMs: message.date().getTime(),
    content: await contentOf(message),
  }
  tell({ tell: 'message', message: told })
}

async function isOurs(message: Message, room: Room): Promise<boolean> {
  if (!setup.rooms.length || !setup.rooms.includes(await room.topic())) return false
  return message.mentionSelf()
}

async function contentOf(message: Message): Promise<BridgeMessage['content']> {
  const type = message.type()
  const { Message: kinds } = types
  const media = (kind: 'image' | 'audio' | 'video' | 'file', name: string) => ({
    ...{ type: 'media' as const, kind, name },
  })
  switch (type) {
    case kinds.Text: {
      const text = message.room() ? await message.mentionText() : message.text()
      return { type: 'text', text: text.slice(0, MAX_TEXT_CHARS) }
    }
    case kinds.Image:
    case kinds.Emoticon:
      return media('image', 'image.jpg')
    case kinds.Audio:
      return media('audio', 'voice')
    case kinds.Video:
      return media('video', 'video.mp4')
    case kinds.Attachment:
      return media('file', message.text().slice(0, 120) || 'file')
    case kinds.Url: {
      const link = await message.toUrlLink()
      return {
        ...{ type: 'link', title: link.title(), text: link.description() ?? '', url: link.url() },
      }
    }
    case kinds.Location: {
      const place = (await message.toLocation()) as unknown as {
        payload: { latitude: number; longitude: number; name: string; address: string }
      }
      const { latitude: lat, longitude: lng, name, address } = place.payload
      return {
        ...{ type: 'location', lat, lng },
        label: [name, address].filter(Boolean).join(' · '),
      }
    }
    default:
      return { type: 'other', what: kinds[type] ?? String(type) }
  }
}

class Refused extends Error {
  readonly code: Extract<FromBridge, { tell: 'failed' }>['code']
  constructor(code: Refused['code']) {
    super(code)
    this.code = code
  }
}

async function answer(
  id: number,
  work: () => Promise<{ name: string; base64: string } | undefined>,
): Promise<void> {
  try {
    if (!bot?.isLoggedIn) throw new Refused('NOT_SIGNED_IN')
    const late = pause(CALL_MS).then(() => Promise.reject(new Refused('PUPPET_FAILED')))
    const file = await Promise.race([work(), late])
    tell({ ...{ tell: 'done', id }, ...(file && { file }) })
  } catch (error) {
    if (!(error instanceof Refused)) told(error)
    tell({ tell: 'failed', id, code: error instanceof Refused ? error.code : 'PUPPET_FAILED' })
  }
}

async function send(to: string, piece: BridgePiece): Promise<undefined> {
  const [first, member] = to.split('|') as [string, string?]
  const content = piece.type === 'text' ? piece.text : box(piece.name, piece.base64)
  const talker = await bot!.Contact.find({ id: member ?? first })
  if (!talker) throw new Refused('NO_SUCH_CONTACT')
  if (member === undefined) return void (await talker.say(content))
  const room = await bot!.Room.find({ id: first })
  if (!room) throw new Refused('NO_SUCH_CONTACT')
  if (typeof content === 'string') await room.say(content, talker)
  else await room.say(content)
}

async function fetchFile(messageId: string): Promise<{ name: string; base64: string }> {
  const message = await bot!.Message.find({ id: messageId })
  if (!message) throw new Refused('NO_SUCH_CONTACT')
  const file = await message.toFileBox()
  const base64 = await file.toBase64()
  if (base64.length > (MAX_FILE_BYTES * 4) / 3 + 4) throw new Refused('PUPPET_FAILED')
  return { name: file.name, base64 }
}

/** Loads a package that need not be there. */
async function present<T>(name: string, load: () => Promise<T>): Promise<T | undefined> {
  try {
    return await load()
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string }
    if (code !== 'ERR_MODULE_NOT_FOUND' || !message?.includes(name)) throw error
    tell({ tell: 'missing', name })
    return undefined
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref())
}
