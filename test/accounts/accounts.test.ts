import { expect } from 'chai'
import type { AccountKindView, AccountView } from '../../gateway/accounts/schema.ts'
import { ChannelScene } from '../channels/scene.ts'

describe('accounts of providers, as an administrator sets them up', function () {
  this.timeout(60_000)
  let scene: ChannelScene

  before(async () => {
    scene = await ChannelScene.open()
  })
  after(() => scene.close())

  const kinds = async () =>
    (await scene.admin.get<{ items: AccountKindView[] }>('/accounts/kinds')).items

  it('every kind says what it needs, in both languages, and nothing of it is a surprise', async () => {
    for (const { kind, name, settings, callbacks } of await kinds()) {
      expect(name.zh, kind).to.match(/\S/)
      expect(name.en, kind).to.match(/\S/)
      const properties = (settings as { properties: Record<string, Record<string, unknown>> })
        .properties
      for (const [field, schema] of Object.entries(properties)) {
        expect(schema.zh, `${kind} ${field}`).to.match(/\p{Script=Han}|[A-Z]|^[a-z_]+$/u)
        expect(schema.en, `${kind} ${field}`).to.match(/^[^\p{Script=Han}]+$/u)
        if (schema.secret) expect(schema.type, `${kind} ${field}`).to.equal('string')
      }
      for (const callback of callbacks) expect(callback.zh && callback.en).to.match(/\S/)
    }
  })

  it('what is missing is named field by field, and nothing is stored', async () => {
    const [first] = (await kinds()).filter(
      ({ settings }) => (settings.required as string[] | undefined)?.length,
    )
    const response = await scene.admin.rest('POST', '/accounts', {
      ...{ id: 'incomplete', kind: first!.kind, name: 'x', flowId: 'main' },
      ...{ lang: 'zh-CN', enabled: true, settings: {} },
    })
    expect(response.status).to.equal(400)
    const { details } = (await response.json()) as {
      details: { issues: { path: string; message: string }[] }
    }
    expect(details.issues.map(({ path }) => path)).to.include(
      `settings.${(first!.settings.required as string[])[0]}`,
    )
    const { items } = await scene.admin.get<{ items: AccountView[] }>('/accounts')
    expect(items.map(({ id }) => id)).to.not.include('incomplete')
  })

  it('an agent sees no account at all', async () => {
    expect((await scene.lin.rest('GET', '/accounts')).status).to.equal(403)
    expect((await scene.lin.rest('GET', '/accounts/kinds')).status).to.equal(403)
  })
})
