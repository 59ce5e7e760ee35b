import type { PromptRecordingView } from '../../../gateway/prompts/schema.ts'
import { ApiError } from '../api/error.ts'
import { upload } from '../api/upload.ts'
import { asWav } from './as-wav.ts'

export const RECORDINGS = '/prompts/recordings'
/** offered by the file picker; what the server cannot decode the browser may */
export const ACCEPTED = 'audio/*,.wav,.mp3,.flac,.ogg,.oga,.opus,.webm,.amr,.m4a,.aac,.mp4'

const send = (file: File, onProgress?: (share: number) => void) =>
  upload(file, onProgress, RECORDINGS) as unknown as Promise<PromptRecordingView>

/** Uploads a recording; one of a format that the server does not take is converted here first. */
export async function uploadRecording(
  file: File,
  onProgress?: (share: number) => void,
): Promise<PromptRecordingView> {
  try {
    return await send(file, onProgress)
  } catch (error) {
    const unknown =
      error instanceof ApiError && ['UNSUPPORTED_AUDIO', 'FILE_TYPE'].includes(error.code)
    if (!unknown) throw error
    const wav = await asWav(file).catch(() => undefined)
    if (!wav) throw error
    return send(new File([wav], `${file.name.replace(/\.\w+$/, '')}.wav`), onProgress)
  }
}
