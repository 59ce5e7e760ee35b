import { z } from 'zod'
import type { Route } from '../../gateway/api/route.ts'
import { items, route } from '../../gateway/api/route.ts'
import { fail } from '../../gateway/errors.ts'
import { Unreachable } from '../provider-http.ts'
import type { Menus } from './menus.ts'
import { providerTemplates } from './provider-templates.ts'
import type { Scenes } from './scenes.ts'
import {
  createSceneBody,
  currentMenuView,
  menuView,
  providerTemplateView,
  publishMenuBody,
  saveMenuBody,
  sceneView,
  updateSceneBody,
} from './schema.ts'
import type { WechatApi } from './wechat-api.ts'
import { checkFailure, WechatError } from './wechat-error.ts'

const tag = 'WeChat'
const access = 'manageAccounts'

export function wechatRoutes(options: {
  menus: Menus
  scenes: Scenes
  api: (accountId: string) => WechatApi | undefined
}): Route[] {
  const { menus, scenes, api } = options
  return [
    route({
      ...{ method: 'get', path: '/wechat/:accountId/menu', tag, access },
      summary: 'The menu of an Official Account: its draft and what was published',
      answers: menuView,
      handle: ({ params }) => menus.view(params.accountId!),
    }),
    route({
      ...{ method: 'put', path: '/wechat/:accountId/menu', tag, access },
      summary: 'Save the draft of a menu',
      body: saveMenuBody,
      answers: menuView,
      handle: ({ params, body }) => menus.save(params.accountId!, body.draft, body.version),
    }),
    route({
      ...{ method: 'post', path: '/wechat/:accountId/menu/publish', tag, access },
      summary: 'Publish the draft: tourists see it within five minutes',
      body: publishMenuBody,
      answers: menuView,
      handle: ({ params, body }) => told(menus.publish(params.accountId!, body.version)),
    }),
    route({
      ...{ method: 'get', path: '/wechat/:accountId/menu/current', tag, access },
      summary: 'The menu WeChat shows at this moment, whoever made it',
      answers: currentMenuView,
      handle: ({ params }) => told(menus.current(params.accountId!)),
    }),
    route({
      ...{ method: 'get', path: '/wechat/:accountId/scenes', tag, access },
      summary: 'QR codes that tell where they hang',
      answers: items(sceneView),
      handle: async ({ params }) => ({ items: await scenes.list(params.accountId!) }),
    }),
    route({
      ...{ method: 'post', path: '/wechat/:accountId/scenes', tag, access },
      summary: 'Make a QR code for a scene, or a new one for a scene that is known',
      body: createSceneBody,
      answers: sceneView,
      handle: ({ params, body }) => told(scenes.create(params.accountId!, body)),
    }),
    route({
      ...{ method: 'patch', path: '/wechat/:accountId/scenes/:scene', tag, access },
      summary: 'Change the name or the hint of a scene',
      body: updateSceneBody,
      answers: sceneView,
      handle: ({ params, body }) => scenes.update(params.accountId!, params.scene!, body),
    }),
    route({
      ...{ method: 'delete', path: '/wechat/:accountId/scenes/:scene', tag, access },
      summary: 'Take a scene off the list; its code goes on working',
      handle: ({ params }) => scenes.remove(params.accountId!, params.scene!),
    }),
    route({
      ...{ method: 'get', path: '/wechat/:accountId/provider-templates', tag, access },
      summary: 'Template messages and subscription notices the account may send',
      answers: z.object({ items: z.array(providerTemplateView) }),
      handle: async ({ params }) => ({
        items: await told(providerTemplates(api(params.accountId!) ?? fail('ACCOUNT_DISABLED'))),
      }),
    }),
  ]
}

/** What WeChat says no to, in the words of the one table. */
async function told<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked
  } catch (error) {
    if (!(error instanceof WechatError || error instanceof Unreachable)) throw error
    const { code, detail } = checkFailure(error)
    return fail(code, { detail })
  }
}
