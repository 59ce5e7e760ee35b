import { expect } from 'chai'
import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { chromiumPath, needsBrowser } from '../../../e2e/browser.ts'
import { EchoServer } from './echo-server.ts'

interface PhonePage {
  line: { open(): void; close(): void; speak(on: boolean): void; view: { state: string } }
  states: string[]
  loudness(): number
}

/** The fake microphone beeps once a second; its echo is far louder than this, silence far softer. */
const AUDIBLE = 1e-4

describe('admin desk: a line of a real browser', function () {
  this.timeout(30_000)
  let browser: Browser
  let server: http.Server
  let url: string
  let page: Page
  let echo: EchoServer

  before(async function () {
    needsBrowser(this)
    const entry = fileURLToPath(new URL('page.ts', import.meta.url))
    const { outputFiles } = await build({
      entryPoints: [entry],
      bundle: true,
      write: false,
      format: 'iife',
      target: 'es2022',
    })
    const script = outputFiles[0]!.text
    server = http.createServer((request, response) => {
      const isScript = request.url === '/page.js'
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
      response.end(
        isScript ? script : '<!doctype html><title>line</title><script src="/page.js"></script>',
      )
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    // microphones are handed out on localhost, not on 127.0.0.1 spelled as an address of a plain page
    url = `http://localhost:${(server.address() as AddressInfo).port}/`
    const executablePath = chromiumPath()
    browser = await chromium.launch({
      ...(executablePath && { executablePath }),
      args: [
        '--no-sandbox',
        '--use-fake-device-for-media-stream',
        '--allow-loopback-in-peer-connection',
        '--autoplay-policy=no-user-gesture-required',
      ],
    })
  })
  after(async () => {
    await browser?.close()
    server?.close()
  })
  afterEach(async () => {
    await page?.context().close()
    await echo?.stop()
  })

  async function open({ microphone }: { microphone: boolean }): Promise<void> {
    const context = await browser.newContext({ permissions: microphone ? ['microphone'] : [] })
    page = await context.newPage()
    echo = new EchoServer()
    await page.exposeFunction('signal', (sdp: string) => echo.answer(sdp))
    await page.goto(url)
  }
  const state = (wanted: string) =>
    page.waitForFunction(
      (name) => (window as unknown as PhonePage).line.view.state === name,
      wanted,
    )
  const heard = (loud: boolean) =>
    page.waitForFunction(
      ([than, want]) => (window as unknown as PhonePage).loudness() > than === want,
      [AUDIBLE, loud] as const,
    )
  const line = (what: 'open' | 'close') =>
    page.evaluate((verb) => (window as unknown as PhonePage).line[verb](), what)
  const speak = (on: boolean) =>
    page.evaluate((loud) => (window as unknown as PhonePage).line.speak(loud), on)

  it('offers G.711 and keys alone, all candidates at once, and hears itself', async () => {
    await open({ microphone: true })
    await line('open')
    await state('connected')
    const [offer] = echo.offers
    const codecs = [...offer!.matchAll(/a=rtpmap:\d+ (\S+)/g)].map(([, codec]) => codec)
    expect(codecs).to.deep.equal(['PCMA/8000', 'PCMU/8000', 'telephone-event/8000'])
    expect(offer).to.match(/a=candidate:/)
    expect(offer).to.match(/a=sendrecv/)
    await speak(true)
    await heard(true)
  })

  it('prepared it is silent; speaking and muting act at once', async () => {
    await open({ microphone: true })
    await line('open')
    await state('connected')
    // one beep of the fake microphone per second: two of them would have been heard
    await echo.received(100)
    expect(await page.evaluate(() => (window as unknown as PhonePage).loudness())).to.be.below(
      AUDIBLE,
    )
    await speak(true)
    await heard(true)
    await speak(false)
    await heard(false)
  })

  it('the server drops its end, as when a worker dies: the line comes back by itself', async () => {
    await open({ microphone: true })
    await line('open')
    await speak(true)
    await state('connected')
    await echo.peers[0]!.close()
    await page.waitForFunction(() => (window as unknown as PhonePage).states.includes('lost'))
    await state('connected')
    expect(echo.offers).to.have.length(2)
    await heard(true)
  })

  it('the microphone is not allowed: no offer, and the reason is known', async () => {
    await open({ microphone: false })
    await line('open')
    await state('lost')
    expect(await page.evaluate(() => (window as unknown as PhonePage).line.view)).to.deep.include({
      fault: { kind: 'microphone', why: 'refused' },
    })
    expect(echo.offers).to.deep.equal([])
  })
})
