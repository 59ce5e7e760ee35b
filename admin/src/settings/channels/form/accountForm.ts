/** An account of a provider as its form holds it, and the requests that come of it. Pure. */
import { z } from 'zod'
import { createAccountBody, updateAccountBody } from '../../../../../gateway/accounts/schema.ts'
import type { AccountView } from '../../../../../gateway/accounts/schema.ts'
import { changesOf, same } from '../../../records/rebase.ts'
import type { SettingField } from './settingFields.ts'

export interface AccountValues {
  name: string
  flowId: string
  lang: AccountView['lang']
  enabled: boolean
  /** secrets: '' leaves what is stored, null takes it away */
  settings: Record<string, unknown>
}

type Schema = Record<string, unknown>

export function accountValues(
  account: AccountView | undefined,
  fields: SettingField[],
  first: Pick<AccountValues, 'name' | 'flowId'>,
): AccountValues {
  return {
    name: account?.name ?? first.name,
    flowId: account?.flowId ?? first.flowId,
    lang: account?.lang ?? 'zh-CN',
    enabled: account?.enabled ?? true,
    settings: Object.fromEntries(
      fields.map((field) => [field.name, valueOf(field, account?.settings)]),
    ),
  }
}

function valueOf(
  { name, type, secret, initial }: SettingField,
  stored: Schema | undefined,
): unknown {
  if (secret) return ''
  // stored once: a field left empty stays empty, and shows its default only where the store holds that
  const value = stored ? stored[name] : initial
  if (value !== undefined) return value
  return type === 'switch'
    ? false
    : type === 'list'
      ? []
      : type === 'text' || type === 'url'
        ? ''
        : null
}

/** The body of the request that makes (`id`, `kind`) or changes an account. */
export function accountBody(
  values: AccountValues,
  stored: { account: AccountView; values: AccountValues } | undefined,
  fields: SettingField[],
  made: { id: string; kind: string },
): object {
  const settings = settingsBody(values.settings, fields)
  if (!stored) return { ...values, ...made, settings }
  const { settings: _changed, ...changes } = changesOf(stored.values, values)
  return {
    ...changes,
    // the server checks settings as a whole
    ...(!same(stored.values.settings, values.settings) && { settings }),
    version: stored.account.version,
  }
}

/** What was left empty is not sent: a secret stays, another field takes its default. */
function settingsBody(settings: Schema, fields: SettingField[]): Schema {
  const body: Schema = {}
  for (const { name, secret } of fields) {
    const typed = settings[name]
    const value = typeof typed === 'string' ? typed.trim() : typed
    if (value === '' || value === undefined || (value === null && !secret)) continue
    body[name] = value
  }
  return body
}

/** What the form is checked with before it is sent: the kind's own schema, but for secrets that stay. */
export function accountSchema(settings: Schema, kept: string[] | undefined): z.ZodType {
  const checked = kept ? withKept(settings, kept) : settings
  const schema = z.fromJSONSchema(checked as Parameters<typeof z.fromJSONSchema>[0])
  return kept
    ? updateAccountBody.extend({ settings: schema.optional() })
    : createAccountBody.extend({ settings: schema })
}

function withKept(settings: Schema, kept: string[]): Schema {
  const required = (settings['required'] ?? []) as string[]
  const properties = settings['properties'] as Record<string, Schema>
  const removable = kept.filter((name) => !required.includes(name) && properties[name])
  return {
    ...settings,
    required: required.filter((name) => !kept.includes(name)),
    properties: {
      ...properties,
      ...Object.fromEntries(
        removable.map((name) => [name, { anyOf: [properties[name], { type: 'null' }] }]),
      ),
    },
  }
}
