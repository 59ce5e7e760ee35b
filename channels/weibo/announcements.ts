/**
 * Announcements: a post on Weibo that leads to a page of ours, as statuses/share demands (at most 140 汉字 with
 * a link below the app's safe domain, no #话题#, one picture; open.weibo.com/wiki/2/statuses/share).
 */
import type { Files } from '../../gateway/files/files.ts'
import { fail } from '../../gateway/errors.ts'
import { newId } from '../../gateway/store/id.ts'
import type { WeiboAccount } from './account.ts'
import type { Announcement } from './model.ts'
import { AnnouncementModel } from './model.ts'
import type { AnnouncementBody, AnnouncementView } from './schema.ts'
import { MAX_PICTURE_BYTES } from './schema.ts'
import { WeiboApi } from './weibo-api.ts'
import type { WeiboAnswer } from './weibo-api.ts'

const pictureTypes = new Set(['image/jpeg', 'image/png', 'image/gif'])
/** An attempt this old ended with its process: longer than any call takes. */
const ATTEMPT_MS = 120_000

export interface AnnouncementsOptions {
  account: (id: string) => WeiboAccount | undefined
  files: Pick<Files, 'find' | 'read' | 'address'>
  publicUrl: string | undefined
  heard: (accountId: string, answer: WeiboAnswer) => void
  now: () => number
}

export interface Publisher {
  id: string
  name: string
  /** Weibo wants to know from where it is published */
  ip: string
}

export class Announcements {
  private readonly options: AnnouncementsOptions

  constructor(options: AnnouncementsOptions) {
    this.options = options
  }

  async list(accountId: string, limit: number): Promise<AnnouncementView[]> {
    const found = await AnnouncementModel.find({ accountId })
      .sort({ createdAt: -1 })
      .limit(limit)
      .lean<Announcement[]>()
    return found.map((each) => this.view(each))
  }

  async find(accountId: string, id: string): Promise<Announcement | undefined> {
    const found = await AnnouncementModel.findById(id).lean<Announcement>()
    return found?.accountId === accountId ? found : undefined
  }

  /** Stores and publishes; the same `clientId` again is answered with the first. */
  async create(body: AnnouncementBody, by: Publisher): Promise<AnnouncementView> {
    const { accountId, clientId, text, page, pictureId } = body
    this.account(accountId)
    this.needsAddress()
    if (pictureId) await this.picture(pictureId)
    const at = new Date(this.options.now())
    const announcement: Announcement = {
      ...{ _id: newId(), accountId, clientId, text },
      page: {
        ...(page['zh-CN'] && { 'zh-CN': page['zh-CN'] }),
        ...(page.en && { en: page.en }),
      },
      ...(pictureId && { pictureId }),
      ...{ state: 'publishing', attempt: 1 },
      ...{ by: { id: by.id, name: by.name }, createdAt: at, attemptedAt: at },
    }
    try {
      await AnnouncementModel.create(announcement)
    } catch (error) {
      if ((error as { code?: number }).code !== 11000) throw error
      const first = await AnnouncementModel.findOne({ accountId, clientId }).lean<Announcement>()
      return this.view(first ?? fail('NOT_FOUND'))
    }
    return this.publish(announcement, by.ip)
  }

  /** Again, after a failure; one whose outcome is unknown may so appear twice. */
  async publishAgain(id: string, by: Publisher): Promise<AnnouncementView> {
    const found = (await AnnouncementModel.findById(id).lean<Announcement>()) ?? fail('NOT_FOUND')
    this.account(found.accountId)
    this.needsAddress()
    const next = await AnnouncementModel.findOneAndUpdate(
      { _id: id, attempt: found.attempt, state: { $in: ['failed', 'unknown'] } },
      {
        $set: {
          state: 'publishing',
          attempt: found.attempt + 1,
          attemptedAt: new Date(this.options.now()),
        },
        $unset: { error: '' },
      },
      { returnDocument: 'after' },
    ).lean<Announcement>()
    return this.publish(next ?? fail('CONFLICT'), by.ip)
  }

