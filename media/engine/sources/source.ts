/** Something that is played to a leg. */
export interface Source {
  /**
   * The next samples into `out` from `from` on.
   * @returns how many; fewer than fit: the end, or more is still on its way (`ended` tells which)
   */
  read(out: Int16Array, from: number): number
  readonly ended: boolean
  /** why it could not be played */
  readonly failed: string | undefined
  close(): void
}
