/** A document as words: paragraphs, or the rows of its table. */
export type ReadDocument =
  { kind: 'text'; paragraphs: string[] } | { kind: 'table'; rows: string[][] }
