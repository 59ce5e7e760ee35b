import { fail } from '../../gateway/errors.ts'
import type { AsrProvider, AsrStream } from './asr.ts'
import { installedModels } from './installed-models.ts'
import { createLocalRecogniser } from './local-recogniser.ts'
import type { Recogniser } from './recogniser.ts'
import { remoteServers } from './remote-servers.ts'
import { createRemoteRecogniser } from './remote-recogniser.ts'
import { createAsrStream } from './stream.ts'

export interface AsrServiceOptions {
  /** holds one folder per locale */
  modelsDir: string
  /** a vosk-server per locale, `zh=ws://host:2700,en=ws://host:2701`, or one for Chinese; goes before an installed model */
  remoteUrl?: string
  /** refuses models that are for tests */
  production: boolean
  onError?: (error: Error) => void
  now?: () => number
}

/** a model installed while the house runs is found within that time */
const LOOK_EVERY_MS = 10_000

/**
 * Speech to text by Vosk: one process per installed model, and vosk-servers elsewhere. Comes up in the
 * background; until a model is ready, and if there is none, `open` throws and callers use keys.
 * @throws Error if `remoteUrl` cannot be read
 */
export function createAsr(options: AsrServiceOptions): AsrProvider {
  const { modelsDir, production, onError = () => undefined, now = Date.now } = options
  const recognisers = new Map<string, Recogniser>()
  const streams = new Set<AsrStream>()

  for (const [locale, url] of remoteServers(options.remoteUrl)) {
    recognisers.set(locale, createRemoteRecogniser(locale, url, { onError, now }))
  }
  function look(): void {
    for (const model of installedModels(modelsDir, production)) {
      if (recognisers.has(model.locale)) continue
      recognisers.set(model.locale, createLocalRecogniser(model, { onError, now }))
    }
  }
  look()
  const timer = setInterval(look, LOOK_EVERY_MS)
  timer.unref()

  /** zh-CN is understood by zh. */
  const forLocale = (locale: string) =>
    recognisers.get(locale) ?? recognisers.get(locale.split('-')[0]!.toLowerCase())

  return {
    locales: () => [...recognisers.values()].filter((one) => one.url()).map((one) => one.locale),
    open(wanted) {
      const recogniser = forLocale(wanted.locale)
      if (!recogniser?.url()) {
        fail('NO_SPEECH_MODEL', { locale: wanted.locale, state: recogniser?.status().state })
      }
      const stream = createAsrStream(
        wanted,
        () => recogniser.url(),
        () => streams.delete(stream),
      )
      streams.add(stream)
      return stream
    },
    status: () => ({
      models: [...recognisers.values()].map((one) => one.status()),
      streams: streams.size,
    }),
    async stop() {
      clearInterval(timer)
      for (const stream of streams) stream.close()
      await Promise.all([...recognisers.values()].map((one) => one.stop()))
    },
  }
}
