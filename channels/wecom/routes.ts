/** REST of a WeCom account: which service accounts there are, and links that lead to one. */
import { z } from 'zod'
import type { Route } from '../../gateway/api/route.ts'
import { items, route } from '../../gateway/api/route.ts'
import { fail } from '../../gateway/errors.ts'
import type { KfApi } from './kf-api.ts'
import { Unreachable } from '../provider-http.ts'
import { KfError, verdictOf } from './kf-error.ts'
import type { ContactWayView, KfAccountView } from './schema.ts'
import { contactWayBody, contactWayView, kfAccountView } from './schema.ts'

const PAGE = 100
const MAX_PAGES = 50

const accountList = z.object({
  account_list: z
    .array(
      z.object({
        open_kfid: z.string(),
        name: z.string().default(''),
        manage_privilege: z.boolean().default(true),
      }),
    )
    .default([]),
})

/** @throws KfError, Unreachable */
export async function kfAccounts(api: KfApi): Promise<KfAccountView[]> {
  const found: KfAccountView[] = []
  for (let page = 0; page < MAX_PAGES; page++) {
    const answer = accountList.parse(
      await api.call('kf/account/list', { offset: page * PAGE, limit: PAGE }),
    )
    found.push(
      ...answer.account_list.map(({ open_kfid: openKfId, name, manage_privilege: managed }) => ({
        ...{ openKfId, name, managed },
      })),
    )
    if (answer.account_list.length < PAGE) break
  }
  return found
}

export function wecomRoutes(
  find: (accountId: string) => { api: KfApi; openKfId: string } | undefined,
): Route[] {
  const of = (accountId: string) => find(accountId) ?? fail('NOT_FOUND')
  return [
    route({
      method: 'get',
      path: '/accounts/:id/wecom/kf-accounts',
      tag: 'Accounts',
      summary: 'Service accounts of the corp, to choose from',
      access: 'manageAccounts',
      answers: items(kfAccountView),
      handle: async ({ params }) => {
        const { api } = of(params.id!)
        return { items: await told(kfAccounts(api)) }
      },
    }),
    route({
      method: 'post',
      path: '/accounts/:id/wecom/contact-way',
      tag: 'Accounts',
      summary: 'A link that opens the chat and names the place it hung at',
      access: 'manageAccounts',
      body: contactWayBody,
      answers: contactWayView,
      async handle({ params, body }): Promise<ContactWayView> {
        const { api, openKfId } = of(params.id!)
        const { scene, sceneParam } = body
        const { url } = await told(
          api.call<{ url: string }>('kf/add_contact_way', {
            ...{ open_kfid: openKfId },
            ...(scene && { scene }),
          }),
        )
        // links without a scene take no parameter (path/94665)
        if (!scene || !sceneParam) return { url }
        const joined = new URL(url)
        joined.searchParams.set('scene_param', sceneParam)
        return { url: joined.toString() }
      },
    }),
  ]
}

async function told<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof Unreachable) fail('PROVIDER_UNREACHABLE', { detail: error.detail })
    if (error instanceof KfError)
      fail(verdictOf(error.errcode).error, { code: error.errcode, detail: error.detail })
    throw error
  }
}
