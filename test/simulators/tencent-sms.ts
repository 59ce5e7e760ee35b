/**
 * Tencent Cloud's SMS API (2021-01-11) and its callbacks. The signature is worked out from the request as it
 * arrived, Host header included, after Tencent's description (cloud.tencent.com/document/api/382/52072).
 */
import { createHash, createHmac } from 'node:crypto'
import { createInterface } from 'node:readline'
import type { HttpAnswer, HttpRequest } from './sms-http.ts'
import { callBack, SmsHttpServer } from './sms-http.ts'

export interface TencentSms {
  phone: string
  templateId: string
  text: string
  serialNo: string
  sessionContext: string
}

export interface TencentOptions {
  secretId?: string
  secretKey?: string
  sdkAppId?: string
  signName?: string
  /** by id: the text with {1}, {2} */
  templates?: Record<string, string>
  waitsMs?: number[]
  now?: () => number
  /** the Code of the number instead of Ok */
  refuse?: (sms: { phone: string }, sent: number) => string | undefined
  /** the host requests are signed for, where a proxy before the API writes its own; '' takes it from the request */
  host?: string
}

export class TencentSmsSimulator {
  readonly options: Required<TencentOptions>
  readonly sent: TencentSms[] = []
  readonly http: SmsHttpServer
  private ids = 0

  constructor(options: TencentOptions = {}) {
    this.options = {
      ...{ secretId: 'AKIDtest', secretKey: 'secretKeyOfTest', sdkAppId: '1400006666' },
      ...{ signName: '旅游热线', templates: { '1110': '您的投诉{1}已由{2}受理' } },
      ...{ waitsMs: [60_000, 300_000], now: Date.now, refuse: () => undefined, host: '' },
      ...options,
    }
    this.http = new SmsHttpServer((request) => this.answer(request))
  }

  listen(port = 0): Promise<string> {
    return this.http.listen(port)
  }

  close(): Promise<void> {
    return this.http.close()
  }

  /** @returns the statuses of the tries */
  reply(url: string, mobile: string, text: string, time = 1_457_336_869): Promise<number[]> {
    const row = { extend: '', mobile, nationcode: '86', sign: '旅游热线', text, time }
    return this.push(url, row)
  }

  report(url: string, messages: TencentSms[], errmsg = 'DELIVRD'): Promise<number[]> {
    const rows = messages.map(({ phone, serialNo }) => ({
      ...{ user_receive_time: '2026-11-22 12:00:03', nationcode: '86' },
      ...{ mobile: phone.replace('+86', ''), sid: serialNo, description: '' },
      ...{ report_status: errmsg === 'DELIVRD' ? 'SUCCESS' : 'FAIL', errmsg },
    }))
    return this.push(url, rows)
  }

  push(url: string, body: object): Promise<number[]> {
    const headers = { 'content-type': 'application/json' }
    return callBack(
      url,
      { body: JSON.stringify(body), headers },
      this.options.waitsMs,
      (status, text) => {
        const answer =
          status === 200 ? (JSON.parse(text) as { result?: unknown; errmsg?: unknown }) : {}
        return answer.result === 0
      },
    )
  }

  private answer(request: HttpRequest): HttpAnswer {
    const refusal = this.refused(request)
    if (refusal) return response({ Error: { Code: refusal, Message: refusal } })
    const params = JSON.parse(request.body) as Record<string, unknown>
    if (params.SmsSdkAppId !== this.options.sdkAppId)
      return response({ Error: { Code: 'InvalidParameterValue.SdkAppIdNotExist', Message: '' } })
    switch (request.headers['x-tc-action']) {
      case 'SendStatusStatistics': {
        const { BeginTime: begin, EndTime: end, Limit: limit, Offset: offset } = params
        const times = [begin, end].every((time) => /^\d{10}$/.test(String(time)))
        const good = times && String(end) > String(begin) && limit === 0 && offset === 0
        return good
          ? response({
              SendStatusStatistics: { FeeCount: 0, RequestCount: 0, RequestSuccessCount: 0 },
            })
          : response({ Error: { Code: 'InvalidParameterValue', Message: '' } })
      }
      case 'SendSms':
        return this.send(params)
      default:
        return response({ Error: { Code: 'InvalidAction', Message: '' } })
    }
  }

