import { convert } from 'html-to-text'

/** something that looks like HTML: a tag, a comment, an entity */
const MARKUP = /<\/?[a-z][^<>]*>|<!--|&(#\d+|#x[\da-f]+|[a-z]{2,8});/i
/** what is not seen but would be: control characters, marks that turn the direction, zero-width spaces */
const INVISIBLE =
  // eslint-disable-next-line no-control-regex -- they are what is taken out
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g

/**
 * Words as they are read by people: HTML becomes its text, scripts and styles nothing. `1 < 2` stays.
 * Line ends become \n, other white space a blank.
 */
export function plainText(text: string): string {
  const bare = MARKUP.test(text)
    ? convert(text, {
        wordwrap: false,
        limits: { maxDepth: 100, maxInputLength: 2_000_000 },
        selectors: [
          { selector: 'a', options: { ignoreHref: true } },
          { selector: 'img', format: 'skip' },
          { selector: 'title', format: 'skip' },
          ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({
            selector,
            options: { uppercase: false },
          })),
        ],
      })
    : text
  return bare
    .replace(/\r\n?/g, '\n')
    .replace(INVISIBLE, '')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim()
}
