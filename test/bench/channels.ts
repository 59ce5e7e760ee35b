/**
 * A provider's callbacks: verified, decrypted, stored, acknowledged. WeChat's are the dearest (SHA-1, AES, XML).
 * They come at a fixed rate whether or not the answers do, from another process' point of view, while the bot
 * answers every one of them to a platform that takes everything. A server that has run for a while is measured: half
 * the rate comes before, on the same connections (libuv takes one new connection per turn of its loop), and half of
 * those who write then are new to it.
 */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CallbackCrypto, callbackSignature } from '../../channels/callback-crypto.ts'
import { SimulatedAgent } from '../harness/agent.ts'
import { RunningProduct } from '../harness/product.ts'
import { percentile } from './measure/percentile.ts'

const RATE = Number(process.env.YILU_BENCH_RATE ?? 500)
const SECONDS = Number(process.env.YILU_BENCH_SECONDS ?? 20)
const TOURISTS = 2000
const WARM_SECONDS = 10
const SOCKETS = 64

const keys = {
  token: 'benchtoken',
  encodingAesKey: randomBytes(32).toString('hex').slice(0, 43),
  receiveId: 'wx0123456789abcdef',
}

export default async function bench(): Promise<void> {
  const platform = await openPlatform()
  const product = await new RunningProduct({ YILU_LOG_LEVEL: 'error' }).start()
  try {
    const admin = await new SimulatedAgent(product.url).signIn('admin', product.password('admin'))
    const response = await admin.rest('POST', '/accounts', {
      ...{ id: 'oa', kind: 'wechat', name: 'bench', flowId: 'main', lang: 'zh-CN', enabled: true },
      settings: {
        ...{ appId: keys.receiveId, appSecret: 'secret-of-the-bench', token: keys.token },
        ...{ encodingAesKey: keys.encodingAesKey, apiBase: platform.url },
      },
    })
    if (!response.ok) throw new Error(await response.text())
    const callback = `${product.url}/channels/wechat/oa`
    const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS })
    await run(agent, callback, { rate: RATE / 2, seconds: WARM_SECONDS, from: 0 })
    const before = await platform.quiet()
    const { ackMs, refused, elapsedMs } = await run(agent, callback, {
      ...{ rate: RATE, seconds: SECONDS, from: TOURISTS / 2 },
    })
    const answered = (await platform.quiet()) - before
    agent.destroy()
    const figures = {
      webhooks: ackMs.length,
      refused,
      webhooksPerSecond: Math.round((ackMs.length / elapsedMs) * 1000),
      ackP50Ms: Math.round(percentile(ackMs, 0.5) * 10) / 10,
      ackP99Ms: Math.round(percentile(ackMs, 0.99) * 10) / 10,
      answered,
    }
    console.table(figures)
    console.log(JSON.stringify({ bench: 'channels', ...figures }))
  } finally {
    await product.stop()
    platform.close()
  }
}

/** Sends at the rate, late or not. Whoever is not answered with 200 was refused. */
async function run(
  agent: Agent,
  callback: string,
  { rate, seconds, from }: { rate: number; seconds: number; from: number },
): Promise<{ ackMs: number[]; refused: number; elapsedMs: number }> {
  const crypto = new CallbackCrypto(keys)
  const ackMs: number[] = []
  let refused = 0
  const total = rate * seconds
  // made beforehand: what they cost is the provider's business
  const bodies = Array.from({ length: total }, (_, n) =>
    signed(crypto, callback, from + (n % TOURISTS)),
  )
  // the connections stand before anything is counted
  const greetings = bodies.splice(0, SOCKETS)
  await Promise.all(greetings.map(({ url, body }) => post(agent, url, body)))
  const startedAt = performance.now()
  await Promise.all(
    bodies.map(async ({ url, body }, n) => {
      const dueMs = startedAt + (n * 1000) / rate
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueMs - performance.now())))
      // from the moment it was due: what our own loop is late counts as well
      const status = await post(agent, url, body)
      if (status === 200) ackMs.push(performance.now() - dueMs)
      else refused++
    }),
  )
  const elapsedMs = performance.now() - startedAt
  return { ackMs, refused, elapsedMs }
}

let serial = 0

function signed(
  crypto: CallbackCrypto,
  callback: string,
  tourist: number,
): { url: string; body: string } {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const nonce = randomBytes(5).toString('hex')
  const openid = `openid-of-tourist-${tourist}`
  const encrypted = crypto.encrypt(
    `<xml><ToUserName><![CDATA[gh_bench]]></ToUserName><FromUserName><![CDATA[${openid}]]></FromUserName>` +
      `<CreateTime>${timestamp}</CreateTime><MsgType><![CDATA[text]]></MsgType>` +
      `<Content><![CDATA[兵马俑的门票多少钱?]]></Content><MsgId>${9_000_000_000_000_000 + serial++}</MsgId></xml>`,
  )
  const signature = callbackSignature(keys.token, timestamp, nonce, encrypted)
  const query = `timestamp=${timestamp}&nonce=${nonce}&encrypt_type=aes&msg_signature=${signature}`
  return {
    url: `${callback}?signature=${callbackSignature(keys.token, timestamp, nonce)}&${query}`,
    body: `<xml><ToUserName><![CDATA[gh_bench]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`,
  }
}

function post(agent: Agent, url: string, body: string): Promise<number> {
  return new Promise((resolve) => {
    const sent = request(
      url,
      { agent, method: 'POST', headers: { 'content-type': 'text/xml' } },
      (response) => {
        response.resume()
        response.on('end', () => resolve(response.statusCode ?? 0))
      },
    )
    // a connection that the server closed in this very moment: any client tries again
    sent.on('error', () => resolve(sent.reusedSocket ? post(agent, url, body) : 0))
    sent.end(body)
  })
}

/** Takes everything at once; how it really behaves is the simulator's business, and costs too much here. */
async function openPlatform() {
  let answered = 0
  const server = createServer((incoming, response) => {
    incoming.resume()
    incoming.on('end', () => {
      response.setHeader('content-type', 'application/json')
      if (incoming.url?.includes('stable_token'))
        return void response.end('{"access_token":"token","expires_in":7200}')
      if (incoming.url?.includes('custom/send')) answered++
      response.end('{"errcode":0,"errmsg":"ok"}')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Waits until the bot has no more to say. @returns how many answers came in all */
    async quiet(): Promise<number> {
      for (let before = -1; before !== answered;) {
        before = answered
        await new Promise((resolve) => setTimeout(resolve, 1000))
      }
      return answered
    },
    close: () => server.close(),
  }
}