  /** What was being published when its process ended. */
  async recover(): Promise<void> {
    const before = new Date(this.options.now() - ATTEMPT_MS)
    await AnnouncementModel.updateMany(
      { state: 'publishing', attemptedAt: { $lt: before } },
      { $set: { state: 'unknown', error: 'CRASHED_WHILE_SENDING' } },
    )
  }

  private async publish(announcement: Announcement, ip: string): Promise<AnnouncementView> {
    const account = this.account(announcement.accountId)
    const answer = await this.share(account, announcement, ip)
    this.options.heard(account.id, answer)
    const outcome = outcomeOf(answer, this.options.now())
    await AnnouncementModel.updateOne(
      { _id: announcement._id, attempt: announcement.attempt },
      { $set: outcome },
    )
    return this.view({ ...announcement, ...outcome })
  }

  private async share(
    account: WeiboAccount,
    announcement: Announcement,
    ip: string,
  ): Promise<WeiboAnswer> {
    const api = new WeiboApi(account.settings)
    const form = {
      status: `${announcement.text} ${this.pageUrl(announcement)}`,
      // an IPv4 address as it stands in an IPv6 socket
      rip: ip.replace(/^::ffff:/, ''),
    }
    if (!announcement.pictureId) return api.post('apiBase', '/2/statuses/share.json', form)
    const { content, mime, name } = await this.picture(announcement.pictureId)
    const blob = new Blob([Uint8Array.from(content)], { type: mime })
    return api.postPicture('/2/statuses/share.json', form, blob, name)
  }

  private async picture(id: string): Promise<{ content: Buffer; mime: string; name: string }> {
    const { files } = this.options
    const file = (await files.find(id)) ?? fail('NOT_FOUND')
    if (!pictureTypes.has(file.mime)) fail('FILE_TYPE', { mime: file.mime })
    if (file.bytes >= MAX_PICTURE_BYTES) fail('PICTURE_TOO_LARGE')
    const chunks: Buffer[] = []
    for await (const chunk of files.read(file)) chunks.push(chunk as Buffer)
    return { content: Buffer.concat(chunks), mime: file.mime, name: file.name }
  }

  private account(id: string): WeiboAccount {
    return this.options.account(id) ?? fail('NOT_FOUND')
  }

  /** Weibo's readers must be able to open the page. */
  private needsAddress(): void {
    if (!this.options.publicUrl) fail('PUBLIC_URL_NEEDED')
  }

  private pageUrl({ accountId, _id }: Pick<Announcement, 'accountId' | '_id'>): string {
    return `${this.options.publicUrl ?? ''}/channels/weibo/${accountId}/announcements/${_id}`
  }

  private view(announcement: Announcement): AnnouncementView {
    const { _id, accountId, text, page, pictureId, state, postId, error } = announcement
    return {
      ...{ id: _id, accountId, text, page, state },
      ...(pictureId && { pictureUrl: this.options.files.address(pictureId) }),
      pageUrl: this.pageUrl(announcement),
      ...(postId && { postUrl: `https://m.weibo.cn/detail/${postId}` }),
      ...(error && { error }),
      by: announcement.by.name,
      createdAtMs: announcement.createdAt.getTime(),
      ...(announcement.publishedAt && { publishedAtMs: announcement.publishedAt.getTime() }),
    }
  }
}

type Outcome = Pick<Announcement, 'state' | 'postId' | 'error' | 'publishedAt'>

function outcomeOf(answer: WeiboAnswer, nowMs: number): Outcome {
  if (answer.ok) {
    const { idstr, mid, id } = answer.body
    const postId = [idstr, mid, id].find(
      (each) => typeof each === 'string' || typeof each === 'number',
    )
    return {
      state: 'published',
      publishedAt: new Date(nowMs),
      ...(postId !== undefined && { postId: String(postId) }),
    }
  }
  if (answer.kind === 'refused') return { state: 'failed', error: answer.code }
  return answer.sent
    ? { state: 'unknown', error: 'NO_ANSWER' }
    : { state: 'failed', error: 'UNREACHABLE' }
}
