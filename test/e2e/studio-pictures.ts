/** The studio: a flow drawn, its form, a trial beside it, figures on its blocks, and what it draws upon. */
import type { Page } from 'playwright-core'
import { SimulatedChat } from '../harness/chat.ts'
import type { ConsolePage } from './console-page.ts'
import type { Hotline } from './hotline.ts'
import type { Lang } from './words.ts'

/** @param signedIn a console of a member of staff */
export async function takeStudioPictures(
  { product }: Hotline,
  signedIn: (lang: Lang, userName: string) => Promise<ConsolePage>,
  take: (page: Page, name: string) => Promise<void>,
): Promise<void> {
  const visitor = await new SimulatedChat(product.url, 'en').connect()
  await visitor.ask('how do I use the metro', /ride code/)
  await visitor.ask('3', /Goodbye|bye|Thank/i)

  const { page: en } = await signedIn('en', 'su')
  await en.goto(`${product.url}/admin/#/flows/main/canvas`)
  const search = en.locator('.block-search input')
  await search.fill('menu')
  await en.locator('.block-found', { hasText: 'menu' }).first().waitFor()
  await search.press('Enter')
  await en.locator('.form h2').waitFor()
  await take(en, 'studio-canvas-en')
  await en.getByRole('tab', { name: 'Try it' }).click()
  const pane = en.getByRole('region', { name: 'Try it' })
  const write = pane.getByRole('textbox', { name: 'Write as the visitor' })
  await write.fill('how do I use the metro')
  await write.press('Enter')
  await pane
    .getByText(/ride code/)
    .first()
    .waitFor()
  await take(en, 'studio-try-en')

  const zh = await signedIn('zh-CN', 'su')
  for (const [room, name] of [
    ['flows/complaint/outline', 'studio-outline'],
    ['flows/main/versions', 'studio-versions'],
    ['flows/main/figures', 'studio-figures'],
    ['prompts', 'prompts'],
  ] as const) {
    await zh.go(room)
    await zh.page.getByRole('row').or(zh.page.getByRole('treeitem')).nth(1).waitFor()
    await take(zh.page, name)
  }

  await en.goto(`${product.url}/admin/#/settings/sources`)
  await en.getByRole('button', { name: 'Where to stay' }).click()
  await en.getByRole('dialog').getByRole('button', { name: 'Ask' }).click()
  await en.getByRole('dialog').getByText('Answered in').waitFor()
  await take(en, 'sources-en')
}
