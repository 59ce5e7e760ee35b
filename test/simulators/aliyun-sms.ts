/**
 * Aliyun's SMS API (Dysmsapi 2017-05-25) and its callbacks. Signatures are worked out from the request as it
 * arrived, after Aliyun's description of each version, not with our signer.
 */
import { createHash, createHmac } from 'node:crypto'
import { createInterface } from 'node:readline'
import type { HttpAnswer, HttpRequest } from './sms-http.ts'
import { callBack, SmsHttpServer } from './sms-http.ts'

export interface AliyunSms {
  phone: string
  signName: string
  templateCode: string
  params: Record<string, string>
  text: string
  bizId: string
  outId: string
}

export interface AliyunOptions {
  accessKeyId?: string
  accessKeySecret?: string
  signName?: string
  /** by code: the text with ${name} */
  templates?: Record<string, string>
  /** in life after 1, 5 and 10 minutes */
  waitsMs?: number[]
  now?: () => number
  /** a refusal instead of success: [Code, Message] */
  refuse?: (sms: { phone: string }, sent: number) => [string, string] | undefined
}

const MINUTE_MS = 60_000

export class AliyunSmsSimulator {
  readonly options: Required<AliyunOptions>
  readonly sent: AliyunSms[] = []
  /** hosts that were signed for, as they came */
  readonly hosts: string[] = []
  readonly http: SmsHttpServer
  private readonly nonces = new Set<string>()
  private ids = 0

