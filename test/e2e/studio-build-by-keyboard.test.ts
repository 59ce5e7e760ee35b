/** The same hotline, from an empty outline to the caller's ear: by keyboard alone, in English. */
import { expect } from 'chai'
import type { Page } from 'playwright-core'
import type { PhoneCall } from '../harness/phone.ts'
import { story } from '../harness/story.ts'
import { violations } from './axe.ts'
import { needsBrowser } from './browser.ts'
import { ConsolePage } from './console-page.ts'
import { Keyboard } from './keyboard.ts'
import { pictureScreens } from './on-failure.ts'
import { degrees, lines, menus, MORE, recording, StudioScene, welcome } from './studio-scene.ts'

/** begin of a block's id → the kind it is found and called by */
const kinds: Record<string, string> = {
  say: 'Say',
  menu: 'Menu',
  query: 'Query data',
  subflow: 'Sub-flow',
  queue: 'To a person',
  end: 'End',
}

/** what a block is called: its kind, numbered from the second on */
const named = (id: string) => {
  const [, type = '', , count] = /^([a-z]+)(_(\d+))?$/.exec(id) ?? []
  return new RegExp(count ? `^${kinds[type]} ${count}\\b` : `^${kinds[type]}\\b(?! \\d)`)
}

describe('a hotline is built in the studio by keyboard alone', function () {
  this.timeout(600_000)
  const FLOW = 'typed'
  let scene: StudioScene
  let page: Page
  let keys: Keyboard
  let caller: PhoneCall

  before(function () {
    needsBrowser(this)
  })
  const chapter = story(
    async () => {
      scene = await StudioScene.open(FLOW)
      const { browser, product } = scene.hotline
      page = (await ConsolePage.open(browser, product.url, 'zh-CN')).page
      keys = new Keyboard(page)
      await keys.watchForMice()
    },
    async () => scene?.stop(),
  )
  afterEach(function () {
    return pictureScreens(this, scene?.hotline.browser)
  })

  chapter('from the sign-in to the empty outline', async () => {
    await keys.activate('button', 'English')
    await keys.fill('User name', 'su')
    await keys.fill('Password', scene.hotline.product.password('su'))
    await keys.press('Enter')
    await page.getByRole('banner').waitFor()
    await keys.activate('link', 'Flows')
    await page.getByRole('heading', { name: 'Flows' }).waitFor()
    await keys.tabTo('link', 'Skip to content', { key: 'Shift+Tab' })
    await keys.press('Enter')
    await keys.activate('button', FLOW)
    await page.getByText('Draw the first block').waitFor()
    await keys.press('Shift+F6')
    await keys.standsOn('tab', /Canvas$/)
    await keys.press('ArrowRight')
    await keys.press('Enter')
    await keys.standsOn('button', 'Add the first block')
    expect(await violations(page)).to.deep.equal([])
  })

  chapter('blocks and their exits', async () => {
    await keys.press('Enter')
    await keys.standsOn('combobox', 'Which block to add')
    await keys.write('Say')
    await keys.press('Enter')
    const there = new Set(['say'])
    let at = 'say'
    for (const line of lines) {
      const [from = '', , to = ''] = line.split(/\.| → /)
      if (at !== from) await goTo(from)
      await stands(from)
      await keys.press('c')
      await keys.standsOn('combobox', 'Exit')
      // not by one Tab: antd's dialog may take the focus once more within its first frame
      await keys.tabTo('combobox', 'Leads to', { most: 4 })
      const kind = kinds[to.replace(/_\d$/, '')]!
      const fresh = { hasText: new RegExp(`^\\s*${kind}$`), hasNot: page.locator('[title]') }
      await (there.has(to) ? keys.choose(option(to), to) : keys.choose(fresh, kind))
      await keys.activate('button', 'Connect')
      at = there.has(to) ? from : to
      there.add(to)
      await stands(at)
    }
    await scene.linesStored()
    expect(await violations(page)).to.deep.equal([])
  })

  chapter('what each says and does, with a recording, from one problem to the next', async () => {
    await panel('Problems')
    const problems = page.locator('.flow-side .problem')
    await problems.filter({ hasText: 'is chosen yet' }).first().waitFor()
    expect(await violations(page)).to.deep.equal([])
    const mend = {
      say: async () => {
        await keys.fill('What is said · Chinese', welcome[0])
        await upload()
        await keys.fill('What is said · English', welcome[1])
      },
      menu: async () => {
        await writeMenu('menu')
        await keys.activate('summary', /^More: /)
        // slow callers
        await keys.fill('No answer after', '300')
      },
      menu_2: () => writeMenu('menu_2'),
      menu_3: () => writeMenu('menu_3'),
      query: async () => {
        await keys.tabTo('combobox', /^Data source/)
        await keys.choose(/weather/)
        await keys.activate('button', /^\+ .*month/i)
        await keys.tabTo('textbox', 'month')
        await keys.rewrite('12')
        await keys.activate('button', 'Create variable “result”')
      },
      subflow: async () => {
        await keys.tabTo('combobox', /^Flow/)
        await keys.choose(/weather/)
      },
      queue: async () => {
        await keys.tabTo('combobox', /^Queue/)
        await keys.choose(/general/)
      },
      say_2: async () => {
        await keys.fill('What is said · Chinese', degrees[0])
        await keys.fill('What is said · English', degrees[1])
      },
    }
    for (const [id, write] of Object.entries(mend)) {
      await keys.tabTo('button', named(id))
      await keys.press('Enter')
      await keys.standsOn('textbox', 'Name')
      await write()
      await panel('Problems')
      const own = problems.getByRole('button', { name: named(id) })
      await own.first().waitFor({ state: 'detached' })
    }
    await panel('Flow')
    await keys.activate('button', 'Add a hotkey')
    await keys.fill(/^Hotkey 1 .* · Key/, '0')
    await keys.tabTo('combobox', /Hotkey 1 .* · Leads to/)
    await keys.choose(/queue/, 'queue')
    await panel('Problems')
    await page.getByText('No problems; ready to publish').waitFor()
    expect(await violations(page)).to.deep.equal([])
  })

  chapter('two trials are kept as its tests', async () => {
    const pane = page.getByRole('region', { name: 'Try it' })
    const writeAsVisitor = async (...words: string[]) => {
      await keys.tabTo('textbox', 'Write as the visitor')
      for (const word of words) {
        await keys.write(word)
        await keys.press('Enter')
      }
    }
    const keep = async (name: string) => {
      await keys.activate('button', 'Save as a test')
      await keys.standsOn('textbox', /Name of the test$/)
      await keys.write(name)
      await keys.press('Enter')
      await keys.standsOn('button', 'Save as a test')
    }
    await panel('Try it')
    await writeAsVisitor('1', '1')
    await pane.getByText('December has -2 to 6 degrees').waitFor()
    await keep('December')
    await keys.backTo('button', 'Start again')
    await keys.press('Enter')
    await keys.backTo('textbox', 'Write as the visitor')
    await writeAsVisitor('2', '1')
    await pane.getByText('Handed over to people, queue “general”').waitFor()
    await keep('a person')
    await keys.backTo('tab', /Talk$/)
    await keys.press('ArrowRight')
    await keys.press('Enter')
    await pane.getByText('All 2 tests pass').waitFor()
    expect(await violations(page)).to.deep.equal([])
    await scene.testsStored('December', 'a person')
  })

  chapter('published, a visitor and a caller meet it at once', async () => {
    await publish('first', 'Version 1 is live')
    caller = await scene.meets()
  })

  chapter(
    'a new version: who is inside finishes on his, who comes gets the new one, until it is rolled back',
    async () => {
      await keys.press('F6')
      await goTo('menu_2')
      await keys.press('Enter')
      await keys.standsOn('textbox', 'Name')
      await keys.tabTo('textbox', 'What is said first · Chinese')
      await keys.press('ControlOrMeta+End')
      await keys.write(MORE)
      await publish('where it is from', 'Version 2 is live')
      await scene.meetsTheSecond(caller)

      await keys.standsOn('button', 'Publish')
      await keys.backTo('tab', /Outline$/)
      await keys.press('ArrowRight', 3)
      await keys.press('Enter')
      await keys.activate('button', 'Roll back to this')
      await keys.standsOn('textbox', 'Why')
      await keys.write('too long')
      expect(await violations(page)).to.deep.equal([])
      await keys.activate('button', 'Roll back to this')
      await page.getByText('Rolled back; version 1 is live').waitFor()
      await scene.meetsTheFirstAgain()
      await keys.sawNoMouse()
    },
  )

  const option = (id: string) => ({ has: page.getByTitle(id, { exact: true }) })
  const stands = (id: string) =>
    page.locator(`[role=treeitem][data-key="block:${id}"]:focus`).waitFor()

  async function goTo(id: string): Promise<void> {
    await keys.press('ControlOrMeta+F')
    await keys.standsOn('combobox', 'Find words, labels, ids')
    await keys.choose(option(id), id)
    await stands(id)
  }

  /** A tab of the panel, from wherever one is in it or in the outline. */
  async function panel(name: string): Promise<void> {
    if (await page.locator('.flow-side :focus').count()) await keys.press('Shift+F6')
    await keys.press('F6')
    await keys.tabTo('tab', new RegExp(`${name}`), { key: 'ArrowRight', most: 5 })
    await keys.press('Enter')
  }

  async function writeMenu(id: string): Promise<void> {
    const [said, ...choices] = menus[id]!
    await keys.fill('What is said first · Chinese', said[0])
    await keys.fill('What is said first · English', said[1])
    for (const [at, [zh, en]] of choices.entries()) {
      await keys.fill(new RegExp(`^Choice ${at + 1} .* · Label · Chinese`), zh)
      await keys.fill(new RegExp(`^Choice ${at + 1} .* · Label · English`), en)
    }
  }

  async function upload(): Promise<void> {
    await keys.activate('summary', 'Sound: read by a voice')
    const chosen = page.waitForEvent('filechooser')
    await keys.activate('button', 'Upload a recording')
    await (await chosen).setFiles(recording)
    await keys.standsOn('button', 'Another file')
  }

  async function publish(note: string, done: string): Promise<void> {
    await keys.press('F6')
    await keys.standsOn('tab', /Outline$/)
    await keys.activate('button', 'Publish')
    await keys.tabTo('textbox', 'What changed')
    await keys.write(note)
    // until rules and tests are through it cannot be pressed
    await page.getByRole('dialog').getByRole('button', { name: 'Publish', disabled: false }).waitFor() // prettier-ignore
    await keys.activate('button', 'Publish')
    await page.getByText(done).waitFor()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
  }
})
