/** The menu of an account: a draft people edit, and what was published of it. */
import { fail } from '../../gateway/errors.ts'
import type { AccountState } from '../provider.ts'
import type { ProviderButton } from './menu-buttons.ts'
import { fromProvider, labelOfKey, toProvider } from './menu-buttons.ts'
import type { CurrentMenuView, Menu, MenuView } from './schema.ts'
import type { WechatApi } from './wechat-api.ts'
import { WechatError } from './wechat-error.ts'

const KEY = 'menu'
/** longer than a token and a call to WeChat take */
const LEASE_MS = 60_000
/** Another node may have published meanwhile. */
const KEPT_MS = 60_000
/** menu/get: there is none */
const NO_MENU = 46003

export class Menus {
  private readonly options: {
    state: AccountState
    now: () => number
    api: (accountId: string) => WechatApi | undefined
  }
  private readonly kept = new Map<string, { menu: Menu | undefined; untilMs: number }>()

  constructor(options: Menus['options']) {
    this.options = options
  }

  async view(accountId: string): Promise<MenuView> {
    return (await this.options.state.get<MenuView>(accountId, KEY)) ?? { version: 0 }
  }

  /** @throws CONFLICT */
  save(accountId: string, draft: Menu, version: number): Promise<MenuView> {
    return this.change(accountId, version, async (view) => ({
      ...view,
      ...{ draft, version: version + 1 },
    }))
  }

  /** Everybody sees the draft within five minutes. @throws CONFLICT, BAD_REQUEST nothing to publish, WechatError … */
  async publish(accountId: string, version: number): Promise<MenuView> {
    const view = await this.change(accountId, version, async (before) => {
      const draft = before.draft ?? fail('BAD_REQUEST')
      await this.api(accountId).call('/cgi-bin/menu/create', toProvider(draft))
      return { ...before, published: draft, publishedAtMs: this.options.now() }
    })
    this.kept.delete(accountId)
    return view
  }

  /** What WeChat shows now, whoever made it. @throws WechatError, Unreachable */
  async current(accountId: string): Promise<CurrentMenuView> {
    try {
      const { menu } = await this.api(accountId).call<{ menu?: { button?: ProviderButton[] } }>(
        '/cgi-bin/menu/get',
      )
      const button = menu?.button ?? []
      const read = button.length ? fromProvider(button) : undefined
      return { foreign: button.length > 0 && !read, ...(read && { menu: read }) }
    } catch (error) {
      if (error instanceof WechatError && error.errcode === NO_MENU) return { foreign: false }
      throw error
    }
  }

  /** For every tap, so it is kept for a moment. */
  async published(accountId: string): Promise<{ labelOf: (key: string) => string | undefined }> {
    let kept = this.kept.get(accountId)
    if (!kept || kept.untilMs < this.options.now()) {
      const { published: menu } = await this.view(accountId)
      kept = { menu, untilMs: this.options.now() + KEPT_MS }
      this.kept.set(accountId, kept)
    }
    const { menu } = kept
    return { labelOf: (key) => menu && labelOfKey(menu, key) }
  }

  private change(
    accountId: string,
    version: number,
    next: (view: MenuView) => Promise<MenuView>,
  ): Promise<MenuView> {
    const { state } = this.options
    return state.exclusively(accountId, KEY, LEASE_MS, async () => {
      const before = await this.view(accountId)
      if (before.version !== version) fail('CONFLICT')
      const after = await next(before)
      await state.set(accountId, KEY, after)
      return after
    })
  }

  private api(accountId: string): WechatApi {
    return this.options.api(accountId) ?? fail('ACCOUNT_DISABLED')
  }
}
