/** What a stored recording holds, fetched as a team leader would. */
import type { SimulatedAgent } from '../../harness/agent.ts'
import { amplitudeOf } from '../../harness/tones.ts'
import type { RecordingView } from '../../../gateway/recordings/schema.ts'
import { readWavHeader } from '../../../media/prompts/wav-header.ts'

const CHUNK = 800
/** an amplitude that is surely heard, of 32767 */
const HEARD = 500

export class RecordedAudio {
  readonly durationMs: number
  /** left: the contact; right: everybody else */
  private readonly channels: Int16Array[]

  constructor(wav: Buffer) {
    const { channels, dataFrom } = readWavHeader(wav)!
    const samples = Math.floor((wav.length - dataFrom) / 2)
    const all = Int16Array.from({ length: samples }, (_, at) => wav.readInt16LE(dataFrom + 2 * at))
    this.channels = Array.from({ length: channels }, (_, channel) =>
      all.filter((_sample, at) => at % channels === channel),
    )
    this.durationMs = samples / channels / 8
  }

  /** how long that tone is heard, in steps of 100 ms */
  msOf(hz: number, side: 'left' | 'right' = 'left'): number {
    const pcm = this.channels[side === 'left' ? 0 : 1]!
    let ms = 0
    for (let at = 0; at + CHUNK <= pcm.length; at += CHUNK)
      if (amplitudeOf(pcm.subarray(at, at + CHUNK), hz) > HEARD) ms += 100
    return ms
  }
}

/** The finished recording of the call of that conversation. */
export async function recordingOf(
  lead: SimulatedAgent,
  conversationId: string,
): Promise<{ view: RecordingView; audio: RecordedAudio }> {
  const find = async () =>
    (
      await lead.get<{ items: RecordingView[] }>(
        `/recordings?conversationId=${conversationId}&kind=call`,
      )
    ).items.find(({ state }) => state !== 'recording')
  let view = await find()
  for (const deadline = Date.now() + 10_000; !view && Date.now() < deadline; view = await find())
    await new Promise((resolve) => setTimeout(resolve, 50))
  if (!view) throw new Error('the recording was never finished')
  return { view, audio: await audioAt(lead, `/recordings/${view.id}/audio`) }
}

export async function audioAt(lead: SimulatedAgent, path: string): Promise<RecordedAudio> {
  const response = await lead.rest('GET', path)
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return new RecordedAudio(Buffer.from(await response.arrayBuffer()))
}
