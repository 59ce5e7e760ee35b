/** Tells when a caller begins and stops speaking. One instance per listening leg, fed frame by frame. */

export interface SpeechDetector {
  /**
   * @param near 160 samples from the caller, 8 kHz
   * @param far the 160 samples we played to the caller at the same moment, if something plays: their echo is taken out
   * @returns what changed with this frame
   */
  process(near: Int16Array, far: Int16Array | undefined): 'begin' | 'end' | undefined
  /** Listens anew; what is known of the line's echo stays known. */
  reset(): void
}
