/** The product, staffed at any hour, and a browser for the people who use it. */
import type { Browser } from 'playwright-core'
import { SimulatedAgent } from '../harness/agent.ts'
import { runProduct } from '../harness/product.ts'
import type { RunningProduct } from '../harness/product.ts'
import { launchBrowser } from './browser.ts'

export interface Hotline {
  product: RunningProduct
  browser: Browser
  admin: SimulatedAgent
  stop(): Promise<void>
}

export async function runHotline(): Promise<Hotline> {
  const [product, browser] = await Promise.all([runProduct(), launchBrowser()])
  const admin = new SimulatedAgent(product.url)
  await admin.signIn('admin', product.password('admin'))
  await admin.openAllHours()
  return {
    product,
    browser,
    admin,
    async stop() {
      await browser.close()
      await product.stop()
    },
  }
}
