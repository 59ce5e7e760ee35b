/** What the palette drags: a kind of block. */
export const BLOCK_TYPE = 'application/x-yilu-block'
