/** QR codes that tell where they hang (账号管理, 生成带参数的二维码). */
import type { z } from 'zod'
import { fail } from '../../gateway/errors.ts'
import type { AccountState, ChannelAccount } from '../provider.ts'
import type { WechatSettings } from './account.ts'
import type { createSceneBody, SceneView, updateSceneBody } from './schema.ts'
import type { WechatApi } from './wechat-api.ts'

const KEY = 'scenes'
/** longer than a token and a call to WeChat take */
const LEASE_MS = 60_000
const MAX_SCENES = 1000
const DAY_SECONDS = 86_400

type Kept = Omit<SceneView, 'pictureUrl'> & { ticket: string }

export class Scenes {
  private readonly options: {
    state: AccountState
    now: () => number
    api: (accountId: string) => WechatApi | undefined
    account: (accountId: string) => ChannelAccount<WechatSettings> | undefined
  }

  constructor(options: Scenes['options']) {
    this.options = options
  }

  async list(accountId: string): Promise<SceneView[]> {
    return (await this.kept(accountId)).map((scene) => this.view(accountId, scene))
  }

  /** Makes its code, or a new one for a scene that is known. @throws WechatError, Unreachable, TOO_LARGE */
  create(accountId: string, body: z.output<typeof createSceneBody>): Promise<SceneView> {
    const { days, ...scene } = body
    const seconds = days * DAY_SECONDS
    return this.change(accountId, async (before) => {
      const others = before.filter((each) => each.scene !== scene.scene)
      if (others.length >= MAX_SCENES) fail('TOO_LARGE', { maxScenes: MAX_SCENES })
      const api = this.options.api(accountId) ?? fail('ACCOUNT_DISABLED')
      const { ticket, url } = await api.call<{ ticket: string; url: string }>(
        '/cgi-bin/qrcode/create',
        {
          action_name: scene.lasting ? 'QR_LIMIT_STR_SCENE' : 'QR_STR_SCENE',
          action_info: { scene: { scene_str: scene.scene } },
          ...(!scene.lasting && { expire_seconds: seconds }),
        },
      )
      const nowMs = this.options.now()
      const made: Kept = {
        ...{ ...scene, ticket, qrText: url, createdAtMs: nowMs },
        ...(!scene.lasting && { expiresAtMs: nowMs + seconds * 1000 }),
      }
      return { after: [...others, made], answer: made }
    })
  }

  /** @throws NOT_FOUND */
  update(
    accountId: string,
    scene: string,
    fields: z.output<typeof updateSceneBody>,
  ): Promise<SceneView> {
    return this.change(accountId, async (before) => {
      const found = before.find((each) => each.scene === scene) ?? fail('NOT_FOUND')
      const answer = { ...found, ...fields }
      return { after: before.map((each) => (each === found ? answer : each)), answer }
    })
  }

  /** Off the list; the code goes on working. @throws NOT_FOUND */
  async remove(accountId: string, scene: string): Promise<void> {
    await this.change(accountId, async (before) => {
      const answer = before.find((each) => each.scene === scene) ?? fail('NOT_FOUND')
      return { after: before.filter((each) => each !== answer), answer }
    })
  }

  private async kept(accountId: string): Promise<Kept[]> {
    if (!this.options.account(accountId)) fail('ACCOUNT_DISABLED')
    return (await this.options.state.get<Kept[]>(accountId, KEY)) ?? []
  }

  private change(
    accountId: string,
    next: (before: Kept[]) => Promise<{ after: Kept[]; answer: Kept }>,
  ): Promise<SceneView> {
    const { state } = this.options
    return state.exclusively(accountId, KEY, LEASE_MS, async () => {
      const { after, answer } = await next(await this.kept(accountId))
      await state.set(accountId, KEY, after)
      return this.view(accountId, answer)
    })
  }

  private view(accountId: string, { ticket, ...scene }: Kept): SceneView {
    const { pictureBase } = this.options.account(accountId)!.settings
    const base = pictureBase.replace(/\/+$/, '')
    return {
      ...scene,
      pictureUrl: `${base}/cgi-bin/showqrcode?ticket=${encodeURIComponent(ticket)}`,
    }
  }
}
