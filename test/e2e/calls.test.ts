/**
 * Calls in real consoles: a telephone outside, an agent's and a team leader's Chromium. Everybody hums a tone
 * of their own, so who hears whom is read off what arrives.
 */
import { readFile } from 'node:fs/promises'
import { expect } from 'chai'
import type { Browser } from 'playwright-core'
import { SimulatedAgent } from '../harness/agent.ts'
import { trunkTo } from '../harness/desk-calls.ts'
import type { PhoneCall } from '../harness/phone.ts'
import { SimulatedPhone } from '../harness/phone.ts'
import type { RunningProduct } from '../harness/product.ts'
import { runProduct } from '../harness/product.ts'
import { needsBrowser } from './browser.ts'
import { launchPhoneBrowser, PhoneConsole } from './phone-console.ts'
import { pictureScreens } from './on-failure.ts'
import { until } from './until.ts'

const TOURIST = 400
const AGENT = 700
const LEADER = 1100
const THIRD = 1500
/** stereo, 16 bits, 8 kHz */
const BYTES_PER_SECOND = 32_000

describe('calls in two real consoles', function () {
  this.timeout(120_000)
  let product: RunningProduct
  let browser: Browser
  let admin: SimulatedAgent
  let tourist: SimulatedPhone
  let third: SimulatedPhone
  let lin: PhoneConsole
  let chen: PhoneConsole

  before(async function () {
    needsBrowser(this)
    product = await runProduct()
    browser = await launchPhoneBrowser()
    tourist = await SimulatedPhone.start()
    third = await SimulatedPhone.start()
    admin = await new SimulatedAgent(product.url).signIn('admin', product.password('admin'))
    await admin.openAllHours()
    await trunkTo(admin, third.port)
    const enter = (userName: string, hz: number) =>
      PhoneConsole.enter(browser, product.url, 'en', {
        userName,
        password: product.password(userName),
        hz,
      })
    lin = await enter('lin', AGENT)
    chen = await enter('chen', LEADER)
    await lin.ready()
  })
  after(async () => {
    await browser?.close()
    await tourist?.stop()
    await third?.stop()
    await product?.stop()
  })
  afterEach(async function () {
    await pictureScreens(this, browser)
  })

  async function talk(): Promise<PhoneCall> {
    const call = await tourist.call(product.sipPort)
    await call.hearsSound()
    call.press('0')
    await lin.page.getByRole('button', { name: 'Answer', exact: true }).first().click()
    call.hum(TOURIST)
    await lin.hears(TOURIST)
    await call.hearsTone(AGENT)
    return call
  }

  /** Not even a little of it, for half a second on end. */
  async function hearsNo(call: PhoneCall, hz: number): Promise<void> {
    call.forget()
    await call.until(() => call.chunks >= 8 && call.toneLevel(hz) < 0.05, `no ${hz} Hz`)
  }

  it('agent and caller talk, hold, and talk again', async () => {
    const call = await talk()
    await lin.page.getByText(/^林小雨 answered/).waitFor()
    await lin.press('Hold')
    await lin.hearsNo(TOURIST)
    await hearsNo(call, AGENT)
    await call.hearsSound()
    await lin.press('Retrieve')
    await lin.hears(TOURIST)
    await call.hearsTone(AGENT)
    await lin.press('Mute')
    await hearsNo(call, AGENT)
    await lin.press('Unmute')
    await call.hearsTone(AGENT)
    // how well everybody is heard is told after a few seconds
    await lin.page.getByRole('img', { name: /lost/ }).first().waitFor()
    // a reload of the page brings the line back by itself
    await lin.page.reload()
    await lin.hears(TOURIST)
    await call.hearsTone(AGENT)
    call.hangUp()
    await lin.wrapUp('Answered')
  })

  it('a team leader listens, whispers, barges in and leaves', async () => {
    const call = await talk()
    await chen.page.goto(`${product.url}/admin/#/desk/${lin.conversationId}`)
    await chen.page.getByText('Listen', { exact: true }).click()
    await chen.hears(TOURIST)
    await chen.hears(AGENT)
    await lin.hearsNo(LEADER)
    await hearsNo(call, LEADER)

    await chen.page.getByText('Whisper', { exact: true }).click()
    await lin.hears(LEADER)
    await hearsNo(call, LEADER)

    await chen.page.getByText('Barge in', { exact: true }).click()
    await lin.hears(LEADER)
    await call.until(() => call.toneLevel(LEADER) > 0.2, 'the team leader to be heard')

    await chen.press('Leave the call')
    await lin.hearsNo(LEADER)
    call.hangUp()
    await lin.wrapUp('Answered')
  })

  it('the agent asks a third party, and all three talk', async () => {
    const call = await talk()
    const rings = third.answer()
    await lin.press('Transfer / consult')
    const dialog = lin.page.getByRole('dialog', { name: 'Transfer / consult' })
    await dialog.getByText('Outside number', { exact: true }).click()
    await dialog.getByRole('textbox').first().fill('02988887777')
    await dialog.getByRole('button', { name: 'Consult first' }).click()
    const other = await rings
    other.hum(THIRD)
    await lin.hears(THIRD)
    await other.hearsTone(AGENT)
    await lin.hearsNo(TOURIST)
    await hearsNo(other, TOURIST)
    await hearsNo(call, THIRD)

    await lin.press('Conference')
    await lin.hears(TOURIST)
    await lin.hears(THIRD)
    await other.until(() => other.toneLevel(TOURIST) > 0.2, 'the tourist to be heard')
    await call.until(() => call.toneLevel(THIRD) > 0.2, 'the third party to be heard')

    other.hangUp()
    await lin.hearsNo(THIRD)
    call.hangUp()
    await lin.wrapUp('Answered')
  })

  it('is recorded, and the recording plays in the conversation', async () => {
    const call = await talk()
    const conversationId = lin.conversationId
    call.forget()
    await call.until(() => call.chunks >= 15, 'one and a half seconds of talk')
    call.hangUp()
    await lin.press('Play the recording')
    const player = lin.page.getByRole('region', { name: 'Recording player' })
    const position = async () =>
      Number(await player.getByRole('slider').getAttribute('aria-valuenow'))
    // its waveform is drawn, and nothing of it has been heard yet
    await until(async () => (await player.locator('canvas').count()) > 0, 'the waveform')
    const { items } = await admin.get<{ items: { id: string; durationMs: number }[] }>(
      `/recordings?conversationId=${conversationId}`,
    )
    expect(items).to.have.length(1)
    const { id, durationMs } = items[0]!
    expect(durationMs).to.be.greaterThan(1000)
    expect(await accesses(id)).to.deep.equal([])

    await player.getByRole('button', { name: 'Play', exact: true }).click()
    await until(async () => (await position()) > 0, 'the playing to advance')

    const saved = lin.page.waitForEvent('download')
    await player.getByRole('link', { name: 'Download the recording' }).click()
    const download = await saved
    expect(download.suggestedFilename()).to.match(/\d{8}T\d{6}Z-call-[0-9a-f]+\.wav$/)
    const wav = await readFile(await download.path())
    expect(wav.subarray(0, 4).toString('latin1')).to.equal('RIFF')
    expect(wav.length).to.be.greaterThan((durationMs / 1000) * BYTES_PER_SECOND * 0.9)
    expect((await accesses(id)).sort()).to.deep.equal(['lin download', 'lin listen'])
    await lin.wrapUp('Answered')
  })

  /** Who did what with a recording. */
  async function accesses(id: string): Promise<string[]> {
    const staff = await admin.get<{ items: { id: string; userName: string }[] }>('/staff')
    const { items } = await admin.get<{ items: { staffId: string; what: string }[] }>(
      `/recordings/${id}/access`,
    )
    return items.map(({ staffId, what }) => {
      const by = staff.items.find((each) => each.id === staffId)
      return `${by?.userName} ${what}`
    })
  }
})
