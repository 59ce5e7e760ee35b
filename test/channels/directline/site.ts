/** A site of somebody else's with the unmodified Bot Framework Web Chat on a page with a strict policy. */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'

const webChat = new URL(
  '../../../node_modules/botframework-webchat/dist/webchat.js',
  import.meta.url,
)
const NONCE = 'only-this-page'

export class Site {
  /** Direct Line's address, as browsers reach it */
  domain = ''
  secret = ''
  userId = 'dl_visitor'
  private readonly server: Server

  private constructor() {
    this.server = createServer((request, response) => {
      const answer = (type: string, body: string | Buffer, headers = {}) =>
        response.writeHead(200, { 'content-type': type, ...headers }).end(body)
      const path = new URL(request.url ?? '', 'http://localhost').pathname
      if (path === '/')
        answer('text/html; charset=utf-8', this.page(), { 'content-security-policy': this.policy })
      else if (path === '/webchat.js')
        answer('text/javascript', readFileSync(fileURLToPath(webChat)))
      else if (path === '/token')
        void this.token().then((token) => answer('application/json', JSON.stringify(token)))
      else response.writeHead(404).end()
    })
  }

  static async open(): Promise<Site> {
    const site = new Site()
    site.server.listen(0, '127.0.0.1')
    await once(site.server, 'listening')
    return site
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    this.server.closeAllConnections()
    this.server.close()
    await once(this.server, 'close')
  }

  /** The secret stays here; the page gets a token. */
  private async token(): Promise<unknown> {
    const response = await fetch(`${this.domain}/tokens/generate`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ user: { id: this.userId } }),
    })
    return response.json()
  }

  /** Without `connect-src blob:` an upload never leaves the page. */
  private get policy(): string {
    const line = new URL(this.domain).origin
    return [
      "default-src 'none'",
      `script-src 'self' 'nonce-${NONCE}'`,
      `style-src 'nonce-${NONCE}'`,
      `connect-src 'self' ${line} ${line.replace('http', 'ws')} blob:`,
      'worker-src blob:',
      `img-src data: blob: ${line}`,
      "base-uri 'none'",
    ].join('; ')
  }

  private page(): string {
    return `<!doctype html>
<html lang="zh">
<meta charset="utf-8">
<title>文旅局</title>
<style nonce="${NONCE}">html,body,#chat{height:100%;margin:0}</style>
<div id="chat" role="main"></div>
<script src="/webchat.js"></script>
<script nonce="${NONCE}">
  (async () => {
    const { token } = await (await fetch('/token')).json()
    const directLine = WebChat.createDirectLine({
      domain: ${JSON.stringify(this.domain)},
      token,
      conversationStartProperties: { locale: 'zh-CN' },
    })
    directLine.connectionStatus$.subscribe((status) => (document.title = 'line ' + status))
    WebChat.renderWebChat(
      { directLine, locale: 'zh-HANS', nonce: '${NONCE}', sendTypingIndicator: true },
      document.getElementById('chat'),
    )
  })()
</script>
</html>`
  }
}
