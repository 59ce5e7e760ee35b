import type { VoiceChoice } from '../../../../bots/flow/parts.ts'
import { address, announce } from '../../api/client.ts'
import { apiErrorOf, offline } from '../../api/error.ts'

/** as PROMPTS bounds it */
const MAX_CHARS = 1000
export type ToSay = { text: string; lang: string } & VoiceChoice

let playing: HTMLAudioElement | undefined

/** Plays a text as the telephone would say it; what was playing stops. @throws ApiError */
export async function speak({ text, lang, voice, speed }: ToSay): Promise<void> {
  const response = await fetch(address('/prompts/preview'), {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text: text.slice(0, MAX_CHARS), lang, voice, speed }),
  }).catch(() => {
    throw offline()
  })
  if (!response.ok) {
    const error = apiErrorOf(response.status, await response.text())
    announce(error)
    throw error
  }
  const url = URL.createObjectURL(await response.blob())
  playing?.pause()
  const audio = new Audio(url)
  playing = audio
  audio.onended = audio.onpause = () => URL.revokeObjectURL(url)
  await audio.play()
}
