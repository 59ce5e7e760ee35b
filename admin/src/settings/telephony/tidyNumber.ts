/** A telephone number as people write it, without what only makes it readable: (029) 8888-0000. */
export function tidyNumber(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/[\s().\-\u2010-\u2015]/g, '')
    .replace(/^00/, '+')
}
