/** A mail as parts of a message: the new words first, for the bot; then what staff should know; then files. */
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { Part } from '../../gateway/domain/message.ts'
import { YiluError } from '../../gateway/errors.ts'
import type { StoredFile } from '../../gateway/files/model.ts'
import type { ProviderContext } from '../provider.ts'
import type { AuthResults } from './auth-results.ts'
import { looksForged } from './auth-results.ts'
import { fullView } from './full-view.ts'
import { textOfHtml } from './html-text.ts'
import { baseSubject } from './mail-thread.ts'
import type { Mail, MailAttachment } from './read-mail.ts'
import { trimQuoted } from './trim-quoted.ts'
import type { MailWords } from './words.ts'

const BY = 'email'
const MAX_TEXT_CHARS = 20_000
const MAX_FILES = 20
/** Smaller pictures within the HTML are logos, lines and counters. */
const MIN_INLINE_PICTURE_BYTES = 3_000
/** Nothing to look at for people: signatures of programs. */
const SILENT = /^application\/(?:x-)?(?:pkcs7-signature|pgp-signature|pgp-encrypted)$/

export interface MailNote {
  /** of the mail among all of its account */
  dedupeKey: string
  /** it begins a thread, or its subject changed: then the subject is its first line */
  showSubject: boolean
  auth: AuthResults | undefined
  /** its body could not be read */
  headOnly: boolean
  /** it was larger than we read: its whole size */
  cutFromBytes?: number
}

/** @throws where a file could not be stored, for another try; a refused one becomes a note */
export async function mailParts(
  mail: Mail,
  note: MailNote,
  files: ProviderContext['files'],
  words: MailWords,
): Promise<Part[]> {
  const full = mail.text.trim() || textOfHtml(mail.html)
  const { text, trimmed } = trimQuoted(full)
  const body = withSubject(mail, text, note.showSubject)
  const cut = body.length > MAX_TEXT_CHARS
  const notes: string[] = note.headOnly ? [words.unreadable] : []
  const stored: StoredFile[] = []
  for (const [at, attachment] of takenIn(mail, note, notes, words).entries()) {
    const name = shownName(attachment, mail)
    const file = await store(attachment.content, name, fileId(note, String(at)), files)
    if (file) stored.push(file)
    else notes.push(words.refused(name.slice(0, 120), attachment.content.length))
  }
  const checks = note.auth && tell(note.auth)
  if (note.auth && looksForged(note.auth)) notes.unshift(words.forged(checks!))
  if (mail.html || trimmed || cut) {
    const page = Readable.from([Buffer.from(fullView(mail, words, checks))])
    stored.push(await files.put(page, `${words.fullMail}.html`, BY, fileId(note, 'page'), true))
  }
  return [
    { type: 'text', text: cut ? `${body.slice(0, MAX_TEXT_CHARS)}…` : body || words.noText },
    ...(notes.length ? [{ type: 'text' as const, text: notes.join('\n') }] : []),
    ...stored.map(({ _id, kind, name, mime, bytes }): Part => ({
      type: 'media',
      kind,
      blobId: _id,
      name,
      mime,
      bytes,
    })),
  ]
}

/** The subject often is the question. */
function withSubject(mail: Mail, text: string, show: boolean): string {
  const subject = baseSubject(mail.subject)
  if (!show || !subject || text.startsWith(subject)) return text
  return text ? `${subject}\n\n${text}` : subject
}

function takenIn(mail: Mail, note: MailNote, notes: string[], words: MailWords): MailAttachment[] {
  if (note.cutFromBytes !== undefined) {
    // what stands in the beginning of a mail that was cut is most often half a file
    notes.push(words.tooLarge(note.cutFromBytes))
    return []
  }
  const wanted = mail.attachments.filter(
    ({ cid, mime, content }) =>
      !SILENT.test(mime) &&
      !(cid && content.length < MIN_INLINE_PICTURE_BYTES) &&
      content.length > 0,
  )
  if (wanted.length > MAX_FILES) notes.push(words.tooMany(wanted.length - MAX_FILES))
  return wanted.slice(0, MAX_FILES)
}

/** @returns undefined where it is of no type or size we keep */
async function store(
  content: Buffer,
  name: string,
  id: string,
  files: ProviderContext['files'],
): Promise<StoredFile | undefined> {
  try {
    return await files.put(Readable.from([content]), name, BY, id)
  } catch (error) {
    // the same at every try
    if (error instanceof YiluError && error.code.startsWith('FILE_')) return undefined
    throw error
  }
}

function shownName({ name, mime }: MailAttachment, mail: Mail): string {
  return (
    name ?? (mime === 'message/rfc822' ? `${mail.subject || 'mail'}.eml` : mime.replace('/', '.'))
  )
}

/** The same file of the same mail has the same id: a mail taken again after a crash stores nothing twice. */
const fileId = ({ dedupeKey }: MailNote, which: string): string =>
  createHash('sha256').update(`${dedupeKey}|${which}`).digest('hex').slice(0, 32)

const tell = (auth: AuthResults): string =>
  Object.entries(auth)
    .map(([method, result]) => `${method.toUpperCase()} ${result}`)
    .join(', ')
