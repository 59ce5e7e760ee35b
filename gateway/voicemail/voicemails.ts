/** Messages callers left: in which mailbox, who has heard them, who takes care of them. */
import type { Bus } from '../bus/bus.ts'
import type { StaffMember } from '../domain/staff.ts'
import { fail } from '../errors.ts'
import type { RoutingSettings } from '../routing/settings.ts'
import { StaffModel } from '../staff/model.ts'
import { newId } from '../store/id.ts'
import { MailboxModel, VoicemailModel } from './model.ts'
import type { ListVoicemailsQuery, UpdateVoicemailBody, VoicemailSummaryView } from './schema.ts'
import { seesMailbox } from './sees-mailbox.ts'
import type { Mailbox, Voicemail } from './voicemail.ts'

export interface VoicemailsOptions {
  bus: Bus
  settings: Pick<RoutingSettings, 'queue'>
  now: () => number
}

export interface LeftMessage {
  mailbox: string
  conversationId: string
  contactId: string
  recordingId: string
  seconds: number
  number?: string
}

export interface WrittenMessage {
  mailbox: string
  conversationId: string
  contactId: string
  text: string
  /** the same key is the same message */
  key: string
}

export class Voicemails {
  private readonly options: VoicemailsOptions

  constructor(options: VoicemailsOptions) {
    this.options = options
  }

  /**
   * Keeps a message; the same recording again is the same message. One for a mailbox that is no more goes to
   * the first there is, so that somebody hears it.
   */
  async leave(message: LeftMessage): Promise<Voicemail> {
    return this.keep(message)
  }

  /** Keeps a message in writing, for the same eyes as the spoken ones. */
  async leaveWords({ text, key, ...message }: WrittenMessage): Promise<Voicemail> {
    const { mailbox, conversationId, contactId } = message
    const about = { mailbox, conversationId, contactId }
    return this.keep({ ...about, recordingId: key, seconds: 0, written: true, transcript: text })
  }

  private async keep(
    message: LeftMessage & Pick<Voicemail, 'written' | 'transcript'>,
  ): Promise<Voicemail> {
    const mailboxes = await this.mailboxes()
    const mailbox = mailboxes.find(({ _id }) => _id === message.mailbox) ?? mailboxes[0]
    const voicemail: Voicemail = {
      ...message,
      mailbox: mailbox?._id ?? message.mailbox,
      _id: newId(),
      leftAt: new Date(this.options.now()),
      state: 'new',
      note: '',
      version: 1,
    }
    try {
      await VoicemailModel.create(voicemail)
    } catch (error) {
      const { recordingId } = message
      const known = await VoicemailModel.findOne({ recordingId }).lean<Voicemail>()
      if (known) return known
      throw error
    }
    this.changed(voicemail)
    return voicemail
  }

  /** The recogniser has understood it. */
  async transcribed(id: string, transcript: string): Promise<void> {
    const voicemail = await VoicemailModel.findOneAndUpdate(
      { _id: id },
      { $set: { transcript } },
    ).lean<Voicemail>()
    if (voicemail) this.changed(voicemail)
  }

  async find(query: ListVoicemailsQuery, member: StaffMember): Promise<Voicemail[]> {
    const { mailbox, state, assignedTo, contactId, beforeMs, limit } = query
    const visible = await this.visibleTo(member)
    const ids = visible.map(({ _id }) => _id).filter((id) => !mailbox || id === mailbox)
    return VoicemailModel.find({
      mailbox: { $in: ids },
      ...(state && { state: state === 'open' ? { $ne: 'done' } : state }),
      ...(assignedTo && { assignedTo }),
      ...(contactId && { contactId }),
      ...(beforeMs !== undefined && { leftAt: { $lt: new Date(beforeMs) } }),
    })
      .sort({ leftAt: -1 })
      .limit(limit)
      .lean<Voicemail[]>()
  }

  /** @throws NOT_FOUND, also where it lies in a mailbox the member does not see */
  async get(id: string, member: StaffMember): Promise<Voicemail> {
    const voicemail = (await VoicemailModel.findById(id).lean<Voicemail>()) ?? fail('NOT_FOUND')
    const visible = await this.visibleTo(member)
    if (!visible.some(({ _id }) => _id === voicemail.mailbox)) fail('NOT_FOUND')
    return voicemail
  }

  /** Somebody listens. Leaves the version alone: it must not undo what they write meanwhile. */
  async heard(id: string): Promise<void> {
    const voicemail = await VoicemailModel.findOneAndUpdate(
      { _id: id, state: 'new' },
      { $set: { state: 'heard' } },
    ).lean<Voicemail>()
    if (voicemail) this.changed(voicemail)
  }

  /** @throws NOT_FOUND, CONFLICT, NO_SUCH_AGENT */
  async update(id: string, body: UpdateVoicemailBody, member: StaffMember): Promise<Voicemail> {
    await this.get(id, member)
    const { version, state, assignedTo, note } = body
    if (assignedTo && !(await StaffModel.exists({ _id: assignedTo, disabled: false })))
      fail('NO_SUCH_AGENT')
    const voicemail = await VoicemailModel.findOneAndUpdate(
      { _id: id, version },
      {
        $set: {
          ...(state && { state }),
          ...(assignedTo && { assignedTo }),
          ...(note !== undefined && { note }),
        },
        ...(assignedTo === null && { $unset: { assignedTo: '' } }),
        $inc: { version: 1 },
      },
      { returnDocument: 'after' },
    ).lean<Voicemail>()
    if (!voicemail) fail('CONFLICT')
    this.changed(voicemail)
    return voicemail
  }

  async summary(member: StaffMember): Promise<VoicemailSummaryView> {
    const mailboxes = await Promise.all(
      (await this.visibleTo(member)).map(async ({ _id, name }) => {
        const [fresh, open] = await Promise.all([
          VoicemailModel.countDocuments({ mailbox: _id, state: 'new' }),
          VoicemailModel.countDocuments({ mailbox: _id, state: { $ne: 'done' } }),
        ])
        return { id: _id, name, new: fresh, open }
      }),
    )
    return { new: mailboxes.reduce((sum, each) => sum + each.new, 0), mailboxes }
  }

  async mailboxes(): Promise<Mailbox[]> {
    return MailboxModel.find().sort({ _id: 1 }).lean<Mailbox[]>()
  }

  async visibleTo(member: StaffMember): Promise<Mailbox[]> {
    const { settings } = this.options
    return (await this.mailboxes()).filter((mailbox) =>
      seesMailbox(member, mailbox, (id) => settings.queue(id)),
    )
  }

  private changed({ _id, mailbox }: Voicemail): void {
    this.options.bus.publish('voicemail', { voicemailId: _id, mailbox })
  }
}
