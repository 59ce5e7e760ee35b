import { expect } from 'chai'
import { fullView } from '../../../channels/email/full-view.ts'
import type { Mail } from '../../../channels/email/read-mail.ts'
import { wordsOf } from '../../../channels/email/words.ts'

const mail = (fields: Partial<Mail>): Mail => ({
  from: { address: 'li@example.com', name: 'Li' },
  recipients: [],
  references: [],
  inReplyTo: [],
  subject: 'Tickets',
  date: '',
  headers: new Map(),
  text: '',
  html: '',
  attachments: [],
  ...fields,
})
const page = (html: string, more: Partial<Mail> = {}) =>
  fullView(mail({ html, ...more }), wordsOf('en'), undefined)

describe('a mail as a page an agent opens', () => {
  it('nothing runs, loads, submits or redirects', () => {
    const hostile = [
      '<script>alert(1)</script>',
      '<img src=x onerror=alert(1)>',
      '<svg><script>alert(1)</script></svg>',
      '<iframe src="https://evil.example"></iframe>',
      '<a href="javascript:alert(1)">x</a>',
      '<a href="data:text/html,<script>alert(1)</script>">x</a>',
      '<form action="https://evil.example"><input name=q></form>',
      '<meta http-equiv=refresh content="0;url=https://evil.example">',
      '<link rel=stylesheet href="https://evil.example/x.css">',
      '<style>@import "https://evil.example/x.css"</style>',
      '<p style="background:url(https://evil.example/x.png)">x</p>',
      '<p style="width:expression(alert(1))">x</p>',
      '<base href="https://evil.example/">',
      '<object data="https://evil.example/x"></object><embed src="https://evil.example/x">',
      '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>',
      '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
      '<div style="position:fixed;top:0">x</div>',
      '<img src="data:image/svg+xml;base64,PHN2Zz4=">',
    ]
    for (const html of hostile) {
      const shown = page(html).slice(page('').indexOf('<main>'))
      expect(shown, html).to.not.match(
        /<(?:script|svg|iframe|form|input|meta|link|style|base|object|embed|math|noscript)|onerror=|javascript:|evil\.example\/|expression|position|svg\+xml/i,
      )
    }
  })

  it('remote pictures are not asked for; their words and those within the mail are shown', () => {
    const content = Buffer.from('89504e47', 'hex')
    const shown = page(
      '<p>see</p><img src="https://shop.example/a.png" alt="Map"><img src="cid:1@x"><img src="https://t.example/p.gif" width=1 height=1>',
      { attachments: [{ name: 'a.png', mime: 'image/png', content, cid: '1@x' }] },
    )
    expect(shown).to.include('[remote picture not loaded: Map]')
    expect(shown).to.include('src="data:image/png;base64,iVBORw=="')
    expect(shown).to.not.include('t.example')
    expect(shown).to.not.include('shop.example')
  })

  it('formatting stays', () => {
    const shown = page(
      '<table><tr><td style="color:#f00;text-align:right">1</td></tr></table><b>x</b>',
    )
    expect(shown).to.include('<td style="color:#f00;text-align:right">1</td>')
    expect(shown).to.include('<b>x</b>')
  })

  it('a mail of words, and what it says of itself, is text', () => {
    const shown = fullView(
      mail({
        text: '1 < 2 & <b>',
        subject: '</title><script>',
        from: { address: 'a@b.c', name: '<i>' },
      }),
      wordsOf('zh-CN'),
      'DMARC fail',
    )
    expect(shown).to.include('1 &lt; 2 &amp; &lt;b&gt;')
    expect(shown).to.not.include('<script>')
    expect(shown).to.include('&lt;i&gt; &lt;a@b.c&gt;')
    expect(shown).to.include('DMARC fail')
  })
})
