import { expect } from 'chai'
import { byChannel } from '../../../../admin/src/settings/channels/byChannel.ts'
import { standingFault } from '../../../../admin/src/settings/channels/health/healthMarks.ts'
import { isComplete } from '../../../../admin/src/settings/channels/isComplete.ts'
import {
  templateBody,
  templateValues,
} from '../../../../admin/src/settings/channels/templates/templateForm.ts'
import {
  announcementOf,
  noAnnouncement,
} from '../../../../admin/src/settings/channels/weibo/announcementForm.ts'
import { announcementBody } from '../../../../channels/weibo/schema.ts'
import { createTemplateBody, updateTemplateBody } from '../../../../gateway/accounts/schema.ts'
import type { AccountView, HealthView, TemplateView } from '../../../../gateway/accounts/schema.ts'

const account = (channel: AccountView['channel'], name: string): AccountView => ({
  ...{ id: name, channel, name, flowId: 'main', lang: 'zh-CN', enabled: true },
  ...{ allowedOrigins: [], title: {}, greeting: {}, version: 1 },
})

describe('admin: accounts in their list', () => {
  it('stand under their channels, the telephone first and by name within', () => {
    const listed = byChannel([
      account('sms', 'b'),
      account('wechat', 'x'),
      account('voice', 'v'),
      account('sms', 'a'),
    ])
    expect(
      listed.map(([channel, members]) => [channel, members.map(({ name }) => name)]),
    ).to.deep.equal([
      ['voice', ['v']],
      ['wechat', ['x']],
      ['sms', ['a', 'b']],
    ])
  })

  it('the fault that stands is shown, one that is over is history', () => {
    const fault = { atMs: 1, state: 'down' as const, code: 'PROVIDER_UNREACHABLE', times: 1 }
    const health = (state: HealthView['state']): HealthView => ({
      ...{ state, sinceMs: 0, faults: [fault] },
    })
    expect(standingFault(health('down'))).to.equal(fault)
    expect(standingFault(health('ok'))).to.equal(undefined)
    expect(standingFault(health('off'))).to.equal(undefined)
  })

  it('an address without its host cannot be called', () => {
    expect(isComplete('/channels/wechat/wx')).to.equal(false)
    expect(isComplete('https://hotline.example.cn/channels/wechat/wx')).to.equal(true)
  })
})

describe('admin: the form of a template', () => {
  const values = {
    ...templateValues(undefined),
    ...{ name: '预约', providerId: 'T-1', text: '{{time}} 去 {{ place }}，{{time}} 见' },
    labels: { time: '时间', gone: '不再使用' },
  }

  it('takes its parameters from the text, in order and each once', () => {
    const body = createTemplateBody.parse(templateBody(values, undefined, 'wx'))
    expect(body.params).to.deep.equal([
      { key: 'time', label: '时间' },
      { key: 'place', label: 'place' },
    ])
    expect(body).to.not.have.property('url')
  })

  it('sends what changed', () => {
    const stored: TemplateView = {
      ...{ id: 't1', accountId: 'wx', version: 2, name: '预约', providerId: 'T-1' },
      ...{ text: '{{time}}', params: [{ key: 'time', label: '时间' }], use: 'template' },
    }
    const changed = { ...templateValues(stored), text: '{{time}} {{place}}' }
    const body = templateBody(changed, stored, 'wx')
    expect(body).to.have.keys('text', 'params', 'version')
    expect(updateTemplateBody.safeParse(body).success).to.equal(true)
  })
})

describe('admin: the form of an announcement', () => {
  it('a language nobody wrote in has no page', () => {
    const page = { ...noAnnouncement.page, en: { title: 'Closed', body: 'Tomorrow.' } }
    const body = announcementOf({ ...noAnnouncement, text: '闭馆', page }, 'wb', 'client-1')
    expect(body.page).to.deep.equal({ en: { title: 'Closed', body: 'Tomorrow.' } })
    expect(announcementBody.safeParse(body).success).to.equal(true)
  })

  it('half a page is told at the half that lacks', () => {
    const page = { ...noAnnouncement.page, en: { title: 'Closed', body: '' } }
    const body = announcementOf({ ...noAnnouncement, text: '闭馆', page }, 'wb', 'client-1')
    const paths = announcementBody.safeParse(body).error!.issues.map(({ path }) => path.join('.'))
    expect(paths).to.deep.equal(['page.en.body'])
  })
})
