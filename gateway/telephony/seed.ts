import type { Account } from '../intake/model.ts'
import { AccountModel } from '../intake/model.ts'
import { TrunkModel } from './model.ts'
import type { Trunk } from './trunk.ts'

const thisMachine: Trunk = {
  _id: 'local',
  name: '本机 This machine',
  host: '127.0.0.1',
  port: 5060,
  transport: 'udp',
  enabled: true,
  inbound: { byAddress: ['127.0.0.1', '::1'] },
  outbound: false,
  callerNumbers: [],
  priority: 9,
  version: 1,
}

const anyNumber = (about: Pick<Account, 'flowId' | 'lang' | 'record'>): Account => ({
  _id: 'phone',
  channel: 'voice',
  name: '电话热线',
  ...about,
  enabled: true,
  allowedOrigins: [],
  title: {},
  greeting: {},
  numbers: ['12301', '*'],
  version: 1,
})

/** A fresh installation answers calls from this machine on any number, with the flow of the web chat. */
export function seedTelephony(): Promise<unknown>[] {
  return [
    TrunkModel.create(thisMachine),
    AccountModel.create(anyNumber({ flowId: 'main', lang: 'zh-CN', record: true })),
  ]
}

/**
 * One that is older than calls gets the same where it has none, on the flow its web chat runs. Nothing is
 * recorded: a flow written for chats does not tell its callers so.
 */
export async function addTelephony(): Promise<void> {
  if (!(await TrunkModel.exists({}))) await TrunkModel.create(thisMachine)
  if (await AccountModel.exists({ channel: 'voice' })) return
  const chat = await AccountModel.findOne({ channel: 'webchat' }).lean<Account>()
  if (!chat) return
  const { flowId, lang } = chat
  await AccountModel.create(anyNumber({ flowId, lang, record: false }))
}
