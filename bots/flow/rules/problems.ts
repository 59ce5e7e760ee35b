import type { Channel } from '../parts.ts'

export type Severity = 'error' | 'warning'

export interface Wording {
  severity: Severity
  /** only this channel suffers */
  channel?: Channel
  zh: string
  en: string
}
const error = (zh: string, en: string): Wording => ({ severity: 'error', zh, en })
const warning = (zh: string, en: string): Wording => ({ severity: 'warning', zh, en })
const on = (channel: Channel, wording: Wording): Wording => ({ ...wording, channel })

/** Every problem the validator knows, with a sentence how to mend it. `{…}` is filled in. */
export const problems = {
  SCHEMA: error('“{field}”的格式不对:{why}', '“{field}” is not as a flow document requires: {why}'),
  ENTRY: error(
    '起始块“{name}”不存在,请另选一个起始块。',
    'The entry block “{name}” does not exist. Choose another one.',
  ),
  DANGLING: error(
    '出口“{port}”指向不存在的块“{name}”,请重新连接。',
    'Exit “{port}” leads to “{name}”, which does not exist. Connect it to a block.',
  ),
  PORT: error(
    '出口“{port}”没有连接,请把它连到一个块。',
    'Exit “{port}” is not connected. Connect it to a block.',
  ),
  DEFAULT_LANG: error(
    '默认语言“{name}”不在本流程的语言列表中,请加入或另选。',
    'The default language “{name}” is not among the languages of this flow. Add it or choose another.',
  ),
  PROMPT_LANG: error(
    '“{field}”缺少这种语言的文字,请补写。',
    '“{field}” has no text in this language. Write one.',
  ),
  LABEL_LANG: error(
    '选项“{choice}”缺少这种语言的名称,请补写。',
    'Choice “{choice}” has no label in this language. Write one.',
  ),
  UNDECLARED: error(
    '“{field}”用到未声明的变量“{name}”,请声明它或改名。',
    '“{field}” uses “{name}”, which is not declared. Declare it or correct the name.',
  ),
  RESERVED: error(
    '变量名“{name}”由系统使用,请换一个名字。',
    'The variable name “{name}” belongs to the system. Choose another.',
  ),
  VAR_DUP: error(
    '变量“{name}”声明了两次,请删去一个。',
    'The variable “{name}” is declared twice. Remove one.',
  ),
  TEMPLATE: error(
    '“{field}”中的双花括号不完整,请写成 {{变量}} 的形式。',
    '“{field}” has braces that do not pair. Write {{variable}}.',
  ),
  FILTER: error(
    '“{field}”使用了不存在的格式“{name}”,可用的有:{list}。',
    '“{field}” uses the unknown filter “{name}”. There are: {list}.',
  ),
  PATTERN: error(
    '“{name}”不能用作匹配规则({why}),请简化。',
    '“{name}” cannot be used as a pattern ({why}). Simplify it.',
  ),
  DTMF_DUP: on(
    'voice',
    error('按键 {key} 用了两次,请改掉一个。', 'Key {key} is used twice. Change one.'),
  ),
  DTMF_KEY: on(
    'voice',
    error(
      '“{key}”不是电话按键,请用 0–9、* 或 #,最多两位。',
      '“{key}” is no telephone key. Use 0–9, * or #, at most two.',
    ),
  ),
  DTMF_PREFIX: on(
    'voice',
    error(
      '按键 {key} 是 {other} 的开头,请改按键,或设置结束键或按键间隔。',
      'Key {key} begins key {other}. Change one, or set an end key or a time between keys.',
    ),
  ),
  SAY_DUP: error(
    '“{phrase}”同时表示选项“{choice}”和“{other}”,请只留一处。',
    '“{phrase}” means both “{choice}” and “{other}”. Keep it in one.',
  ),
  REF: error(
    '{kind}“{name}”不存在,请先建立或另选。',
    'The {kind} “{name}” does not exist. Create it or choose another.',
  ),
  SETTING_MISSING: error('“{field}”还没有填写,请填写。', '“{field}” is empty. Fill it in.'),
  SETTING_WRONG: error(
    '“{field}”的值不合要求,请重新填写。',
    '“{field}” has a value that does not fit. Enter another.',
  ),
  NOT_CHOSEN: error('还没有选择{kind},请选一个。', 'No {kind} is chosen yet. Choose one.'),
  ARG: error(
    '被调用的流程“{flow}”没有声明变量“{name}”,请声明它或改名。',
    'The called flow “{flow}” does not declare “{name}”. Declare it there or correct the name.',
  ),
  NUMBER: error(
    '“{name}”不是能拨打的号码,请只写数字,国外号码以 + 开头。',
    '“{name}” is no number that can be dialled. Write digits only, with + before a country code.',
  ),
  MEDIA: on(
    'voice',
    error(
      '“{field}”的录音“{name}”不存在,请重新录制或删去。',
      'The recording “{name}” of “{field}” is missing. Record it again or remove it.',
    ),
  ),
  LOOP: error(
    '这里会不等用户回应而无限循环:{path}。请在其中加入提问或菜单。',
    'An endless loop that never waits for the person: {path}. Put a question or a menu into it.',
  ),
  TRAP: error(
    '从这里永远到不了结束或人工,请增加一条出路。',
    'From here a person can never finish nor reach an agent. Add a way out.',
  ),
  RECURSION: error(
    '子流程互相调用成环:{path}。请去掉其中一个调用。',
    'Sub-flows call each other in a circle: {path}. Remove one of the calls.',
  ),
  WX_LEN: on(
    'wechat',
    error(
      '“{field}”有 {size} 字节,超过微信的 2048 字节,请缩短或为微信另写。',
      '“{field}” has {size} bytes, over the 2048 of WeChat. Shorten it or write one for WeChat.',
    ),
  ),
  HOTKEY: error(
    '快捷键“{name}”指向不存在的块“{target}”,请重新选择。',
    'The hotkey “{name}” leads to “{target}”, which does not exist. Choose a block.',
  ),
  HOTKEY_EMPTY: error(
    '快捷键“{name}”既没有按键也没有词语,请至少填一个。',
    'The hotkey “{name}” has neither key nor words. Give it one.',
  ),
  SOS_HOURS: error(
    '紧急词“{name}”的去路要看工作时间({via}),请直接接到全天有人的队列。',
    'The emergency “{name}” depends on opening hours ({via}). Lead it straight to a queue that is always staffed.',
  ),
  UNREACHABLE: warning(
    '没有任何路通到这里,请连接或删除。',
    'No path leads here. Connect it or delete it.',
  ),
  EXTRA_PORT: warning(
    '出口“{port}”永远不会用到,可以删去。',
    'Exit “{port}” can never be taken. Remove it.',
  ),
  STALE_REC: on(
    'voice',
    warning(
      '“{field}”的文字在录音之后改过,请重新录制。',
      'The text of “{field}” was changed after it was recorded. Record it again.',
    ),
  ),
  REC_VARS: on(
    'voice',
    warning(
      '“{field}”含有变量,录音读不出来,请去掉录音或变量。',
      '“{field}” contains variables, which a recording cannot speak. Remove one or the other.',
    ),
  ),
  VOICE_GONE: on(
    'voice',
    warning(
      '声音“{name}”在已接通的语音合成里没有,来电者听到的会是默认声音。请另选一个,或接通有它的语音合成。',
      'No speech engine here has the voice “{name}”, so callers hear the default one. Choose another, or connect the engine that has it.',
    ),
  ),
  VOICE_LANG: on(
    'voice',
    warning(
      '声音“{name}”不是说这种语言的,念出来会走样。请另选一个。',
      'The voice “{name}” speaks another language and will mispronounce this one. Choose another.',
    ),
  ),
  HOMOPHONE: on(
    'voice',
    warning(
      '“{phrase}”(选项“{choice}”)与“{other}”听起来一样,请换一种说法。',
      '“{phrase}” (choice “{choice}”) sounds like “{other}”. Find another word.',
    ),
  ),
  HOTKEY_SHADOW: on(
    'voice',
    warning(
      '按键 {key} 在这里被选项占用,快捷键“{name}”无效,请换一个按键。',
      'Key {key} is taken by a choice here, so the hotkey “{name}” does not work. Use another key.',
    ),
  ),
  NO_AGENT_KEY: warning(
    '没有能随时转人工的快捷键,请加一个,例如按 0。',
    'There is no hotkey that reaches a person. Add one, for instance 0.',
  ),
  NO_DTMF: on(
    'voice',
    warning(
      '选项“{choice}”没有按键,电话用户只能说,请加一个按键。',
      'Choice “{choice}” has no key, so callers can only speak it. Give it one.',
    ),
  ),
  KEY_UNSPOKEN: on(
    'voice',
    warning(
      '提示中没有说到按键 {key},请写进去。',
      'The prompt does not mention key {key}. Say it.',
    ),
  ),
  MENU_LONG: on(
    'voice',
    warning(
      '{count} 个选项对听电话的人太多,请分成两层(最多 6 个)。',
      '{count} choices are too many to listen to. Split the menu (at most 6).',
    ),
  ),
  SMS_LEN: on(
    'sms',
    warning(
      '“{field}”要发 {count} 条短信,请缩短或为短信另写。',
      '“{field}” takes {count} text messages. Shorten it or write one for SMS.',
    ),
  ),
  CHAT_ONLY: on(
    'voice',
    warning(
      '电话里发不了“{name}”,请为电话用户准备另一条路。',
      'A caller cannot send “{name}” by telephone. Provide another way for callers.',
    ),
  ),
  PII_SPOKEN: warning(
    '“{field}”会完整说出个人信息“{name}”,请写成 {{ {name}|mask }}。',
    '“{field}” speaks the personal data “{name}” in full. Write {{ {name}|mask }}.',
  ),
} as const

export type ProblemCode = keyof typeof problems
