import { expect } from 'chai'
import { takeApart } from '../../../gateway/documents/take-apart.ts'
import { cell, docx, paragraph, run, xlsx } from './office-files.ts'

const text = async (bytes: Buffer, name: string) => {
  const read = await takeApart(bytes, name)
  if (read.kind !== 'text') throw new Error('a table')
  return read.paragraphs
}
const table = async (bytes: Buffer, name: string) => {
  const read = await takeApart(bytes, name)
  if (read.kind !== 'table') throw new Error('a text')
  return read.rows
}

describe('a document somebody uploads', function () {
  it('Notepad of a Chinese Windows: GBK', async () => {
    const gbk = Buffer.from('bbb6d3adb9e2c1d90d0a0d0ab3a3b9e6', 'hex')
    expect(await text(gbk, '说明.txt')).to.deep.equal(['欢迎光临', '常规'])
  })

  it('UTF-8 and UTF-16 with their marks, any kind of line end', async () => {
    const lines = '一、退票\r\n二、改签\r三、发票\n\n'
    const marked = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(lines)])
    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(lines, 'utf16le')])
    const big = Buffer.from(wide).swap16()
    for (const bytes of [marked, wide, big]) {
      expect(await text(bytes, 'a.txt')).to.deep.equal(['一、退票', '二、改签', '三、发票'])
    }
  })

  it('CSV as Excel writes it: GBK, quotes, semicolons, line ends within cells', async () => {
    const csv = '问题;答案\n"怎么退票;改签?";"先登录\n再""退票"""\n;\n'
    expect(await table(Buffer.from(csv), 'faq.csv')).to.deep.equal([
      ['问题', '答案'],
      ['怎么退票;改签?', '先登录\n再"退票"'],
    ])
  })

  it('Word: paragraphs in pieces, breaks, tables, text that was struck out left out', async () => {
    const body =
      `<w:p>${run('门票')}${run(' 80 元')}<w:r><w:br/><w:t>老人免票</w:t></w:r></w:p><w:p/>` +
      `<w:p><w:del w:id="1" w:author="x">${'<w:r><w:delText>旧价</w:delText></w:r>'}</w:del>${run('现价')}</w:p>` +
      `<w:tbl><w:tr><w:tc>${paragraph('问')}</w:tc><w:tc>${paragraph('答')}</w:tc></w:tr></w:tbl>`
    expect(await text(docx(body), 'a.docx')).to.deep.equal([
      '门票 80 元\n老人免票',
      '现价',
      '问 答',
    ])
  })

  it('Excel: shared and inline strings, numbers as written, dates, empty cells between', async () => {
    const rows =
      `<row r="1"><c r="A1" t="s"><v>0</v></c>${cell('C1', '答案')}</row>` +
      '<row r="3"><c r="A3"><v>13800138000</v></c><c r="B3" s="1"><v>46296</v></c>' +
      '<c r="C3" t="b"><v>1</v></c></row>'
    const book = xlsx(rows, '<si><t>问题</t></si>')
    expect(await table(book, 'a.xlsx')).to.deep.equal([
      ['问题', '', '答案'],
      ['13800138000', '2026-10-01', 'true'],
    ])
  })

  it('scripts and HTML become words, wherever they are; a sum stays a sum', async () => {
    const nasty = '<b>票价</b><script>alert(1)</script><img src=x onerror=alert(1)> 2 < 3 &amp; 好'
    expect(await text(docx(paragraph(nasty)), 'a.docx')).to.deep.equal(['票价 2 < 3 & 好'])
    expect(
      await text(Buffer.from('1 < 2 > 0\u202e\u0007x'.replace('\u0007', '')), 'a.txt'),
    ).to.deep.equal(['1 < 2 > 0x'])
    expect(await table(Buffer.from(`a,${nasty}`), 'a.csv')).to.deep.equal([
      ['a', '票价 2 < 3 & 好'],
    ])
    const page = '<!doctype html><title>t</title><style>p{}</style><p>第一段</p><p>第二段</p>'
    expect(await text(Buffer.from(page), 'a.txt')).to.deep.equal(['第一段', '第二段'])
  })

  it('is what its bytes are, not what it is called', async () => {
    expect((await takeApart(docx(paragraph('好')), 'a.csv')).kind).to.equal('text')
    expect((await takeApart(xlsx(`<row r="1">${cell('A1', '好')}</row>`), 'a.docx')).kind).to.equal(
      'table',
    )
  })
})
