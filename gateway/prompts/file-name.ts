/**
 * The name a recording of a prompt is uploaded under, without its ending: `hotline.hello.prompt.zh-CN`. Ids of
 * flows and blocks have no dots, so it can be taken apart again.
 */
export function fileNameOf(at: {
  flowId: string
  block?: string
  field: string
  lang: string
}): string {
  return [at.flowId, at.block ?? '', at.field, at.lang].join('.')
}

/** What the file at hand would be called: the ending and what computers append to copies are taken off. */
export const stemOf = (fileName: string): string =>
  (fileName.split(/[\\/]/).at(-1) ?? '')
    .replace(/\.(wav|mp3|flac|ogg|oga|opus|webm|amr|m4a|aac)$/i, '')
    .replace(/\s*\(\d+\)$/, '')
    .trim()
