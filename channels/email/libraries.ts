/** What reads and writes mail, with the libraries it takes. */
export { default as MailComposer } from 'nodemailer/lib/mail-composer'
export { imapClient } from './imap-client.ts'
export { IncomingMail } from './incoming-mail.ts'
export { Mailbox } from './mailbox.ts'
export { SmtpLine } from './smtp-line.ts'
