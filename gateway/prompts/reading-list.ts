/** What must be recorded, for the person at the microphone: as a table to fill in, or a page to print. Pure. */
import { secondsOf } from './passages.ts'
import type { PromptView } from './schema.ts'

const words = {
  'zh-CN': {
    title: '录音稿',
    hint: '每条录成一个文件,文件名用“文件名”一栏(.wav、.mp3 均可),全部录完后在“提示语”页批量上传。',
    head: ['文件名', '流程', '模块', '语言', '录音内容', '约(秒)', '状态'],
    states: { recorded: '已录', stale: '文字已改,需重录', synthetic: '未录', missing: '缺文字' },
    variables: '含变量,录音无法念出变量内容',
  },
  en: {
    title: 'Reading list',
    hint: 'Record each line as one file named as in “File” (.wav, .mp3 …), then upload all of them on the Prompts page.',
    head: ['File', 'Flow', 'Block', 'Language', 'To be read', 'About (s)', 'State'],
    states: {
      recorded: 'recorded',
      stale: 'text changed, record again',
      synthetic: 'not recorded',
      missing: 'no text',
    },
    variables: 'has variables, which a recording cannot say',
  },
} as const
type PageLang = keyof typeof words

function rowsOf(prompts: PromptView[], lang: PageLang): string[][] {
  const { states, variables } = words[lang]
  return prompts
    .filter(({ state, inDraft }) => inDraft && state !== 'missing')
    .map((prompt) => [
      prompt.fileName,
      prompt.flowName,
      prompt.label ?? prompt.block ?? '',
      prompt.lang,
      prompt.spoken,
      String(secondsOf(prompt.spoken)),
      [states[prompt.state], ...(prompt.variables ? [variables] : [])].join('; '),
    ])
}

/** UTF-8 with its mark, so that Excel reads it; a cell is never a formula (OWASP, CSV injection). */
export function readingListCsv(prompts: PromptView[], lang: PageLang): string {
  const cell = (text: string) => {
    const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
    return `"${harmless.replaceAll('"', '""')}"`
  }
  const lines = [[...words[lang].head], ...rowsOf(prompts, lang)]
  return `\ufeff${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`
}

/** A page without script and style sheets of others, in order to be printed. */
export function readingListHtml(prompts: PromptView[], lang: PageLang): string {
  const { title, hint, head } = words[lang]
  const line = (cells: readonly string[], tag: 'td' | 'th') =>
    `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`
  const rows = rowsOf(prompts, lang)
  return [
    `<!doctype html><html lang="${lang}"><meta charset="utf-8"><title>${escaped(title)}</title>`,
    `<style>${STYLE}</style><h1>${escaped(title)}</h1><p>${escaped(hint)}</p>`,
    `<table><thead>${line(head, 'th')}</thead><tbody>`,
    ...rows.map((row) => line(row, 'td')),
    '</tbody></table></html>',
  ].join('\n')
}

export const STYLE =
  'body{font:14px/1.5 sans-serif;margin:24px}table{border-collapse:collapse;width:100%}' +
  'th,td{border:1px solid #999;padding:4px 8px;text-align:left;vertical-align:top}' +
  'td:nth-child(1){font-family:monospace;font-size:12px}td:nth-child(5){font-size:16px;width:45%}' +
  'tr{break-inside:avoid}'

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
