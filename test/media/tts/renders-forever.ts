/** A process for being killed: renders text after text into the folder it is given, and tells of each. */
import { createSpeech } from '../../../media/tts/speech.ts'
import { numberedProvider } from './numbered-provider.ts'

const speech = createSpeech({
  cacheDir: process.argv[2]!,
  espeak: false,
  providers: [numberedProvider()],
})
for (let number = 1; ; number++) {
  // several at once, so that the end comes in every step of writing
  await Promise.all(
    [0, 1, 2, 3].map((part) => speech.render({ text: `${number}-${part}`, locale: 'xx' })),
  )
  process.send?.(number)
}