  private send(params: Record<string, unknown>): HttpAnswer {
    const [phone = ''] = params.PhoneNumberSet as string[]
    const values = (params.TemplateParamSet ?? []) as string[]
    const template = this.options.templates[params.TemplateId as string]
    const wanted = new Set(template?.match(/\{\d+\}/g) ?? []).size
    const code = !/^\+\d{8,15}$/.test(phone)
      ? 'InvalidParameterValue.IncorrectPhoneNumber'
      : params.SignName !== this.options.signName
        ? 'FailedOperation.SignatureIncorrectOrUnapproved'
        : !template
          ? 'FailedOperation.TemplateIncorrectOrUnapproved'
          : values.length !== wanted
            ? 'FailedOperation.TemplateParamSetNotMatchApprovedTemplate'
            : (this.options.refuse({ phone }, this.sent.length) ?? 'Ok')
    const serialNo = code === 'Ok' ? `5000:1045710669157053657849499619:${++this.ids}` : ''
    const sessionContext = String(params.SessionContext ?? '')
    if (code === 'Ok') {
      const filled = template!.replace(
        /\{(\d+)\}/g,
        (_, place: string) => values[Number(place) - 1]!,
      )
      const text = `【${this.options.signName}】${filled}`
      this.sent.push({
        phone,
        templateId: params.TemplateId as string,
        text,
        serialNo,
        sessionContext,
      })
    }
    const status = {
      SerialNo: serialNo,
      PhoneNumber: phone,
      Fee: 1,
      SessionContext: sessionContext,
    }
    return response({ SendStatusSet: [{ ...status, Code: code, Message: code, IsoCode: 'CN' }] })
  }

  private refused({ method, headers, body }: HttpRequest): string | undefined {
    const { secretId, secretKey, now } = this.options
    const parts =
      /^TC3-HMAC-SHA256 Credential=([^/]+)\/([\d-]+)\/sms\/tc3_request, SignedHeaders=([\w;-]+), Signature=(\w+)$/.exec(
        headers.authorization ?? '',
      )
    if (!parts) return 'AuthFailure.InvalidAuthorization'
    const [, id, date = '', names = '', signature] = parts
    if (id !== secretId) return 'AuthFailure.SecretIdNotFound'
    if (!['content-type', 'host'].every((name) => names.split(';').includes(name)))
      return 'AuthFailure.InvalidAuthorization'
    const timestamp = Number(headers['x-tc-timestamp'])
    if (!(Math.abs(now() / 1000 - timestamp) < 300)) return 'AuthFailure.SignatureExpire'
    const asSigned = { ...headers, host: this.options.host || headers.host }
    const lines = names.split(';').map((name) => {
      const value = String(asSigned[name as 'host']).trim()
      return `${name}:${name === 'x-tc-action' ? value.toLowerCase() : value}\n`
    })
    const hash = (text: string) => createHash('sha256').update(text).digest('hex')
    const canonical = `${method}\n/\n\n${lines.join('')}\n${names}\n${hash(body)}`
    const toSign = `TC3-HMAC-SHA256\n${timestamp}\n${date}/sms/tc3_request\n${hash(canonical)}`
    let key: Buffer | string = `TC3${secretKey}`
    for (const step of [date, 'sms', 'tc3_request'])
      key = createHmac('sha256', key).update(step).digest()
    const expected = createHmac('sha256', key).update(toSign).digest('hex')
    return expected === signature ? undefined : 'AuthFailure.SignatureFailure'
  }
}

function response(fields: object): HttpAnswer {
  const RequestId = 'ed93f3cb-f35e-473f-b9f3-0d451b8b79c6'
  return { status: 200, body: JSON.stringify({ Response: { ...fields, RequestId } }) }
}

/** `npm run simulate -- tencent-sms [port] [address of the reply callback]` */
export async function simulate([port, upUrl]: string[]): Promise<void> {
  const simulator = new TencentSmsSimulator()
  const url = await simulator.listen(Number(port ?? 8092))
  const { secretId, secretKey, sdkAppId, signName } = simulator.options
  const print = (line: string) => void process.stdout.write(`${line}\n`)
  print('腾讯云短信模拟器 / Tencent Cloud SMS simulator')
  print(
    `  SecretId ${secretId}  SecretKey ${secretKey}  SdkAppId ${sdkAppId}  签名 signature ${signName}`,
  )
  print(`  接口地址 API address ${url}  模板 template 1110: 您的投诉{{1}}已由{{2}}受理`)
  print(
    '  每行输入即 13800138000 的回复(需给出回复回调地址) / each line is a reply, when the callback address was given',
  )
  let seen = 0
  setInterval(() => {
    for (; seen < simulator.sent.length; seen++)
      print(`→ ${simulator.sent[seen]!.phone}: ${simulator.sent[seen]!.text}`)
  }, 200)
  for await (const line of createInterface(process.stdin)) {
    const nowSeconds = Math.floor(Date.now() / 1000)
    if (line.trim() && upUrl)
      print(`  ${(await simulator.reply(upUrl, '13800138000', line, nowSeconds)).join(' ')}`)
  }
}
