/** Files people take for documents of a readable kind, by their first bytes. */
const KINDS: [head: string, name: string][] = [
  ['\xd0\xcf\x11\xe0', '.doc / .xls (97–2003)'],
  ['%PDF', 'PDF'],
  ['{\\rtf', 'RTF'],
  ['\x89PNG', 'PNG'],
  ['\xff\xd8\xff', 'JPEG'],
  ['GIF8', 'GIF'],
  ['Rar!', 'RAR'],
  ['7z\xbc\xaf', '7z'],
  ['\x1f\x8b', 'gzip'],
  ['RIFF', 'WAV'],
  ['\x7fELF', 'ELF'],
  ['MZ', 'EXE'],
]

export function foundInstead(bytes: Buffer): string | undefined {
  const head = bytes.toString('latin1', 0, 8)
  return KINDS.find(([start]) => head.startsWith(start))?.[1]
}
