/** Every channel of a provider, as the table of situations plays it. */
import type { Driver } from './driver.ts'
import { aliyunSmsDriver } from './drivers/aliyun-sms.ts'
import { cmppDriver } from './drivers/cmpp.ts'
import { directLineDriver } from './drivers/directline.ts'
import { emailDriver } from './drivers/email.ts'
import { smppDriver } from './drivers/smpp.ts'
import { tencentSmsDriver } from './drivers/tencent-sms.ts'
import { twilioDriver } from './drivers/twilio.ts'
import { wechatDriver } from './drivers/wechat.ts'
import { wechatyDriver } from './drivers/wechaty.ts'
import { wecomDriver } from './drivers/wecom.ts'
import { weiboDriver } from './drivers/weibo.ts'

export const drivers: Driver[] = [
  ...[wechatDriver(), wecomDriver(), weiboDriver(), wechatyDriver()],
  ...[smppDriver(), cmppDriver(), twilioDriver(), aliyunSmsDriver(), tencentSmsDriver()],
  ...[emailDriver(), directLineDriver()],
]
