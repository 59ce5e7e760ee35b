/** What a file is by its first bytes, for telling people what they have uploaded. */
export function audioKind(bytes: Buffer): string | undefined {
  const head = bytes.toString('latin1', 0, 12)
  if (head.startsWith('ID3') || (bytes[0] === 0xff && (bytes[1]! & 0xe6) === 0xe2)) return 'MP3'
  if (bytes[0] === 0xff && (bytes[1]! & 0xf6) === 0xf0) return 'AAC'
  if (head.startsWith('OggS')) return 'Ogg'
  if (head.startsWith('fLaC')) return 'FLAC'
  if (head.startsWith('#!AMR')) return 'AMR'
  if (head.startsWith('#!SILK') || head.startsWith('\x02#!SILK')) return 'SILK'
  if (head.slice(4, 8) === 'ftyp') return 'M4A / MP4'
  if (head.startsWith('FORM')) return 'AIFF'
  if (head.startsWith('\x1aE\xdf\xa3')) return 'WebM'
  if (head.startsWith('RIFF') && head.slice(8) === 'WAVE') return 'WAV'
  return undefined
}
