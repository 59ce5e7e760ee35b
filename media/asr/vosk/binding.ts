import { existsSync } from 'node:fs'
import path from 'node:path'
import koffi from 'koffi'

/** Answers of libvosk, as it writes them in JSON. */
export type VoskAnswer = Record<string, unknown>

export interface VoskModel {
  recognizer(options: RecognizerOptions): VoskRecognizer
  knows(word: string): boolean
}

export interface RecognizerOptions {
  sampleRate: number
  /** sentences that may be said; models without a runtime graph ignore it */
  grammar: string[] | undefined
  words: boolean
  /** 0: one result with words and their confidence; else that many, without */
  maxAlternatives: number
}

export interface VoskRecognizer {
  /** @param pcm signed 16-bit little-endian. @returns whether an utterance ended in it */
  accept(pcm: Buffer): Promise<boolean>
  result(): VoskAnswer
  partial(): VoskAnswer
  final(): VoskAnswer
  free(): void
}

type Pointer = object | null

/**
 * Binds libvosk and loads a model. To be called in a process of its own only: libvosk ends the process on a
 * null pointer (SIGSEGV) and where one of Kaldi's assertions fails (SIGABRT).
 * @param library file of libvosk, see `voskLibrary`
 * @param dir folder of the model
 * @throws Error that names what is wrong with the folder
 */
export async function loadVoskModel(library: string, dir: string): Promise<VoskModel> {
  for (const file of ['am/final.mdl', 'conf/model.conf']) {
    if (!existsSync(path.join(dir, file))) {
      throw new Error(`not a Vosk model: ${path.join(dir, file)} is missing`)
    }
  }
  const api = bind(library)
  api.setLogLevel(-1)
  const model = await later<Pointer>(api.modelNew, dir)
  if (!model) throw new Error(`libvosk could not read the model in ${dir}`)
  return {
    knows: (word) => api.findWord(model, word) >= 0,
    recognizer: (options) => createRecognizer(api, model, options),
  }
}

function createRecognizer(api: Api, model: Pointer, options: RecognizerOptions): VoskRecognizer {
  const { grammar, sampleRate } = options
  const created: Pointer = grammar
    ? api.newWithGrammar(model, sampleRate, JSON.stringify(grammar))
    : api.newOpen(model, sampleRate)
  if (!created) throw new Error('libvosk made no recogniser')
  if (options.words) api.setWords(created, 1)
  if (options.maxAlternatives > 0) api.setMaxAlternatives(created, options.maxAlternatives)
  let pointer: Pointer = created
  const alive = () => {
    if (!pointer) throw new Error('the recogniser has been closed')
    return pointer
  }
  const json = (text: unknown) => JSON.parse(String(text)) as VoskAnswer
  return {
    async accept(pcm) {
      const answer = await later<number>(api.accept, alive(), pcm, pcm.length)
      if (answer < 0) throw new Error('the decoder failed')
      return answer === 1
    },
    result: () => json(api.result(alive())),
    partial: () => json(api.partial(alive())),
    final: () => json(api.final(alive())),
    free() {
      if (pointer) api.free(pointer)
      pointer = null
    },
  }
}

type Api = ReturnType<typeof bind>

function bind(library: string) {
  const lib = koffi.load(library)
  koffi.opaque('VoskModel')
  koffi.opaque('VoskRecognizer')
  const of = (name: string) => lib.func(name)
  return {
    setLogLevel: of('void vosk_set_log_level(int)'),
    modelNew: of('VoskModel *vosk_model_new(const char *)'),
    findWord: of('int vosk_model_find_word(VoskModel *, const char *)'),
    newOpen: of('VoskRecognizer *vosk_recognizer_new(VoskModel *, float)'),
    newWithGrammar: of('VoskRecognizer *vosk_recognizer_new_grm(VoskModel *, float, const char *)'),
    setWords: of('void vosk_recognizer_set_words(VoskRecognizer *, int)'),
    setMaxAlternatives: of('void vosk_recognizer_set_max_alternatives(VoskRecognizer *, int)'),
    accept: of('int vosk_recognizer_accept_waveform(VoskRecognizer *, const uint8_t *, int)'),
    result: of('const char *vosk_recognizer_result(VoskRecognizer *)'),
    partial: of('const char *vosk_recognizer_partial_result(VoskRecognizer *)'),
    final: of('const char *vosk_recognizer_final_result(VoskRecognizer *)'),
    free: of('void vosk_recognizer_free(VoskRecognizer *)'),
  }
}

/** On a thread of libuv's pool; calls on one recogniser must not overlap. */
function later<T>(
  call: { async: (...args: unknown[]) => unknown },
  ...args: unknown[]
): Promise<T> {
  return new Promise((resolve, reject) => {
    call.async(...args, (error: unknown, value: T) => {
      if (error) reject(error instanceof Error ? error : new Error('libvosk failed'))
      else resolve(value)
    })
  })
}
