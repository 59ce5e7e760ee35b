import { AccountModel } from '../intake/model.ts'
import { TrunkModel } from './model.ts'

/** A fresh installation answers calls from this machine on any number, with the flow of the web chat. */
export function seedTelephony(): Promise<unknown>[] {
  return [
    TrunkModel.create({
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
    }),
    AccountModel.create({
      _id: 'phone',
      channel: 'voice',
      name: '电话热线',
      flowId: 'main',
      lang: 'zh-CN',
      enabled: true,
      allowedOrigins: [],
      title: {},
      greeting: {},
      numbers: ['12301', '*'],
      record: true,
      version: 1,
    }),
  ]
}
