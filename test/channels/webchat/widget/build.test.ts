import { expect } from 'chai'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

type BuildWidget = (outDir: string) => Promise<Record<string, number>>

describe('web chat widget: the build', () => {
  let out = ''
  let sizes: Record<string, number> = {}
  before(async () => {
    out = await mkdtemp(join(tmpdir(), 'yilu-widget-'))
    const script = new URL('../../../../scripts/build-widget.mjs', import.meta.url).href
    const { buildWidget } = (await import(script)) as { buildWidget: BuildWidget }
    sizes = await buildWidget(out)
  })
  after(() => rm(out, { recursive: true, force: true }))

  const text = (name: string) => readFile(join(out, 'webchat', name), 'utf8')

  it('makes its files, the loader within 5 kB', async () => {
    expect((await readdir(join(out, 'webchat'))).sort()).to.deep.equal([
      'app.css',
      'app.js',
      'call.css',
      'call.html',
      'call.js',
      'demo.css',
      'demo.html',
      'frame.html',
      'loader.js',
    ])
    expect(sizes['loader.js']).to.be.within(1000, 5 * 1024)
    expect(sizes['app.js']).to.be.within(10_000, 60 * 1024)
  })

  it('the pages pass a CSP without inline script and style, and load nothing from elsewhere', async () => {
    for (const name of ['frame.html', 'call.html', 'demo.html']) {
      const html = await text(name)
      expect(html, name).not.to.match(/\sstyle=|<style|\son\w+=|javascript:/i)
      expect(html, name).not.to.match(/<script(?![^>]*\ssrc=)[^>]*>/i)
      expect(html, name).not.to.match(/<(?:script|link|img)[^>]+(?:src|href)="(?:https?:)?\/\//i)
    }
    expect(await text('demo.html')).to.include(
      '<script async src="/webchat/loader.js" data-account="web"></script>',
    )
    const css = (await text('app.css')) + (await text('demo.css'))
    expect(css).not.to.match(/@import|url\(["']?https?:/)
  })

  it('no schema library rides along, and no markup is ever parsed from text', async () => {
    const app = await text('app.js')
    expect(app).not.to.include('ZodError')
    expect((await text('loader.js')) + app.replaceAll('dangerouslySetInnerHTML', '')).not.to.match(
      /insertAdjacentHTML|document\.write|\beval\(|new Function/,
    )
  })
})
