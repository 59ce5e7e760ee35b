import type { AsrStatus } from './asr.ts'
import { createBackoff } from './backoff.ts'
import type { InstalledModel } from './installed-models.ts'
import type { Recogniser } from './recogniser.ts'
import { voskLibrary } from './vosk/library.ts'
import type { RecogniserProcess } from './vosk/launch.ts'
import { launchRecogniser } from './vosk/launch.ts'

export interface LocalOptions {
  onError: (error: Error) => void
  now: () => number
}

/** Keeps a process for one installed model alive. A model that cannot be used says why in its status. */
export function createLocalRecogniser(model: InstalledModel, options: LocalOptions): Recogniser {
  const backoff = createBackoff(options.now)
  let state: AsrStatus['models'][number]['state'] = 'starting'
  let error: string | undefined
  let running: RecogniserProcess | undefined
  let timer: NodeJS.Timeout | undefined
  const stopping = new AbortController()

  async function start(library: string): Promise<void> {
    try {
      running = await launchRecogniser(library, model.dir, stopping.signal)
      state = 'ready'
      error = undefined
      backoff.up()
      if (stopping.signal.aborted) await running.stop()
      const reason = await running.ended
      state = 'restarting'
      down(reason, library)
    } catch (failure) {
      // it may be a disk that was away for a moment, hence tried again, ever more seldom
      state = 'failed'
      down(failure instanceof Error ? failure.message : 'cannot start', library)
    }
  }
  function down(reason: string, library: string): void {
    running = undefined
    if (stopping.signal.aborted) return
    error = reason
    options.onError(new Error(`speech model ${model.locale}: ${reason}`))
    timer = setTimeout(() => (starting = start(library)), backoff.down())
  }

  let starting: Promise<void> | undefined
  const library = voskLibrary()
  const refused = model.refused ?? ('missing' in library ? library.missing : undefined)
  if (refused) {
    state = 'failed'
    error = refused
    options.onError(new Error(`speech model ${model.locale}: ${refused}`))
  } else if ('file' in library) starting = start(library.file)

  return {
    locale: model.locale,
    status: () => ({
      locale: model.locale,
      dir: model.dir,
      state,
      ...(running && { pid: running.pid }),
      ...(error && { error }),
    }),
    url: () => (state === 'ready' ? running?.url : undefined),
    async stop() {
      stopping.abort()
      clearTimeout(timer)
      await running?.stop()
      await starting
    },
  }
}
