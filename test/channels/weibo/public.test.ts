import { expect } from 'chai'
import type { AnnouncementView } from '../../../channels/weibo/schema.ts'
import { weiboLength } from '../../../channels/weibo/text-length.ts'
import { AnnouncementModel } from '../../../channels/weibo/model.ts'
import { AccountStateModel } from '../../../gateway/accounts/model.ts'
import { WeiboSimulator } from '../../simulators/weibo.ts'
import { ChannelScene } from '../scene.ts'

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

describe('what is said in public on Weibo', function () {
  this.timeout(60_000)
  let weibo: WeiboSimulator
  let scene: ChannelScene
  /** what is polled: a turn of the poller at once, instead of waiting for its timer */
  const poll = async () => {
    const seconds = (await scene.account('weibo')).settings!.pollSeconds === 3600 ? 3599 : 3600
    const calls = () => weibo.calls.filter((path) => path === '/2/statuses/mentions.json').length
    const before = calls()
    const { settings } = await scene.account('weibo')
    await scene.changeAccount('weibo', { settings: { ...settings, pollSeconds: 0 } })
    await scene.check('weibo')
    await AccountStateModel.updateOne({ _id: 'weibo|polledAtMs' }, { $set: { value: 0 } })
    await scene.changeAccount('weibo', { settings: { ...settings, pollSeconds: seconds } })
    await scene.until(() => calls() > before, 'the reading')
  }

  before(async () => {
    weibo = new WeiboSimulator()
    scene = await ChannelScene.open({ YILU_PUBLIC_URL: 'https://hotline.example.gov.cn' })
    await scene.addAccount({
      id: 'weibo',
      kind: 'weibo',
      settings: weibo.settings(await weibo.listen()),
    })
    await scene.check('weibo')
    // the safe domain of the app
    weibo.callback = 'https://hotline.example.gov.cn/channels/weibo/weibo'
  })
  after(async () => {
    await weibo.close()
    await scene.close()
  })

  describe('comments and mentions', () => {
    const status = '4999999999999999999'
    const uid = '7012345678901234567'
    const thread = `comment:${status}:${uid}`
    const replies = () => weibo.received.filter(({ kind }) => kind === 'reply')

    it('what was there before the account is left alone', async () => {
      weibo.comment({ uid, name: '小李', text: '很久以前的评论', statusId: status })
      await poll()
      expect(await scene.conversation(thread)).to.equal(undefined)
    })

    it('a new comment is a conversation, answered below it, with the name of who wrote it', async () => {
      const cid = weibo.comment({ uid, name: '小李', text: '城墙几点关门', statusId: status })
      await poll()
      const answer = await scene.until(() => replies()[0], 'the answer')
      expect(answer).to.include({ kind: 'reply', cid, statusId: status })
      for (const each of replies())
        expect(weiboLength((each as { comment: string }).comment)).to.be.at.most(140)
      const { contactId } = (await scene.conversation(thread))!
      expect(await scene.admin.get<{ name?: string }>(`/contacts/${contactId}`)).to.include({
        name: '小李',
      })
    })

    it('the same one is not read twice, and the next goes into the same conversation', async () => {
      const before = (await scene.messages(thread)).length
      await poll()
      expect(await scene.messages(thread)).to.have.length(before)
      const cid = weibo.comment({ uid, name: '小李', text: '转人工', statusId: status })
      await poll()
      const { card } = await scene.lin.accept()
      await scene.lin.say(card.id, '您好小李,我来帮您。')
      await scene.until(
        () =>
          replies().find(
            (each) => 'cid' in each && each.cid === cid && each.comment.includes('我来帮您'),
          ),
        'the answer below the newer one',
      )
      await scene.lin.do({ do: 'finish', conversationId: card.id })
      await scene.lin.do({ do: 'wrapUpDone', conversationId: card.id, code: 'information' })
      await scene.lin.ready()
    })
  })

  describe('announcements', () => {
    const body = (clientId: string, fields: object = {}) => ({
      ...{ accountId: 'weibo', clientId, text: `明日兵马俑闭馆检修 ${clientId}` },
      page: {
        'zh-CN': { title: '闭馆公告', body: '第一段 <script>alert(1)</script>\n\n第二段 & "引号"' },
        en: { title: 'Closed tomorrow', body: 'The museum is closed.' },
      },
      ...fields,
    })
    const publish = (fields: object) => scene.admin.rest('POST', '/weibo/announcements', fields)
    const local = (url: string) => url.replace('https://hotline.example.gov.cn', scene.url)

    it('is posted with the address of its page, and from where; the same twice is one', async () => {
      const [first, second] = await Promise.all([
        publish(body('client-0001')),
        publish(body('client-0001')),
      ])
      expect([first.status, second.status]).to.deep.equal([200, 200])
      const posts = () => weibo.received.filter(({ kind }) => kind === 'post')
      await scene.until(() => posts().length > 0, 'the post')
      const { items } = await scene.admin.get<{ items: AnnouncementView[] }>(
        '/weibo/announcements?accountId=weibo',
      )
      expect(items).to.have.length(1)
      expect(items[0]).to.include({ state: 'published' })
      expect(items[0]!.postUrl).to.match(/^https:\/\/m\.weibo\.cn\/detail\/\d{16,}$/)
      expect(posts()).to.deep.equal([
        {
          kind: 'post',
          status: `明日兵马俑闭馆检修 client-0001 ${items[0]!.pageUrl}`,
          rip: '127.0.0.1',
        },
      ])
    })

    it('its page is safe, in the reader’s language, and readable on a telephone', async () => {
      const { items } = await scene.admin.get<{ items: AnnouncementView[] }>(
        '/weibo/announcements?accountId=weibo',
      )
      const url = local(items[0]!.pageUrl)
      const page = await fetch(url, { headers: { 'accept-language': 'zh-CN,zh;q=0.9' } })
      const html = await page.text()
      expect(page.headers.get('content-security-policy')).to.contain("default-src 'none'")
      expect(html)
        .to.contain('lang="zh-CN"')
        .and.contain('width=device-width')
        .and.contain('闭馆公告')
      expect(html).not.to.contain('<script')
      expect(html).to.contain('&#60;script&#62;')
      const english = await (await fetch(url, { headers: { 'accept-language': 'en-GB' } })).text()
      expect(english)
        .to.contain('lang="en"')
        .and.contain('Closed tomorrow')
        .and.contain('?lang=zh-CN')
      expect((await fetch(url.replace(/\w{8}$/, '00000000'))).status).to.equal(404)
      expect((await fetch(`${url.replace('/weibo/weibo/', '/weibo/other/')}`)).status).to.equal(404)
    })

    it('with a picture below 5 MB, and with no other file', async () => {
      const upload = async (content: Buffer, name: string) => {
        const form = new FormData()
        form.append('file', new Blob([Uint8Array.from(content)]), name)
        const response = await fetch(`${scene.url}/api/v1/uploads`, {
          ...{ method: 'POST', headers: { cookie: scene.admin.cookie }, body: form },
        })
        return ((await response.json()) as { blobId: string }).blobId
      }
      const pictureId = await upload(PNG, '闭馆.png')
      const view = (await (
        await publish(body('client-0002', { pictureId }))
      ).json()) as AnnouncementView
      expect(view.state).to.equal('published')
      expect(weibo.received.at(-1)).to.deep.include({
        picture: { bytes: PNG.length, type: 'image/png' },
      })
      expect(await (await fetch(local(view.pageUrl))).text()).to.contain('<img src=')
      const large = await upload(Buffer.concat([PNG, Buffer.alloc(5 * 1024 * 1024)]), 'large.png')
      expect((await publish(body('client-0003', { pictureId: large }))).status).to.equal(413)
      const note = await upload(Buffer.from('文字'), 'note.txt')
      expect((await publish(body('client-0004', { pictureId: note }))).status).to.equal(415)
      expect((await publish(body('client-0005', { text: '字'.repeat(130) }))).status).to.equal(400)
      expect((await publish(body('client-0006', { text: '#话题#' }))).status).to.equal(400)
      expect((await publish(body('client-0007', { accountId: 'no-such' }))).status).to.equal(404)
    })

    it('refused by Weibo: it says why, and is published again when that is mended', async () => {
      weibo.failures = [{ words: 'client-0010', how: 20018 }]
      const failed = (await (await publish(body('client-0010'))).json()) as AnnouncementView
      expect(failed).to.include({ state: 'failed', error: '20018' })
      const again = await scene.admin.rest('POST', `/weibo/announcements/${failed.id}/publish`, {})
      expect(await again.json()).to.include({ state: 'published' })
      expect(
        (await scene.admin.rest('POST', `/weibo/announcements/${failed.id}/publish`, {})).status,
      ).to.equal(409)
    })

    it('Weibo does not answer: nobody knows, and it is said so; so is one that died half-way', async () => {
      weibo.failures = [{ words: 'client-0011', how: 'hang' }]
      const lost = (await (await publish(body('client-0011'))).json()) as AnnouncementView
      expect(lost).to.include({ state: 'unknown', error: 'NO_ANSWER' })
      const { _id } = (await AnnouncementModel.findOne({ clientId: 'client-0011' }))!
      await AnnouncementModel.updateOne(
        { _id },
        { $set: { state: 'publishing', attemptedAt: new Date(Date.now() - 600_000) } },
      )
      await scene.restart()
      await scene.until(
        async () => (await AnnouncementModel.findById(_id))!.state === 'unknown',
        'the state after the restart',
      )
    })

    it('is for those who may write to the public', async () => {
      expect(
        (await scene.lin.rest('POST', '/weibo/announcements', body('client-0012'))).status,
      ).to.equal(403)
    })
  })
})
