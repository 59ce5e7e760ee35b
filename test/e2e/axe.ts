/** axe-core on what a page shows now. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Frame, Page } from 'playwright-core'
import type { AxeResults } from 'axe-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']

/** @returns one line per violation: the rule, and where */
export async function violations(page: Page | Frame): Promise<string[]> {
  // evaluated, not added as a <script>: the page's CSP forbids those
  await page.evaluate(source)
  const options = { runOnly: { type: 'tag', values: TAGS }, resultTypes: ['violations'] }
  const { violations: found } = await page.evaluate<AxeResults>(
    `axe.run(document, ${JSON.stringify(options)})`,
  )
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary, html }) =>
      [id, target.join(' '), html.slice(0, 160), failureSummary?.split('\n').at(-1)?.trim()].join(
        ' | ',
      ),
    ),
  )
}
