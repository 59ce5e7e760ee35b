/** The package brings no types; these are the parts used here. */
declare module '@echogarden/espeak-ng-emscripten' {
  export interface EspeakWorker {
    /** 22,050 Hz */
    get_samplerate(): number
    /** words a minute, 175 by default */
    rate: number
    /** 0 … 100 */
    pitch: number
    /** how far the pitch moves, 0 … 100 */
    range: number
    /** @returns 0 when there is such a voice */
    set_voice(name: string): number
    /** Blocks; the callback gets PCM16 as it is made and ends the synthesis by returning true. */
    synthesize(ssml: string, onAudio: (pcm: Int16Array) => boolean): void
  }
  const load: () => Promise<{ eSpeakNGWorker: new () => EspeakWorker }>
  export default load
}
