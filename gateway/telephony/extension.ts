/** A telephone of our own that registers here: a desk phone or a softphone. */
export interface Extension {
  /** its number, 801; also its user name at the registrar */
  _id: string
  name: string
  /** the member who takes calls on it */
  staffId?: string
  /** H(number:realm:password), see StoredDigest */
  md5: string
  sha256: string
  enabled: boolean
  version: number
}
