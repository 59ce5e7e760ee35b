/** Menus, QR codes and approved texts of an Official Account, as the console sees and edits them. */
import { z } from 'zod'

const bytes = (max: number) => (text: string) => new TextEncoder().encode(text).length <= max
/** Provider's limits, in bytes of UTF-8 (developers.weixin.qq.com custommenu); more is cut off with "…". */
export const MENU_NAME_BYTES = 16
export const ITEM_NAME_BYTES = 60

const name = (max: number) => z.string().trim().min(1).refine(bytes(max), `at most ${max} bytes`)
const url = z.url().refine(bytes(1024), 'at most 1024 bytes')
const key = z
  .string()
  .trim()
  .min(1)
  .refine(bytes(128), 'at most 128 bytes')
  .refine((text) => !text.startsWith('say:'), 'say: is ours')

/** What a tap does; `named` is the limit of the place it stands in. */
const itemWith = (named: z.ZodString) =>
  z.discriminatedUnion('type', [
    /** as if the tourist had written `says`, e.g. a word the flow knows, or a text command */
    z.object({
      type: z.literal('say'),
      name: named,
      says: z.string().trim().min(1).refine(bytes(120), 'at most 120 bytes'),
    }),
    /** a choice with this id goes to the flow */
    z.object({ type: z.literal('click'), name: named, key }),
    z.object({ type: z.literal('view'), name: named, url }),
    z.object({
      type: z.literal('miniprogram'),
      name: named,
      /** for clients that know no mini programs */
      url,
      appId: z.string().regex(/^wx[0-9a-z]{10,30}$/i),
      pagePath: z.string().trim().min(1).max(256),
    }),
    /** opens the camera; what was scanned comes as a text */
    z.object({ type: z.literal('scancode_waitmsg'), name: named }),
    z.object({ type: z.literal('scancode_push'), name: named }),
    /** the pictures, or the place, come as messages */
    z.object({ type: z.literal('pic_sysphoto'), name: named }),
    z.object({ type: z.literal('pic_photo_or_album'), name: named }),
    z.object({ type: z.literal('pic_weixin'), name: named }),
    z.object({ type: z.literal('location_select'), name: named }),
  ])

export const menuItem = itemWith(name(ITEM_NAME_BYTES))
export type MenuItem = z.infer<typeof menuItem>

export const menuButton = z.union([
  z.object({ name: name(MENU_NAME_BYTES), items: z.array(menuItem).min(1).max(5) }),
  itemWith(name(MENU_NAME_BYTES)),
])
export type MenuButton = z.infer<typeof menuButton>

export const menu = z.object({ buttons: z.array(menuButton).min(1).max(3) })
export type Menu = z.infer<typeof menu>

/** GET and PUT /wechat/:accountId/menu, POST /wechat/:accountId/menu/publish */
export const menuView = z.object({
  draft: menu.optional(),
  /** raised by every change of the draft */
  version: z.number().int(),
  published: menu.optional(),
  publishedAtMs: z.number().optional(),
})
export type MenuView = z.infer<typeof menuView>

export const saveMenuBody = z.object({ draft: menu, version: z.number().int() })
export type SaveMenuBody = z.infer<typeof saveMenuBody>
export const publishMenuBody = z.object({ version: z.number().int() })

/** GET /wechat/:accountId/menu/current: what WeChat shows now, whoever made it; for comparing */
export const currentMenuView = z.object({
  /** as far as it can be edited here; absent: no menu, or `foreign` */
  menu: menu.optional(),
  /** there is one that this editor cannot express */
  foreign: z.boolean(),
})
export type CurrentMenuView = z.infer<typeof currentMenuView>

/** A QR code that tells where it hangs. */
export const sceneView = z.object({
  /** reported by every scan, and kept at the leg of the conversation */
  scene: z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/),
  name: z.string().trim().min(1).max(64),
  /** for the people who make flows: what should happen to who comes from here */
  hint: z.string().trim().max(200),
  /** lasting codes are limited to 100,000 per account */
  lasting: z.boolean(),
  /** what is in the code: draw it as a QR code */
  qrText: z.string(),
  /** WeChat's picture of it */
  pictureUrl: z.string(),
  createdAtMs: z.number(),
  /** of one that does not last */
  expiresAtMs: z.number().optional(),
})
export type SceneView = z.infer<typeof sceneView>

/** GET /wechat/:accountId/scenes → { items }, POST → SceneView; the same scene again renews its code */
export const createSceneBody = sceneView
  .pick({ scene: true, name: true, hint: true, lasting: true })
  .extend({
    hint: sceneView.shape.hint.default(''),
    /** of one that does not last: 1 to 30 */
    days: z.number().int().min(1).max(30).default(30),
  })
export type CreateSceneBody = z.input<typeof createSceneBody>
/** PATCH /wechat/:accountId/scenes/:scene; DELETE takes it off the list, the code goes on working */
export const updateSceneBody = sceneView.pick({ name: true, hint: true }).partial()

/** GET /wechat/:accountId/provider-templates → { items }: what the account may send, to be taken over */
export const providerTemplateView = z.object({
  providerId: z.string(),
  title: z.string(),
  /** with {{name}} where a parameter stands */
  text: z.string(),
  params: z.array(z.object({ key: z.string(), label: z.string() })),
  use: z.enum(['template', 'subscribe']),
  example: z.string().optional(),
})
export type ProviderTemplateView = z.infer<typeof providerTemplateView>
