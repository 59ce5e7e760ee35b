import { expect } from 'chai'
import { z } from 'zod'
import {
  accountBody,
  accountSchema,
  accountValues,
} from '../../../../admin/src/settings/channels/form/accountForm.ts'
import { settingFields } from '../../../../admin/src/settings/channels/form/settingFields.ts'
import { fieldIssues } from '../../../../admin/src/records/issues.ts'
import { emailKind } from '../../../../channels/email/account.ts'
import { wechatKind } from '../../../../channels/wechat/account.ts'
import { wecomKind } from '../../../../channels/wecom/account.ts'
import type { AccountView } from '../../../../gateway/accounts/schema.ts'

/** As GET /accounts/kinds answers it. */
const wire = (schema: z.ZodType) =>
  JSON.parse(JSON.stringify(z.toJSONSchema(schema, { io: 'input' }))) as Record<string, unknown>
const t = (key: string) => key
const first = { name: '公众号', flowId: 'main' }
const made = { id: 'wechat-1', kind: 'wechat' }

describe('admin: a form drawn from what a kind of account says of its settings', () => {
  const wechat = settingFields(wire(wechatKind.settings))
  const find = (name: string) => wechat.find((field) => field.name === name)!

  it('knows what is secret, needed, rarely needed, and how each is entered', () => {
    expect(find('appId')).to.include({ type: 'text', required: true, secret: false })
    expect(find('appSecret')).to.include({ secret: true, required: true, maxLength: 128 })
    expect(find('unionId')).to.include({ type: 'switch', advanced: true, initial: true })
    expect(find('returnAddresses')).to.include({ type: 'list', required: false })
    expect(find('apiBase')).to.include({ type: 'url', initial: 'https://api.weixin.qq.com' })
    expect(find('appId').label).to.deep.equal({ zh: '开发者 ID (AppID)', en: 'AppID' })
  })

  it('offers the words of a choice, and the bounds of a number', () => {
    const email = settingFields(wire(emailKind.settings))
    const security = email.find(({ name }) => name === 'imapSecurity')!
    expect(security.type).to.equal('choice')
    expect(security.options.map(({ value }) => value)).to.deep.equal(['tls', 'starttls', 'none'])
    expect(security.options[0]!.label.en).to.contain('TLS')
    expect(email.find(({ name }) => name === 'imapPort')).to.include({
      ...{ type: 'number', whole: true, min: 1, max: 65_535, initial: 993 },
    })
  })

  it('every kind there is has a name for every field in both languages', () => {
    for (const kind of [wechatKind, wecomKind, emailKind])
      for (const field of settingFields(wire(kind.settings))) {
        expect(field.label.zh, `${kind.kind}.${field.name}`).to.match(/\p{L}/u)
        expect(field.label.en, `${kind.kind}.${field.name}`).to.match(/\p{L}/u)
        expect(field.label.en, `${kind.kind}.${field.name}`).to.not.equal(field.name)
      }
  })

  it('a shape nobody foresaw is a line of text with the name of its field', () => {
    const [field] = settingFields({
      properties: { odd: { anyOf: [{ type: 'null' }, { type: 'string' }] } },
    })
    expect(field).to.deep.include({ type: 'text', label: { zh: 'odd', en: 'odd' } })
  })
})

describe('admin: what the form of an account sends', () => {
  const fields = settingFields(wire(wechatKind.settings))
  const secrets = {
    appSecret: 's'.repeat(32),
    token: 'abc',
    encodingAesKey: 'k'.repeat(43),
  }
  const stored: AccountView = {
    ...{ id: 'wechat-1', channel: 'wechat', kind: 'wechat', name: '公众号', flowId: 'main' },
    ...{ lang: 'zh-CN', enabled: true, allowedOrigins: [], title: {}, greeting: {}, version: 3 },
    settings: { appId: 'wx0123456789abcdef', unionId: false, apiBase: 'http://127.0.0.1:9' },
    secrets: ['appSecret', 'token', 'encodingAesKey', 'assertionKey'],
  }

  it('a new account: everything but what was left empty', () => {
    const values = accountValues(undefined, fields, first)
    values.settings = { ...values.settings, appId: ' wx0123456789abcdef ', ...secrets }
    const body = accountBody(values, undefined, fields, made) as Record<string, object>
    expect(body).to.include({ id: 'wechat-1', kind: 'wechat', enabled: true })
    expect(body['settings']).to.include({ appId: 'wx0123456789abcdef', ...secrets })
    expect(body['settings']).to.not.have.any.keys('assertionKey')
    expect(accountSchema(wire(wechatKind.settings), undefined).safeParse(body).success).to.equal(
      true,
    )
  })

  it('what is missing is told at its field', () => {
    const values = accountValues(undefined, fields, first)
    const body = accountBody(values, undefined, fields, made)
    const checked = accountSchema(wire(wechatKind.settings), undefined).safeParse(body)
    const issues = fieldIssues(checked.error!.issues, t)
    expect(issues).to.deep.include({ path: ['settings', 'appSecret'], text: 'issue.required' })
  })

  it('a change of the name leaves the settings alone', () => {
    const before = accountValues(stored, fields, first)
    const after = { ...before, name: '新名字' }
    expect(accountBody(after, { account: stored, values: before }, fields, made)).to.deep.equal({
      ...{ name: '新名字', version: 3 },
    })
  })

  it('settings go as a whole; a secret left alone is not in them, one taken away is null', () => {
    const before = accountValues(stored, fields, first)
    expect(before.settings).to.include({ appSecret: '', unionId: false })
    const after = { ...before, settings: { ...before.settings, unionId: true, assertionKey: null } }
    const body = accountBody(after, { account: stored, values: before }, fields, made)
    expect(body).to.have.keys('settings', 'version')
    const { settings } = body as { settings: Record<string, unknown> }
    expect(settings).to.include({ appId: 'wx0123456789abcdef', unionId: true, assertionKey: null })
    expect(settings).to.not.have.any.keys('appSecret', 'token')
    const schema = accountSchema(wire(wechatKind.settings), stored.secrets)
    expect(schema.safeParse(body).data).to.deep.include({ version: 3 })
    expect((schema.parse(body) as typeof body & { settings: object }).settings).to.include({
      assertionKey: null,
    })
  })

  it('a needed secret cannot be taken away', () => {
    const schema = accountSchema(wire(wechatKind.settings), stored.secrets)
    const settings = { appId: 'wx0123456789abcdef', appSecret: null }
    expect(schema.safeParse({ settings, version: 3 }).success).to.equal(false)
  })
})
