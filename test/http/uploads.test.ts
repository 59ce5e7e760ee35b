import { request } from 'node:http'
import { connect } from 'node:net'
import { once } from 'node:events'
import { expect } from 'chai'
import type { UploadResponse } from '../../channels/webchat/protocol.ts'
import { MAX_FILE_BYTES, safeName } from '../../gateway/files/files.ts'
import type { ErrorCode } from '../../gateway/errors.ts'
import { expectHealthy, expectRefused } from '../gateway/refusals.ts'
import { SimulatedAgent } from '../harness/agent.ts'
import type { SimulatedChat } from '../harness/chat.ts'
import { simulateChat } from '../harness/chat.ts'
import type { RunningProduct } from '../harness/product.ts'
import { runProduct } from '../harness/product.ts'

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

describe('files of strangers', function () {
  this.timeout(60_000)
  let product: RunningProduct
  let visitor: SimulatedChat

  before(async () => {
    // behind a proxy, so that each test's uploads come from addresses of their own
    product = await runProduct({ YILU_TRUST_PROXY: '1' })
    visitor = await simulateChat(product.url)
  })
  after(() => product.stop())

  let addresses = 0
  const fromElsewhere = () => ({ 'x-forwarded-for': `10.0.0.${++addresses % 250}` })

  const upload = (body: FormData | string, headers: Record<string, string> = {}) =>
    fetch(`${product.url}/webchat/uploads`, {
      method: 'POST',
      headers: { authorization: `Bearer ${visitor.token}`, ...fromElsewhere(), ...headers },
      body,
    })

  function form(content: Buffer | string, name: string, type = 'image/png'): FormData {
    const data = new FormData()
    const bytes = typeof content === 'string' ? content : new Uint8Array(content)
    data.append('file', new Blob([bytes], { type }), name)
    return data
  }

  async function accepted(content: Buffer | string, name: string): Promise<UploadResponse> {
    const response = await upload(form(content, name))
    const text = await response.text()
    expect(response.status, text).to.equal(200)
    return JSON.parse(text) as UploadResponse
  }

  it('are named after their last part: no path, no control or direction mark, Chinese as it is', async () => {
    const names: [string, string][] = [
      ['../../etc/passwd.png', 'passwd.png'],
      ['C:\\Windows\\system32\\x.png', 'x.png'],
      ['....//....//x.png', 'x.png'],
      ['.htaccess', 'htaccess'],
      ['兵马俑 门票（旺季）.png', '兵马俑 门票（旺季）.png'],
      ['a\u202Egnp.exe', 'agnp.exe'],
      ['<b>x|*?.png', 'bx.png'],
      ['..', 'file'],
    ]
    for (const [given, expected] of names)
      expect((await accepted(png, given)).name, given).to.equal(expected)
    expect(safeName('a\u0000b\r\nc.png')).to.equal('abc.png')
  })

  it('with names of any length and script can be fetched again under that name', async () => {
    for (const name of [
      '😀'.repeat(100) + 'a.png',
      '长'.repeat(300) + '.png',
      "it's (1)!*.png",
      '%2e%2f;x=".png',
    ]) {
      const { url, name: kept } = await accepted(png, name)
      const response = await fetch(`${product.url}${url}`)
      expect(response.status, name).to.equal(200)
      const [, encoded] = /filename\*=UTF-8''([\w.!#$&+^`|~%-]+)$/.exec(
        response.headers.get('content-disposition')!,
      )!
      expect(decodeURIComponent(encoded!)).to.equal(kept)
      expect(Buffer.from(await response.arrayBuffer()).equals(png)).to.equal(true)
    }
  })

  it('are taken for what their bytes are, whatever name and type they are given', async () => {
    const refused: [Buffer | string, string][] = [
      ['<html><script>alert(1)</script></html>', 'cat.png'],
      ['\uFEFF \n<!doctype html><body onload=alert(1)>', 'cat.png'],
      ['<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'cat.png'],
      ['<?xml version="1.0"?><svg onload="alert(1)"/>', 'cat.svg'],
      [Buffer.from('MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff', 'latin1'), 'cat.png'],
      [Buffer.from('\x7fELF\x02\x01\x01\x00', 'latin1'), 'cat.jpg'],
      [Buffer.from('PK\x03\x04'.padEnd(64, '\x00'), 'latin1'), 'report.docx'],
      [Buffer.from([0xff, 0xfe, 0x3c, 0x00, 0x68, 0x00]), 'page.txt'],
      [Buffer.from('text with \x00 in it'), 'a.txt'],
    ]
    for (const [content, name] of refused)
      await expectRefused(upload(form(content, name)), 'FILE_TYPE')
    expect(await accepted(png, 'evil.html')).to.include({ mime: 'image/png', kind: 'image' })
    expect(await accepted('alert(1) // <script>', 'x.js')).to.include({
      mime: 'text/plain',
      kind: 'file',
    })
  })

  it('are handed out so that no browser runs or guesses at them', async () => {
    const gifar = Buffer.concat([
      Buffer.from('GIF89a'),
      png,
      Buffer.from('<script>alert(1)</script>'),
    ])
    const cases: [Buffer | string, string, string, RegExp][] = [
      [png, 'a.png', 'image/png', /^inline/],
      [gifar, 'polyglot.html', 'image/gif', /^inline/],
      ['var a = 1 <script>', 'a.js', 'text/plain; charset=utf-8', /^attachment/],
      ['%PDF-1.4\n%%EOF', 'a.pdf', 'application/pdf', /^attachment/],
    ]
    for (const [content, name, mime, disposition] of cases) {
      const { headers } = await fetch(`${product.url}${(await accepted(content, name)).url}`)
      expect(headers.get('content-type')).to.equal(mime)
      expect(headers.get('x-content-type-options')).to.equal('nosniff')
      expect(headers.get('content-security-policy')).to.equal("default-src 'none'; sandbox")
      expect(headers.get('content-disposition')).to.match(disposition)
      expect(headers.get('cross-origin-resource-policy')).to.equal('same-origin')
    }
  })

  it('are refused when empty, too large, missing, or more than one', async () => {
    await expectRefused(upload(form('', 'a.png')), 'FILE_EMPTY')
    await expectRefused(upload(new FormData()), 'FILE_EMPTY')
    const field = new FormData()
    field.append('file', 'just a field')
    await expectRefused(upload(field), 'FILE_EMPTY')
    const large = Buffer.concat([png, Buffer.alloc(MAX_FILE_BYTES)])
    await expectRefused(upload(form(large, 'a.png')), 'FILE_TOO_LARGE')
    const two = form(png, 'a.png')
    two.append('file', new Blob([new Uint8Array(png)]), 'b.png')
    await expectRefused(upload(two), 'BAD_REQUEST')
    const exactly = Buffer.concat([png, Buffer.alloc(MAX_FILE_BYTES - png.length)])
    expect((await accepted(exactly, 'a.png')).bytes).to.equal(MAX_FILE_BYTES)
  })

  it('in a body that is no multipart, or a broken one, are refused', async () => {
    const cases: [string, string, ErrorCode][] = [
      ['{}', 'application/json', 'UNSUPPORTED_MEDIA'],
      ['x', 'text/plain', 'UNSUPPORTED_MEDIA'],
      ['x', 'multipart/form-data', 'UNSUPPORTED_MEDIA'],
      ['x', 'multipart/form-data; boundary=b', 'BAD_REQUEST'],
      ['--b\r\n\r\nx', 'multipart/form-data; boundary=b', 'BAD_REQUEST'],
      [
        '--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\nhalf',
        'multipart/form-data; boundary=b',
        'BAD_REQUEST',
      ],
    ]
    for (const [body, type, code] of cases)
      await expectRefused(upload(body, { 'content-type': type }), code)
  })

  it('of nobody in particular are refused', async () => {
    for (const authorization of [
      '',
      'Bearer',
      'Bearer x.y.z',
      'Basic YTpi',
      `Bearer ${visitor.token}x`,
    ])
      await expectRefused(upload(form(png, 'a.png'), { authorization }), 'BAD_TOKEN')
    const door = `${product.url}/api/v1/uploads`
    await expectRefused(
      fetch(door, { method: 'POST', body: form(png, 'a.png') }),
      'UNAUTHENTICATED',
    )
  })

  it('from one address are taken 30 times a minute', async () => {
    const headers = { 'x-forwarded-for': '10.2.0.1' }
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => upload(form(png, 'a.png'), headers)),
    )
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused).to.have.length(10)
    await expectRefused(refused[0]!, 'RATE_LIMITED')
    await accepted(png, 'neighbour.png')
  })

  it('that are cut off in the middle leave nothing and hold up nobody', async () => {
    const { hostname, port } = new URL(product.url)
    for (let i = 0; i < 10; i++) {
      const socket = connect(Number(port), hostname)
      await once(socket, 'connect')
      socket.write(
        'POST /webchat/uploads HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n' +
          `Authorization: Bearer ${visitor.token}\r\nX-Forwarded-For: 10.1.0.${i}\r\n` +
          'Content-Type: multipart/form-data; boundary=b\r\n\r\n' +
          '--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n',
      )
      socket.write(Buffer.alloc(100_000), () => socket.destroy())
      await once(socket, 'close')
    }
    await expectHealthy(product)
    await accepted(png, 'after.png')
  })

  it('much larger than allowed are answered at once, and their connection is not left hanging', async () => {
    const answer = await new Promise<{ status: number; body: string }>((resolve, reject) => {
      const sending = request(`${product.url}/webchat/uploads`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${visitor.token}`,
          ...fromElsewhere(),
          'content-type': 'multipart/form-data; boundary=b',
          'content-length': 40_000_000,
        },
      })
      sending.on('response', (response) => {
        let body = ''
        response.on('data', (chunk: Buffer) => (body += chunk.toString()))
        response.on('end', () => resolve({ status: response.statusCode!, body }))
      })
      sending.on('error', reject)
      sending.write('--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n')
      // a browser reads the answer when it has sent everything
      sending.end(Buffer.alloc(40_000_000 - 74))
    })
    expect(answer.status).to.equal(413)
    expect(answer.body).to.contain('FILE_TOO_LARGE')
  })

  it('an address that was tampered with, or has expired, is not found', async () => {
    const { url, blobId } = await accepted(png, 'a.png')
    const other = await accepted(png, 'b.png')
    const { searchParams } = new URL(url, product.url)
    const until = searchParams.get('until')!
    const sig = searchParams.get('sig')!
    const later = String(Number(until) + 86_400_000)
    const tampered = [
      `/files/${blobId}`,
      `/files/${blobId}?until=${until}`,
      `/files/${blobId}?until=${later}&sig=${sig}`,
      `/files/${blobId}?until=0${until}&sig=${sig}x`,
      `/files/${other.blobId}?until=${until}&sig=${sig}`,
      `/files/${blobId}?until=${until}&sig=${sig.slice(0, -1)}`,
      `/files/${blobId}?until=1&sig=${sig}`,
      `/files/${blobId}?until=NaN&sig=${sig}`,
      `/files/${blobId}?until=${until}&until=${until}&sig=${sig}`,
      `/files/${blobId}?until=${until}&sig=${encodeURIComponent('签'.repeat(43))}`,
    ]
    for (const path of tampered) await expectRefused(fetch(`${product.url}${path}`), 'NOT_FOUND')
    expect((await fetch(`${product.url}${url}`)).status).to.equal(200)
  })

  it('of an agent go to the visitor the same way', async () => {
    const lin = await new SimulatedAgent(product.url).signIn('lin', product.password('lin'))
    const response = await fetch(`${product.url}/api/v1/uploads`, {
      method: 'POST',
      headers: { cookie: lin.cookie },
      body: form(png, '地图.png'),
    })
    expect(response.status).to.equal(200)
    expect(await response.json()).to.include({ name: '地图.png', kind: 'image', mime: 'image/png' })
  })
})
