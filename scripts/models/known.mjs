/**
 * Models of alphacephei.com/vosk/models that are known here by their SHA-256, all Apache-2.0. Sizes and sums were
 * compared with several independent projects that pin the same files.
 */
export const KNOWN = {
  zh: {
    name: 'vosk-model-small-cn-0.22',
    url: 'https://alphacephei.com/vosk/models/vosk-model-small-cn-0.22.zip',
    bytes: 43_898_754,
    sha256: '3af8b0e7e0f835ae9d414ce5df580237a3cfb08d586c9fbbb0f7ff29ad5b14ba',
  },
  en: {
    name: 'vosk-model-small-en-us-0.15',
    url: 'https://alphacephei.com/vosk/models/vosk-model-small-en-us-0.15.zip',
    bytes: 41_205_931,
    sha256: '30f26242c4eb449f948e42cb302dd7a686cb29a3423a8367f99ff41780942498',
  },
}

/** Lies in a model of synthetic voices (scripts/test-model); media/asr/installed-models.ts looks for it too. */
export const TEST_MARKER = 'TEST-VOICE-ONLY'
/** Written beside the model's own files; media/asr/installed-models.ts reads it. */
export const MANIFEST = 'yilu-model.json'
