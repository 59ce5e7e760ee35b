/** What the first page of an Ogg file begins (RFC 3533 §6): its packet names the codec. */
export function oggCodec(bytes: Buffer): 'Opus' | 'Vorbis' | undefined {
  const packet = bytes.toString('latin1', 27 + (bytes[26] ?? 0), 27 + (bytes[26] ?? 0) + 8)
  if (packet.startsWith('OpusHead')) return 'Opus'
  if (packet.startsWith('\x01vorbis')) return 'Vorbis'
  return undefined
}
