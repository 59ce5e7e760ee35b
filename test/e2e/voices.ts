/** What people in pictures say, so that their recordings look like speech. */
import { createSpeech } from '../../media/tts/speech.ts'

const said = {
  tourist: '您好,我昨天跟团去华山,导游带我们进了三家购物店,不买就不让上车。',
  tourist2: '我想问一下,多收的四百八十元能不能退,小票和合同我都留着。',
  agent: '您好,这里是西安旅游热线,我是林小雨。您登记的内容我都看到了,请您放心。',
  message: '你好,我是孙丽,想订周六上午城墙的讲解,两位成人,请给我回电。',
  english:
    'Hello, our driver did not use the meter from the airport, and I would like the fare checked.',
  police: '您好,旅游警察支队。',
} as const

export type Voices = Record<keyof typeof said, string>

/** @returns a WAV file for each; they last as long as the folder */
export async function renderVoices(folder: string): Promise<Voices> {
  const speech = createSpeech({ cacheDir: folder })
  try {
    const files = Object.entries(said).map(async ([who, text]) => {
      const locale = who === 'english' ? 'en' : 'zh-CN'
      return [who, (await speech.render({ text, locale })).file] as const
    })
    return Object.fromEntries(await Promise.all(files)) as Voices
  } finally {
    await speech.stop()
  }
}
