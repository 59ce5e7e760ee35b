/** Uploaded recordings as the telephone plays them: brought to 8 kHz once, kept beside the rest of the data. */
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { importAudio } from '../media/prompts/import-audio.ts'
import { fail } from './errors.ts'
import type { Files } from './files/files.ts'

const KNOWN = 2000

const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  )

export class PromptAudio {
  private readonly dir: string
  private readonly files: Files
  /** what was asked for before is played without a question to the store: a caller waits for each */
  private readonly known = new Map<string, string>()
  private readonly making = new Map<string, Promise<string>>()

  constructor(options: { dataDir: string; files: Files }) {
    this.dir = path.join(options.dataDir, 'prompts')
    this.files = options.files
  }

  /** @returns a WAV file, PCM16 mono 8 kHz. @throws NOT_FOUND, UNSUPPORTED_AUDIO */
  async file(blobId: string): Promise<string> {
    const known = this.known.get(blobId)
    if (known && (await isThere(known))) return known
    const found = (await this.files.find(blobId)) ?? fail('NOT_FOUND')
    const target = path.join(this.dir, `${found.sha256}.wav`)
    this.known.set(blobId, target)
    if (this.known.size > KNOWN) this.known.delete(this.known.keys().next().value!)
    if (await isThere(target)) return target
    const making =
      this.making.get(target) ??
      this.make(this.files.localPath(found), target).finally(() => this.making.delete(target))
    this.making.set(target, making)
    return making
  }

  /** The file itself was removed; the converted one goes when nobody asks for it by another name. */
  async forget(blobId: string): Promise<void> {
    const target = this.known.get(blobId)
    this.known.delete(blobId)
    if (target && ![...this.known.values()].includes(target)) await rm(target, { force: true })
  }

  private async make(source: string, target: string): Promise<string> {
    const { wav } = await importAudio(await readFile(source))
    await mkdir(this.dir, { recursive: true })
    const half = `${target}.new`
    await writeFile(half, wav)
    await rename(half, target)
    return target
  }
}
