/** What a document may be. Beyond it lies no manual of a hotline, only what is made to hurt. */
export const MAX_DOCUMENT_BYTES = 10 * 1024 * 1024
/** of a zip, all that is read of it, unpacked; the two megabytes of a long novel are about twenty as .docx */
export const MAX_UNPACKED_BYTES = 48 * 1024 * 1024
export const MAX_ZIP_ENTRIES = 5000
/** a paragraph or a cell */
export const MAX_PIECE_CHARS = 20_000
export const MAX_CHARS = 2_000_000
export const MAX_PARAGRAPHS = 20_000
export const MAX_ROWS = 20_000
export const MAX_COLUMNS = 200
