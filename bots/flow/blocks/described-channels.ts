/** What blocks do on channels, where several blocks do the same. */
import type { BlockDescription, OnChannel } from '../description.ts'

type Channels = BlockDescription['channels']

const works = (zh: string, en: string): OnChannel => ({ works: 'yes', does: { zh, en } })

const numbered = works(
  '选项写成编号,对方回复数字或文字。',
  'Choices are numbered; the person answers with a number or in words.',
)

/** Choices are offered. */
export const offersChoices: Channels = {
  voice: works(
    '播报提示;提示里没说到的按键会接着说出来。按键或说出选项都可以。',
    'Says the prompt, then the keys it does not name. Callers press a key or say a choice.',
  ),
  written: works(
    '选项显示为按钮,对方点选、回复数字或打字。',
    'Choices are shown as buttons; the person taps one, or writes a number or words.',
  ),
  wechaty: numbered,
  weibo: numbered,
  sms: numbered,
  email: numbered,
}

/** A question is asked, answered in words or keys. */
export const asksInWords: Channels = {
  voice: works(
    '播报提示,听按键或说话。没有安装语音识别时只能按键。',
    'Says the prompt and listens for keys or speech. Without speech recognition only keys are heard.',
  ),
  written: works('发出提示,等对方回复。', 'Sends the prompt and waits for an answer.'),
}

/** Nothing is said: the same everywhere. */
export const sameEverywhere: Channels = {
  voice: works('不出声,马上继续。', 'Says nothing and goes on at once.'),
  written: works('不发消息,马上继续。', 'Sends nothing and goes on at once.'),
}

/** A service is asked, perhaps after a word that it takes a moment. */
export const asksService: Channels = {
  voice: works(
    '有“等待时说”就先播报,拿到结果后继续。',
    'Says the words for waiting, if any, and goes on with the result.',
  ),
  written: works(
    '有“等待时说”就先发出,拿到结果后继续。',
    'Sends the words for waiting, if any, and goes on with the result.',
  ),
}

/** People take over. */
export const waitsForPeople: Channels = {
  voice: works(
    '排队时听音乐和播报,客服接听后通话。',
    'The caller hears music and announcements, then talks to an agent.',
  ),
  written: works('排队等客服在同一对话里回复。', 'Waits until an agent answers in the same chat.'),
  sms: works('客服用短信回复。', 'An agent answers by SMS.'),
  email: works('客服用邮件回复。', 'An agent answers by e-mail.'),
}
