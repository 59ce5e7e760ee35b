/** What somebody wrote, without the mail they answer. */

export interface Trimmed {
  text: string
  /** something was left out */
  trimmed: boolean
}

/** "On Tue, … wrote:", 在 2026年…写道:, "Am … schrieb …:"; it may be broken over three lines. */
const INTRODUCTIONS = [
  /^(?:On|on)\b.{4,400}\bwrote\s*[::]$/,
  /^(?:在|于|於|於 ).{4,400}(?:写道|寫道)\s*[::]?$/,
  /^.{1,200}(?:于|於|在)\s*\d{4}.{4,200}(?:写道|寫道)\s*[::]$/,
  /^.{1,300}<[^<>\s]+@[^<>\s]+>.{0,100}(?:写道|寫道|wrote|のメール)\s*[::]$/,
  /^\d{4}年\d{1,2}月\d{1,2}日.{0,300}[::]$/,
  /^Am\b.{4,400}\bschrieb\b.{0,300}:$/,
  /^Le\b.{4,400}\ba écrit\s*:$/,
]

/** Everything below is the other mail. A forwarded one is no quotation: it is what they want to say. */
const RULES = [
  /^-{2,}\s*(?:Original Message|Original Appointment|原始邮件|原始郵件|原邮件|回复的原邮件|原文|元のメッセージ|원본 메시지)\s*-{2,}$/i,
  /^-{5,}\s*$/,
]

const FIELDS =
  /^[*_ ]*(?:From|Sent|Date|To|Cc|Subject|Importance|发件人|寄件者|发送时间|寄件日期|发送日期|日期|时间|收件人|收件者|抄送|副本|主题|主旨|差出人|送信日時|宛先|件名|보낸 사람|보낸 날짜|받는 사람|제목)[*_ ]*\s*[::]/i

const MOBILE =
  /^(?:发自我的|来自我的|從我的|发自|Sent from my |Sent from Mail for |Get Outlook for ).{0,60}$/i

/** The length of a line worth looking at: a longer one introduces nothing. */
const MAX_LINE = 500

/** Pure; linear in the length of the text. What would leave nothing leaves everything. */
export function trimQuoted(full: string): Trimmed {
  const all = full
    .replace(/\r\n?/g, '\n')
    .replace(/\u00a0/g, ' ')
    .trim()
  const lines = all.split('\n')
  const kept = withoutSignature(withoutTail(withoutQuotation(lines)))
  const text = kept.join('\n').trim()
  if (!text) return { text: all, trimmed: false }
  return { text, trimmed: text !== all }
}

function withoutQuotation(lines: string[]): string[] {
  for (let at = 0; at < lines.length; at++) {
    if (isRule(lines, at) || isFieldBlock(lines, at)) return lines.slice(0, at)
    const height = introduction(lines, at)
    if (!height) continue
    const below = nextFilled(lines, at + height)
    if (!isQuoted(lines[below])) return lines.slice(0, at)
    // answered below or between: the quotation goes, the answers stay
    const rest = lines.slice(below).filter((line) => !isQuoted(line))
    return [...lines.slice(0, at), ...rest]
  }
  return lines
}

/** @returns how many lines the introduction at this line takes; 0 where there is none */
function introduction(lines: string[], at: number): number {
  let joined = ''
  for (let height = 1; height <= 3 && at + height <= lines.length; height++) {
    const line = lines[at + height - 1]!.trim()
    if (!line || isQuoted(line) || line.length > MAX_LINE) return 0
    joined = joined ? `${joined} ${line}` : line
    if (joined.length > MAX_LINE) return 0
    if (!/[::道]$/.test(joined)) continue
    if (INTRODUCTIONS.some((pattern) => pattern.test(joined))) return height
  }
  return 0
}

function isRule(lines: string[], at: number): boolean {
  const line = lines[at]!.trim()
  if (line.length > MAX_LINE) return false
  if (RULES[0]!.test(line)) return true
  // a bare rule counts where the fields of a mail follow
  return (
    (/^_{5,}$/.test(line) || RULES[1]!.test(line)) && isFieldBlock(lines, nextFilled(lines, at + 1))
  )
}

/** Outlook: From, Sent, To, Subject one below the other. */
function isFieldBlock(lines: string[], at: number): boolean {
  if (!isField(lines[at])) return false
  let fields = 0
  for (const line of lines.slice(at, at + 8)) {
    if (isField(line)) fields++
    else if (line.trim() && fields < 2) return false
  }
  return fields >= 3
}

const isField = (line = ''): boolean => line.length <= MAX_LINE && FIELDS.test(line.trim())
const isQuoted = (line = ''): boolean => /^\s{0,3}[>>]/.test(line)

function nextFilled(lines: string[], at: number): number {
  while (at < lines.length && !lines[at]!.trim()) at++
  return at
}

/** A quotation at the end that nothing introduced. */
function withoutTail(lines: string[]): string[] {
  let end = lines.length
  while (end > 0 && (!lines[end - 1]!.trim() || isQuoted(lines[end - 1]))) end--
  return lines.slice(0, end)
}

/** RFC 3676 §4.3, and what telephones add. */
function withoutSignature(lines: string[]): string[] {
  const at = lines.findIndex((line) => line === '-- ' || line === '--')
  const kept = at > 0 && lines.length - at <= 15 ? lines.slice(0, at) : lines
  let end = kept.length
  while (end > 0 && (!kept[end - 1]!.trim() || MOBILE.test(kept[end - 1]!.trim()))) end--
  return kept.slice(0, end)
}
