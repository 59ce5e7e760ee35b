/**
 * A mail as a page an agent may open: its formatting, quotations and all, and nothing that runs, loads or
 * submits. It is opened sandboxed (gateway/http), and stays harmless where somebody saves it.
 */
import sanitizeHtml from 'sanitize-html'
import { escapeHtml } from './escape-html.ts'
import type { Mail } from './read-mail.ts'
import type { MailWords } from './words.ts'

/** Pictures within the HTML become part of the page, as far as this goes. */
const MAX_PICTURES_BYTES = 2 * 1024 * 1024
const PICTURES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])

const COLOUR = [/^#[0-9a-f]{3,8}$/i, /^rgba?\([\d\s.,%]+\)$/i, /^[a-z]{3,20}$/i]
const LENGTH = [
  /^-?[\d.]{1,6}(?:px|pt|em|rem|%)?$/i,
  /^(?:auto|normal|small|medium|large|x-large)$/,
]

export function fullView(mail: Mail, words: MailWords, checks: string | undefined): string {
  const rows: [string, string | undefined][] = [
    [words.from, mail.from && `${mail.from.name} <${mail.from.address}>`.trim()],
    [words.to, mail.headers.get('to')?.[0]],
    ['Cc', mail.headers.get('cc')?.[0]],
    [words.date, mail.date],
    [words.subject, mail.subject],
    [words.checks, checks],
  ]
  const head = rows
    .filter((row): row is [string, string] => Boolean(row[1]))
    .map(
      ([name, value]) =>
        `<tr><th>${escapeHtml(name)}</th><td>${escapeHtml(value.slice(0, 1_000))}</td></tr>`,
    )
    .join('')
  const body = mail.html
    ? sanitised(mail, words)
    : `<pre style="white-space:pre-wrap;font:inherit">${escapeHtml(mail.text)}</pre>`
  return [
    '<!doctype html><html><head><meta charset="utf-8">',
    // again here, for the page that was saved and is opened from a disk
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">`,
    `<meta name="referrer" content="no-referrer"><title>${escapeHtml(mail.subject)}</title>`,
    '<style>body{font:15px/1.6 sans-serif;margin:24px;max-width:960px}',
    'th{text-align:start;vertical-align:top;color:#555;font-weight:normal;padding-inline-end:16px;white-space:nowrap}',
    'header{border-bottom:1px solid #ddd;margin-bottom:16px;padding-bottom:12px}img{max-width:100%}</style></head>',
    `<body><header><table>${head}</table></header><main>${body}</main></body></html>\n`,
  ].join('')
}

function sanitised(mail: Mail, words: MailWords): string {
  const pictures = picturesOf(mail)
  return sanitizeHtml(mail.html, {
    allowedTags: [
      ...['p', 'div', 'span', 'br', 'hr', 'a', 'b', 'strong', 'i', 'em', 'u', 's', 'sub', 'sup'],
      ...[
        'h1',
        'h2',
        'h3',
        'h4',
        'h5',
        'h6',
        'ul',
        'ol',
        'li',
        'dl',
        'dt',
        'dd',
        'blockquote',
        'pre',
      ],
      ...[
        'code',
        'table',
        'thead',
        'tbody',
        'tfoot',
        'tr',
        'td',
        'th',
        'caption',
        'img',
        'font',
        'center',
      ],
      ...['small', 'big', 'del', 'ins', 'section', 'article'],
    ],
    nonTextTags: [
      'script',
      'style',
      'textarea',
      'option',
      'noscript',
      'title',
      'xml',
      'template',
      'svg',
      'math',
    ],
    allowedAttributes: {
      a: ['href', 'rel', 'target'],
      img: ['src', 'alt', 'width', 'height'],
      td: ['colspan', 'rowspan', 'align', 'valign', 'width', 'bgcolor', 'style'],
      th: ['colspan', 'rowspan', 'align', 'valign', 'width', 'bgcolor', 'style'],
      table: ['border', 'cellpadding', 'cellspacing', 'width', 'align', 'bgcolor', 'style'],
      font: ['color', 'size'],
      '*': ['style', 'dir', 'lang'],
    },
    allowedStyles: {
      '*': {
        color: COLOUR,
        'background-color': COLOUR,
        'text-align': [/^(?:left|right|center|justify|start|end)$/],
        'font-weight': [/^(?:bold|normal|[1-9]00)$/],
        'font-style': [/^(?:italic|normal)$/],
        'text-decoration': [/^(?:underline|line-through|none)$/],
        'font-size': LENGTH,
        'line-height': LENGTH,
        width: LENGTH,
        'max-width': LENGTH,
        'padding-left': LENGTH,
        'margin-left': LENGTH,
      },
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['data'] },
    allowProtocolRelative: false,
    enforceHtmlBoundary: true,
    nestingLimit: 60,
    transformTags: {
      a: (tagName, attribs) => ({
        tagName,
        attribs: { ...attribs, rel: 'noopener noreferrer nofollow', target: '_blank' },
      }),
      img: (_tagName, attribs) => picture(attribs, pictures, words),
    },
  })
}

/** A remote picture tells its sender who reads, when and where: its words stand for it. */
function picture(
  attribs: sanitizeHtml.Attributes,
  pictures: Map<string, string>,
  words: MailWords,
): sanitizeHtml.Tag {
  const { src = '', alt = '', width = '', height = '' } = attribs
  const known = /^cid:/i.test(src) ? pictures.get(src.slice(4)) : undefined
  const data = known ?? (/^data:image\/(?:png|jpeg|gif|webp);base64,/i.test(src) ? src : undefined)
  if (data) return { tagName: 'img', attribs: { src: data, alt, width, height } }
  const told = [words.pictureHidden, alt].filter(Boolean).join(': ')
  // one pixel is there to be counted, not to be seen
  const pixel = Number(width) <= 2 && Number(height) <= 2 && width !== '' && height !== ''
  return { tagName: 'span', attribs: {}, ...(!pixel && { text: `[${told}]` }) }
}

function picturesOf(mail: Mail): Map<string, string> {
  const pictures = new Map<string, string>()
  let left = MAX_PICTURES_BYTES
  for (const { cid, mime, content } of mail.attachments) {
    if (!cid || !PICTURES.has(mime) || content.length > left) continue
    left -= content.length
    pictures.set(cid, `data:${mime};base64,${content.toString('base64')}`)
  }
  return pictures
}
