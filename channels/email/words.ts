/** What the channel itself says, to agents beside a mail and to people within one. */

export interface MailWords {
  fullMail: string
  noText: string
  refused: (name: string, bytes: number) => string
  tooMany: (left: number) => string
  tooLarge: (bytes: number) => string
  unreadable: string
  forged: (results: string) => string
  from: string
  to: string
  date: string
  subject: string
  checks: string
  pictureHidden: string
  attachment: string
  chooseOne: string
  replyWith: (value: string) => string
  noSubject: string
}

const size = (bytes: number): string =>
  bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024))} KB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`

const zh: MailWords = {
  fullMail: '完整邮件',
  noText: '(邮件没有文字)',
  refused: (name, bytes) => `附件“${name}”(${size(bytes)})的类型或大小不被接收,请在邮箱中查看。`,
  tooMany: (left) => `还有 ${left} 个附件未收入,请在邮箱中查看。`,
  tooLarge: (bytes) => `这封邮件太大(${size(bytes)}),只收入了开头部分,附件请在邮箱中查看。`,
  unreadable: '这封邮件的格式无法解析,请在邮箱中查看。',
  forged: (results) => `注意:发件人地址未通过验证(${results}),可能是冒用的。`,
  from: '发件人',
  to: '收件人',
  date: '日期',
  subject: '主题',
  checks: '验证',
  pictureHidden: '外部图片未载入',
  attachment: '附件',
  chooseOne: '请回复序号:',
  replyWith: (value) => `请回复“${value}”`,
  noSubject: '您的来信',
}

const en: MailWords = {
  fullMail: 'Full mail',
  noText: '(no text in this mail)',
  refused: (name, bytes) =>
    `The attachment “${name}” (${size(bytes)}) is of a type or size not taken in; see the mailbox.`,
  tooMany: (left) => `${left} more attachments were not taken in; see the mailbox.`,
  tooLarge: (bytes) =>
    `This mail is too large (${size(bytes)}): only its beginning was taken in; see the mailbox for attachments.`,
  unreadable: 'The format of this mail could not be read; see the mailbox.',
  forged: (results) =>
    `Careful: the sender’s address failed its checks (${results}) and may be forged.`,
  from: 'From',
  to: 'To',
  date: 'Date',
  subject: 'Subject',
  checks: 'Checks',
  pictureHidden: 'remote picture not loaded',
  attachment: 'Attachment',
  chooseOne: 'Reply with a number:',
  replyWith: (value) => `Reply “${value}”`,
  noSubject: 'Your message',
}

export const wordsOf = (lang: string | undefined): MailWords => (lang?.startsWith('zh') ? zh : en)
