import { MailboxModel } from './model.ts'

/** One mailbox everybody who serves sees; the sample flows name it. */
export function seedVoicemail(): Promise<unknown> {
  return MailboxModel.create({
    _id: 'general',
    name: { zh: '综合信箱', en: 'General' },
    queueIds: [],
    memberIds: [],
    version: 1,
  })
}

/** An installation that is older than calls gets it where it has none. */
export async function addVoicemail(): Promise<void> {
  if (!(await MailboxModel.exists({}))) await seedVoicemail()
}
