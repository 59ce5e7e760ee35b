/**
 * Sign-in through WeChat (网页授权): proves which openid opened a page, and leads to a page of the operator's with
 * an assertion that says so for two minutes. Only inside WeChat, and only to addresses the account allows.
 */
import { createHmac, randomBytes } from 'node:crypto'
import type { Request, Response } from 'express'
import express from 'express'
import { SignJWT } from 'jose'
import { signatureIs } from '../callback-crypto.ts'
import type { ChannelAccount } from '../provider.ts'
import type { WechatSettings } from './account.ts'
import type { WechatApi } from './wechat-api.ts'

const COOKIE = 'yilu_wechat_oauth'
const COOKIE_SECONDS = 600
const ASSERTION_SECONDS = 120

export interface OauthDoorOptions {
  account: (id: string) => { account: ChannelAccount<WechatSettings>; api: WechatApi } | undefined
  publicUrl: string | undefined
  now: () => number
  onError: (error: unknown, about?: object) => void
}

interface Begun {
  returnTo: string
  state: string
  untilMs: number
}

interface SignedIn {
  access_token: string
  openid: string
  unionid?: string
  scope?: string
  /** somebody who looks without having signed in: the openid is made up for this one visit */
  is_snapshotuser?: number
}

export function oauthDoor(options: OauthDoorOptions): express.Router {
  const { account, publicUrl, now, onError } = options
  const router = express.Router()

  router.get('/wechat/:accountId/oauth', (request, response) => {
    const found = account(request.params.accountId)
    if (!found) return void response.sendStatus(404)
    const { settings, id } = found.account
    const returnTo = String(request.query.return ?? '')
    if (!settings.assertionKey || !publicUrl) return void response.sendStatus(404)
    if (!isAllowed(returnTo, settings.returnAddresses)) return void response.sendStatus(403)
    // WeChat takes 128 bytes of state: the rest stays in the browser that began
    const state = randomBytes(16).toString('hex')
    const begun: Begun = { returnTo, state, untilMs: now() + COOKIE_SECONDS * 1000 }
    const path = `/channels/wechat/${id}/oauth`
    response.cookie(COOKIE, sealed(begun, settings), {
      ...{ httpOnly: true, sameSite: 'lax', path, maxAge: COOKIE_SECONDS * 1000 },
      secure: publicUrl.startsWith('https:'),
    })
    const query = new URLSearchParams({
      appid: settings.appId,
      redirect_uri: `${publicUrl}${path}/callback`,
      response_type: 'code',
      scope: request.query.scope === 'userinfo' ? 'snsapi_userinfo' : 'snsapi_base',
      state,
    })
    const base = settings.openBase.replace(/\/+$/, '')
    response.redirect(302, `${base}/connect/oauth2/authorize?${query}#wechat_redirect`)
  })

  router.get('/wechat/:accountId/oauth/callback', async (request, response) => {
    const found = account(request.params.accountId)
    if (!found) return void response.sendStatus(404)
    const { settings } = found.account
    const begun = unsealed(cookieOf(request), settings)
    const { code, state } = request.query
    if (
      !settings.assertionKey ||
      !begun ||
      begun.untilMs < now() ||
      typeof state !== 'string' ||
      !signatureIs(begun.state, state)
    )
      return refuse(response, 403)
    // the tourist said no
    if (typeof code !== 'string' || !code) return refuse(response, 403)
    try {
      const signedIn = await found.api.sns<SignedIn>('/sns/oauth2/access_token', {
        ...{ appid: settings.appId, secret: settings.appSecret },
        ...{ code: code.slice(0, 256), grant_type: 'authorization_code' },
      })
      if (signedIn.is_snapshotuser) return refuse(response, 403)
      const name = await nameOf(found.api, signedIn)
      const { openid, unionid } = signedIn
      const assertion = await new SignJWT({
        appid: settings.appId,
        ...(unionid && { unionid }),
        ...(name && { name }),
      })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer('yilu.wechat')
        .setAudience(new URL(begun.returnTo).origin)
        .setSubject(openid)
        .setJti(begun.state)
        .setIssuedAt(Math.floor(now() / 1000))
        .setExpirationTime(Math.floor(now() / 1000) + ASSERTION_SECONDS)
        .sign(new TextEncoder().encode(settings.assertionKey))
      response.clearCookie(COOKIE, { path: `/channels/wechat/${found.account.id}/oauth` })
      // behind #, so that it stands in no log
      const to = new URL(begun.returnTo)
      to.hash = `wechat=${assertion}`
      response.redirect(302, to.href)
    } catch (error) {
      onError(error, { accountId: found.account.id })
      refuse(response, 502)
    }
  })
  return router
}

async function nameOf(api: WechatApi, signedIn: SignedIn): Promise<string | undefined> {
  if (!signedIn.scope?.includes('snsapi_userinfo')) return undefined
  const { access_token, openid } = signedIn
  const query = { access_token, openid, lang: 'zh_CN' }
  const { nickname } = await api.sns<{ nickname?: string }>('/sns/userinfo', query)
  return nickname?.slice(0, 64)
}

/** Same origin, and below the path: 'https://a.cn/b' does not allow 'https://a.cn.evil' nor '/bc'. */
function isAllowed(address: string, allowed: string[]): boolean {
  if (address.length > 1000 || !URL.canParse(address)) return false
  const { origin, pathname, protocol, username } = new URL(address)
  if (!/^https?:$/.test(protocol) || username) return false
  return allowed.some((each) => {
    const { origin: wanted, pathname: path } = new URL(each)
    const below = path.endsWith('/') ? path : `${path}/`
    return origin === wanted && (pathname === path || pathname.startsWith(below))
  })
}

function sealed(begun: Begun, settings: WechatSettings): string {
  const text = Buffer.from(JSON.stringify(begun)).toString('base64url')
  return `${text}.${mac(text, settings)}`
}

function unsealed(cookie: string, settings: WechatSettings): Begun | undefined {
  const [text = '', given = ''] = cookie.split('.')
  if (!signatureIs(mac(text, settings), given)) return undefined
  return JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Begun
}

const mac = (text: string, { appSecret }: WechatSettings): string =>
  createHmac('sha256', `oauth|${appSecret}`).update(text).digest('base64url')

function cookieOf(request: Request): string {
  const found = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w.-]+)`).exec(request.headers.cookie ?? '')
  return found?.[1] ?? ''
}

function refuse(response: Response, status: number): void {
  response
    .status(status)
    .type('text/plain')
    .send(
      '登录未完成,请在微信中重新打开链接。\nSign-in was not completed; open the link again in WeChat.',
    )
}