  constructor(options: AliyunOptions = {}) {
    this.options = {
      ...{ accessKeyId: 'testId', accessKeySecret: 'testSecret', signName: '旅游热线' },
      ...{
        templates: { SMS_1: '您的投诉${number}已受理' },
        waitsMs: [1, 5, 10].map((m) => m * MINUTE_MS),
      },
      ...{ now: Date.now, refuse: () => undefined },
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

  /** A telephone replies: pushed to the address of SmsUp. @returns the statuses of the tries */
  reply(url: string, phone: string, content: string, fields: object = {}): Promise<number[]> {
    const row = {
      ...{ phone_number: phone, content, send_time: '2026-11-22 12:00:00' },
      ...{ dest_code: '1234', sequence_id: String(++this.ids), ...fields },
    }
    return this.push(url, [row])
  }

  /** What became of messages: pushed to the address of SmsReport. */
  report(url: string, messages: AliyunSms[], errCode = 'DELIVERED'): Promise<number[]> {
    const rows = messages.map(({ phone, bizId, outId }) => ({
      ...{ phone_number: phone, biz_id: bizId, out_id: outId, sms_size: '1' },
      ...{ send_time: '2026-11-22 12:00:00', report_time: '2026-11-22 12:00:03' },
      ...{ success: errCode === 'DELIVERED', err_code: errCode, err_msg: '' },
    }))
    return this.push(url, rows)
  }

  push(url: string, rows: object[]): Promise<number[]> {
    const headers = { 'content-type': 'application/json;charset=UTF-8' }
    const init = { body: JSON.stringify(rows), headers }
    return callBack(url, init, this.options.waitsMs, (status, body) => {
      const { code } = status === 200 ? (JSON.parse(body) as { code: unknown }) : {}
      return typeof code === 'number'
    })
  }

  private answer(request: HttpRequest): HttpAnswer {
    const { url, headers } = request
    const query = Object.fromEntries(url.searchParams)
    const action = String(headers['x-acs-action'] ?? query.Action)
    const refusal = headers.authorization ? this.refusedV3(request) : this.refusedV1(request)
    if (refusal) return refused(refusal[0], refusal[1], refusal[2])
    if (action === 'QuerySendStatistics') {
      const good = /^\d{8}$/.test(query.StartDate ?? '') && ['1', '2'].includes(query.IsGlobe ?? '')
      return good
        ? ok({ Data: { TotalSize: 0, TargetList: [] } })
        : ok({ Code: 'isv.INVALID_PARAMETERS' })
    }
    if (action !== 'SendSms') return refused(404, 'InvalidAction.NotFound', action)
    return this.send(query)
  }

  private send(query: Record<string, string>): HttpAnswer {
    const { signName, templates, refuse } = this.options
    const { PhoneNumbers: phone = '', SignName: given = '', TemplateCode: code = '' } = query
    if (!/^\d{8,20}$/.test(phone)) return ok({ Code: 'isv.MOBILE_NUMBER_ILLEGAL', Message: phone })
    if (given !== signName) return ok({ Code: 'isv.SMS_SIGNATURE_ILLEGAL', Message: '签名不合法' })
    const template = templates[code]
    if (!template) return ok({ Code: 'isv.SMS_TEMPLATE_ILLEGAL', Message: '模板不合法' })
    let params: Record<string, string>
    try {
      params = JSON.parse(query.TemplateParam || '{}') as Record<string, string>
    } catch {
      return ok({ Code: 'isv.INVALID_JSON_PARAM', Message: 'JSON参数不合法' })
    }
    const missing = [...template.matchAll(/\$\{(\w+)\}/g)].some(([, name]) => !(name! in params))
    if (missing) return ok({ Code: 'isv.TEMPLATE_MISSING_PARAMETERS', Message: '模板缺少变量' })
    const refusal = refuse({ phone }, this.sent.length)
    if (refusal) return ok({ Code: refusal[0], Message: refusal[1] })
    const text = `【${given}】${template.replace(/\$\{(\w+)\}/g, (_, name: string) => params[name]!)}`
    const bizId = `9006197463924565${++this.ids}^0`
    const outId = query.OutId ?? ''
    this.sent.push({ phone, signName: given, templateCode: code, params, text, bizId, outId })
    return ok({ BizId: bizId })
  }

  /** help.aliyun.com/document_detail/2593177.html */
  private refusedV3({
    method,
    url,
    headers,
    body,
  }: HttpRequest): [number, string, string] | undefined {
    const { accessKeyId, accessKeySecret, now } = this.options
    const parts =
      /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=(\w+)$/.exec(
        headers.authorization ?? '',
      )
    if (!parts) return [400, 'IncompleteSignature', 'authorization']
    const [, id, names = '', signature] = parts
    if (id !== accessKeyId)
      return [404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.']
    const required = [
      'host',
      'x-acs-action',
      'x-acs-content-sha256',
      'x-acs-date',
      'x-acs-signature-nonce',
      'x-acs-version',
    ]
    if (!required.every((name) => names.split(';').includes(name)))
      return [400, 'IncompleteSignature', names]
    this.hosts.push(headers.host!)
    const hash = createHash('sha256').update(body).digest('hex')
    const canonicalQuery = [...url.searchParams]
      .map(([name, value]) => `${rfc3986(name)}=${rfc3986(value)}`)
      .sort()
      .join('&')
    const lines = names.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`)
    const canonical = `${method}\n${url.pathname}\n${canonicalQuery}\n${lines.join('')}\n${names}\n${hash}`
    const digest = createHash('sha256').update(canonical).digest('hex')
    const expected = createHmac('sha256', accessKeySecret)
      .update(`ACS3-HMAC-SHA256\n${digest}`)
      .digest('hex')
    if (expected !== signature)
      return [400, 'SignatureDoesNotMatch', 'Specified signature does not match our calculation.']
    const age = Math.abs(now() - Date.parse(String(headers['x-acs-date'])))
    if (!(age < 15 * MINUTE_MS))
      return [400, 'InvalidTimeStamp.Expired', 'Specified time stamp or date value is expired.']
    return this.usedNonce(String(headers['x-acs-signature-nonce']))
  }

  /** help.aliyun.com/document_detail/157269.html */
  private refusedV1({ method, url }: HttpRequest): [number, string, string] | undefined {
    const { accessKeyId, accessKeySecret } = this.options
    const params = [...url.searchParams].filter(([name]) => name !== 'Signature')
    const canonical = params
      .map(([name, value]) => `${rfc3986(name)}=${rfc3986(value)}`)
      .sort()
      .join('&')
    const toSign = `${method}&${rfc3986('/')}&${rfc3986(canonical)}`
    const expected = createHmac('sha1', `${accessKeySecret}&`).update(toSign).digest('base64')
    if (url.searchParams.get('AccessKeyId') !== accessKeyId)
      return [404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.']
    if (expected !== url.searchParams.get('Signature')) return [400, 'SignatureDoesNotMatch', '']
    return this.usedNonce(url.searchParams.get('SignatureNonce') ?? '')
  }

  private usedNonce(nonce: string): [number, string, string] | undefined {
    if (!nonce || this.nonces.has(nonce)) return [400, 'SignatureNonceUsed', nonce]
    this.nonces.add(nonce)
    return undefined
  }
}

function rfc3986(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) => {
      const char = String.fromCharCode(byte)
      return /[A-Za-z0-9\-_.~]/.test(char)
        ? char
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
    })
    .join('')
}

function ok(fields: object): HttpAnswer {
  const body = { RequestId: 'F655A8D5-B967-440B-8683-DAD6FF8DE990', Code: 'OK', Message: 'OK' }
  return { status: 200, body: JSON.stringify({ ...body, ...fields }) }
}

function refused(status: number, Code: string, Message: string): HttpAnswer {
  return {
    status,
    body: JSON.stringify({ RequestId: 'x', HostId: 'dysmsapi.aliyuncs.com', Code, Message }),
  }
}

/** `npm run simulate -- aliyun-sms [port] [address of SmsUp]` */
export async function simulate([port, upUrl]: string[]): Promise<void> {
  const simulator = new AliyunSmsSimulator()
  const url = await simulator.listen(Number(port ?? 8091))
  const { accessKeyId, accessKeySecret, signName } = simulator.options
  const print = (line: string) => void process.stdout.write(`${line}\n`)
  print('阿里云短信模拟器 / Aliyun SMS simulator')
  print(
    `  AccessKey ID ${accessKeyId}  Secret ${accessKeySecret}  签名 signature ${signName}  接口地址 API address ${url}`,
  )
  print('  模板 template: SMS_1  您的投诉{{number}}已受理 (number)')
  print(
    '  每行输入即 13800138000 的回复(需给出 SmsUp 回调地址) / each line is a reply, when the address of SmsUp was given',
  )
  let seen = 0
  setInterval(() => {
    for (; seen < simulator.sent.length; seen++)
      print(`→ ${simulator.sent[seen]!.phone}: ${simulator.sent[seen]!.text}`)
  }, 200)
  for await (const line of createInterface(process.stdin))
    if (line.trim() && upUrl)
      print(`  ${(await simulator.reply(upUrl, '13800138000', line)).join(' ')}`)
}
