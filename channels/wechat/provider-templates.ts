/** The texts an account may send whatever the window: template messages and subscription notices. */
import type { ProviderTemplateView } from './schema.ts'
import type { WechatApi } from './wechat-api.ts'
import { WechatError } from './wechat-error.ts'

interface TemplateMessage {
  template_id: string
  title?: string
  content?: string
  example?: string
}

interface SubscriptionNotice {
  priTmplId: string
  title?: string
  content?: string
  example?: string
}

/** @throws WechatError where neither kind can be asked for; Unreachable */
export async function providerTemplates(api: WechatApi): Promise<ProviderTemplateView[]> {
  const asked = await Promise.allSettled([
    api
      .call<{ template_list?: TemplateMessage[] }>('/cgi-bin/template/get_all_private_template')
      .then(({ template_list: found = [] }) =>
        found.map(({ template_id, ...rest }) => view(template_id, 'template', rest)),
      ),
    api
      .call<{ data?: SubscriptionNotice[] }>('/wxaapi/newtmpl/gettemplate')
      .then(({ data = [] }) =>
        data.map(({ priTmplId, ...rest }) => view(priTmplId, 'subscribe', rest)),
      ),
  ])
  const failed = asked.filter((each) => each.status === 'rejected')
  // most accounts have one kind only: 48001 for the other
  if (
    failed.length === asked.length ||
    failed.some(({ reason }) => !(reason instanceof WechatError))
  )
    throw failed[0]!.reason
  return asked.flatMap((each) => (each.status === 'fulfilled' ? each.value : []))
}

/** `{{first.DATA}}\n投诉编号:{{keyword1.DATA}}` */
function view(
  providerId: string,
  use: ProviderTemplateView['use'],
  { title = '', content = '', example }: Omit<TemplateMessage, 'template_id'>,
): ProviderTemplateView {
  const places = [...content.matchAll(/([^\n{}]*)\{\{\s*(\w+)\.DATA\s*\}\}/g)]
  return {
    ...{ providerId, use, title },
    text: content.replace(/\{\{\s*(\w+)\.DATA\s*\}\}/g, '{{$1}}').trim(),
    params: places.map(([, before = '', key = '']) => ({
      key,
      label: before.replace(/[::\s]+$/, '').trim() || key,
    })),
    ...(example && { example }),
  }
}
