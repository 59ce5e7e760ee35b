/**
 * The flow editor with 300 blocks in a real Chromium: how long frames last while one pans, drags a block and types into
 * a form, with all blocks in view and near by; and how long the layout takes. Without a GPU, as in CI: figures are
 * for comparing, not what a desktop sees.
 */
import type { Page } from 'playwright-core'
import { cardOf } from '../../admin/src/flows/canvas/card.ts'
import { blocksOf } from '../../admin/src/flows/doc.ts'
import type { Doc } from '../../admin/src/flows/doc.ts'
import { layout } from '../../admin/src/flows/document/layout.ts'
import { largeFlow } from '../bots/flow/bench-documents.ts'
import { ConsolePage } from '../e2e/console-page.ts'
import { runHotline } from '../e2e/hotline.ts'
import { until } from '../e2e/until.ts'
import { percentile } from './measure/percentile.ts'

const BLOCKS = 300
const LAYOUTS = 15
const STEPS = 120
const TYPED = '您好,门票请按一,交通请按二。'
/** a busy machine takes its time: that is what is measured */
const PATIENCE_MS = 120_000

export default async function bench(): Promise<void> {
  const doc = { ...largeFlow(BLOCKS), id: 'large' } as unknown as Doc
  const layoutMs = median(Array.from({ length: LAYOUTS }, () => timeOfLayout(doc)))
  const hotline = await runHotline()
  const rows: Record<string, Frames> = {}
  let openMs: number
  try {
    const { admin, browser, product } = hotline
    await admin.rest('POST', '/flows', { id: 'large', name: 'large', kind: 'main' })
    const { draftVersion } = await admin.get<{ draftVersion: number }>('/flows/large/draft')
    await admin.rest('PUT', '/flows/large/draft', { draftVersion, doc })
    const desk = await ConsolePage.open(browser, product.url, 'en')
    await desk.signIn('admin', `${product.password('admin')}-next`)
    const { page } = desk
    const began = performance.now()
    await page.goto(`${product.url}/admin/#/flows/large/canvas`)
    const near = page.locator('.react-flow__node[data-id="b0"]')
    await near.waitFor()
    openMs = performance.now() - began
    // the checks of the flow come in once; what is measured is what one does
    await page.waitForLoadState('networkidle')

    const head = (await near.boundingBox())!
    rows['pan, near'] = await frames(page, () =>
      drag(page, { x: head.x + 40, y: head.y - 80 }, 400),
    )
    await near.scrollIntoViewIfNeeded()
    const moved = (await near.boundingBox())!
    rows['drag a block, near'] = await frames(page, () => drag(page, { x: moved.x + 60, y: moved.y + 14 }, 120)) // prettier-ignore
    await near.click({ position: { x: 60, y: 14 } })
    const field = page.locator('.flow-side textarea').first()
    await field.waitFor()
    rows['type in a form'] = await frames(page, () => field.pressSequentially(TYPED, { delay: 25, timeout: PATIENCE_MS })) // prettier-ignore

    await page.getByRole('button', { name: 'See all' }).click()
    const drawn = page.locator('.react-flow__node')
    await until(async () => (await drawn.count()) >= BLOCKS, 'all blocks to be drawn')
    const box = (await page.locator('.canvas').boundingBox())!
    rows['pan, all in view'] = await frames(page, () => drag(page, { x: box.x + 20, y: box.y + 90 }, 300)) // prettier-ignore
    const far = (await near.boundingBox())!
    rows['drag a block, all in view'] = await frames(page, () => drag(page, { x: far.x + far.width / 2, y: far.y + 3 }, 80)) // prettier-ignore
  } finally {
    await hotline.stop()
  }
  console.table({
    ...Object.fromEntries(Object.entries(rows).map(([what, { count, ...ms }]) => [what, { frames: count, ...ms }])), // prettier-ignore
    'layout of 300 blocks': { p50Ms: layoutMs },
    'open the canvas': { p50Ms: Math.round(openMs) },
  })
  const named = (what: string) => rows[what]!
  console.log(
    JSON.stringify({
      bench: 'editor',
      blocks: BLOCKS,
      layoutMs,
      openMs: Math.round(openMs),
      pan: named('pan, near'),
      drag: named('drag a block, near'),
      type: named('type in a form'),
      panAll: named('pan, all in view'),
      dragAll: named('drag a block, all in view'),
    }),
  )
}

interface Frames {
  count: number
  p50Ms: number
  p95Ms: number
  maxMs: number
}

/** Time between frames while something is done. */
async function frames(page: Page, act: () => Promise<void>): Promise<Frames> {
  await page.evaluate(`
    window.benchFrames = []
    window.benchRuns = true
    let last = performance.now()
    const tick = (now) => {
      window.benchFrames.push(now - last)
      last = now
      if (window.benchRuns) requestAnimationFrame(tick)
    }
    requestAnimationFrame(tick)
  `)
  await act()
  const times = await page.evaluate<number[]>(
    'window.benchRuns = false; window.benchFrames.slice(1)',
  )
  return {
    count: times.length,
    p50Ms: rounded(percentile(times, 0.5)),
    p95Ms: rounded(percentile(times, 0.95)),
    maxMs: rounded(Math.max(...times)),
  }
}

async function drag(page: Page, from: { x: number; y: number }, by: number): Promise<void> {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(from.x + by, from.y + by / 3, { steps: STEPS })
  await page.mouse.move(from.x, from.y, { steps: STEPS })
  await page.mouse.up()
}

function timeOfLayout(doc: Doc): number {
  const blocks = blocksOf(doc)
  const looks = { lang: 'zh-CN', callees: new Map(), unfolded: new Set<string>() }
  const sizes = new Map(Object.entries(blocks).map(([id, block]) => [id, cardOf(id, block, looks).size])) // prettier-ignore
  const began = performance.now()
  layout(doc, (id) => sizes.get(id)!)
  return performance.now() - began
}

const rounded = (ms: number) => Math.round(ms * 10) / 10
const median = (values: number[]) => rounded(percentile(values, 0.5))
