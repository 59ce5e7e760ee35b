/** A mailbox: read by IMAP, written by SMTP. */
import { z } from 'zod'
import type { AccountKind, ChannelAccount, FieldMeta } from '../provider.ts'

const meta = (zh: string, en: string, more: Omit<FieldMeta, 'zh' | 'en'> = {}) =>
  ({ zh, en, ...more }) satisfies FieldMeta

const host = z
  .string()
  .trim()
  .min(1)
  .max(253)
  .regex(/^[A-Za-z0-9._:-]+$/)
const port = z.number().int().min(1).max(65_535)
const security = z.enum(['tls', 'starttls', 'none'])
const securityNames = {
  tls: { zh: 'TLS(一开始就加密)', en: 'TLS from the start' },
  starttls: { zh: 'STARTTLS(先连接再加密,必须成功)', en: 'STARTTLS, required' },
  none: { zh: '不加密(仅限本机或内网)', en: 'No encryption (this machine or network only)' },
}

const settings = z.object({
  fromAddress: z
    .email()
    .max(254)
    .meta(
      meta('邮箱地址', 'E-mail address', {
        help: {
          zh: '游客写信到这里,我们也从这里回信。',
          en: 'Where people write, and we answer from.',
        },
      }),
    ),
  fromName: z.string().trim().max(64).default('').meta(meta('发件人名称', 'Sender name')),
  imapHost: host.meta(
    meta('收信服务器(IMAP)', 'Incoming server (IMAP)', {
      help: { zh: '例如 imap.exmail.qq.com', en: 'e.g. imap.example.org' },
    }),
  ),
  imapPort: port.default(993).meta(meta('IMAP 端口', 'IMAP port', { advanced: true })),
  imapSecurity: security
    .default('tls')
    .meta(meta('IMAP 加密', 'IMAP encryption', { advanced: true, options: securityNames })),
  imapUser: z
    .string()
    .trim()
    .max(254)
    .default('')
    .meta(
      meta('登录名', 'User name', {
        advanced: true,
        help: { zh: '留空则用邮箱地址。', en: 'Empty: the e-mail address.' },
      }),
    ),
  imapPassword: z
    .string()
    .min(1)
    .max(512)
    .meta(
      meta('密码或授权码', 'Password', {
        secret: true,
        help: {
          zh: 'QQ、163 等邮箱请在网页版“设置”里开启 IMAP/SMTP,并填它给出的授权码。',
          en: 'Many providers want an app password, made in the settings of their web mail.',
        },
      }),
    ),
  smtpHost: host.meta(meta('发信服务器(SMTP)', 'Outgoing server (SMTP)')),
  smtpPort: port.default(465).meta(meta('SMTP 端口', 'SMTP port', { advanced: true })),
  smtpSecurity: security
    .default('tls')
    .meta(meta('SMTP 加密', 'SMTP encryption', { advanced: true, options: securityNames })),
  smtpUser: z
    .string()
    .trim()
    .max(254)
    .default('')
    .meta(
      meta('SMTP 登录名', 'SMTP user name', {
        advanced: true,
        help: { zh: '留空则与收信相同。', en: 'Empty: as for incoming mail.' },
      }),
    ),
  smtpPassword: z
    .string()
    .min(1)
    .max(512)
    .optional()
    .meta(
      meta('SMTP 密码', 'SMTP password', {
        secret: true,
        advanced: true,
        help: { zh: '不填则与收信相同。', en: 'Absent: as for incoming mail.' },
      }),
    ),
  caCertificate: z
    .string()
    .max(20_000)
    .default('')
    .meta(
      meta('服务器证书的签发者(PEM)', 'Authority of the servers’ certificates (PEM)', {
        advanced: true,
        help: {
          zh: '仅在自建邮件服务器使用私有证书时需要。',
          en: 'For servers with a private one.',
        },
      }),
    ),
  folder: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .default('INBOX')
    .meta(meta('读取的文件夹', 'Folder to read', { advanced: true })),
  startWith: z
    .enum(['fromNow', 'lastDay'])
    .default('fromNow')
    .meta(
      meta('首次启用时', 'When first used', {
        advanced: true,
        options: {
          fromNow: { zh: '只处理之后收到的邮件', en: 'Take mail that comes from now on' },
          lastDay: { zh: '也处理最近一天的邮件', en: 'Also take mail of the last day' },
        },
      }),
    ),
  markSeen: z
    .boolean()
    .default(true)
    .meta(meta('处理后标为已读', 'Mark mail as read once taken', { advanced: true })),
  pollSeconds: z
    .number()
    .int()
    .min(5)
    .max(3600)
    .default(60)
    .meta(
      meta('检查间隔(秒)', 'Check every (seconds)', {
        advanced: true,
        help: {
          zh: '新邮件通常即时到达;这是没有收到通知时的兜底。',
          en: 'New mail is usually announced at once; this is for when it was not.',
        },
      }),
    ),
  plusAddressing: z
    .boolean()
    .default(false)
    .meta(
      meta('用“名称+标记@域名”作回信地址', 'Reply to name+tag@domain', {
        advanced: true,
        help: {
          zh: '对方的邮件程序丢掉引用信息时,仍能归入原会话。邮件服务器须支持加号地址。',
          en: 'Keeps threads where mail programs drop references. Your server must take plus addresses.',
        },
      }),
    ),
  authServer: z
    .string()
    .trim()
    .max(253)
    .default('')
    .meta(
      meta('可信的验证服务器名', 'Trusted authentication server', {
        advanced: true,
        help: {
          zh: '您的收信服务器写在 Authentication-Results 开头的名称;填写后,未通过 SPF/DKIM/DMARC 的邮件会提醒坐席。',
          en: 'The name your server puts first in Authentication-Results; then agents are warned of mail that fails SPF, DKIM or DMARC.',
        },
      }),
    ),
  signatureZh: z
    .string()
    .trim()
    .max(500)
    .default('')
    .meta(meta('签名(中文)', 'Signature (Chinese)')),
  signatureEn: z
    .string()
    .trim()
    .max(500)
    .default('')
    .meta(meta('签名(英文)', 'Signature (English)')),
  answersPerHour: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(20)
    .meta(
      meta('每小时最多自动回复同一人', 'Automatic answers to one person per hour', {
        advanced: true,
        help: {
          zh: '防止与对方的自动程序互相回信;坐席的回信不受限。',
          en: 'Ends loops with other machines; what agents write is not limited.',
        },
      }),
    ),
})

export type EmailSettings = z.infer<typeof settings>
export type EmailAccount = ChannelAccount<EmailSettings>

export const emailKind: AccountKind<typeof settings> = {
  kind: 'email',
  channel: 'email',
  name: { zh: '电子邮件', en: 'E-mail' },
  settings,
  callbacks: [],
  notice: {
    zh: '请使用专用邮箱:启用后,机器人和坐席会回复其中收到的新邮件。自动回复、群发邮件和退信不会进入会话。',
    en: 'Use a mailbox of its own: the bot and agents answer new mail in it. Automatic replies, lists and bounces are left out.',
  },
}
