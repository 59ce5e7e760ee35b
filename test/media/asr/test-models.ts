import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { AsrProvider } from '../../../media/asr/asr.ts'
import { voskLibrary } from '../../../media/asr/vosk/library.ts'
import { join, overG711, silence } from '../vad/sounds.ts'

/** A tiny model of synthetic voices, made by scripts/test-model; understands some words of Mandarin and English. */
export const TEST_MODEL = 'test/assets/vosk-test-model.tar.gz'

/** Puts the test model in place for these locales, as an operator would. @returns the folder of models */
export function installTestModel(...locales: string[]): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'yilu-models-'))
  addTestModel(dir, ...locales)
  return dir
}

/** @param dir folder of models, `models` in a product's data folder */
export function addTestModel(dir: string, ...locales: string[]): void {
  const sum = createHash('sha256').update(readFileSync(TEST_MODEL)).digest('hex')
  for (const locale of locales) {
    const what = ['add', locale, '--from', TEST_MODEL, '--sha256', sum, '--dir', dir]
    execFileSync(process.execPath, ['scripts/models.mjs', ...what])
  }
}

/** For `this.skip()` where libvosk has no build for this machine, or npm left it out. */
export const noLibvosk = (): boolean => 'missing' in voskLibrary()

/** Resolves when all these locales are understood. */
export async function understood(asr: AsrProvider, ...locales: string[]): Promise<void> {
  while (!locales.every((locale) => asr.locales().includes(locale))) {
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** What a caller's line brings: a moment of silence, the words through G.711, silence. */
export const line = (words: Int16Array, afterMs = 1500): Int16Array =>
  overG711(join(silence(300), words, silence(afterMs)))
