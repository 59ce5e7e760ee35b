/**
 * One table of situations for every channel of a provider. The channels play each situation side by side, in one
 * product; how deep each goes is a matter of the rooms' own tests.
 */
import { expect } from 'chai'
import { providerRooms } from '../../../gateway/provider-rooms.ts'
import { ChannelScene } from '../scene.ts'
import { drivers } from './drivers.ts'
import type { Situation } from './situations.ts'
import { situations, situationsWithRest } from './situations.ts'
import { Talk } from './talk.ts'

describe('every channel of a provider', function () {
  this.timeout(120_000)
  let scene: ChannelScene
  const present = drivers.filter(({ missing }) => !missing)
  const talks = new Map<string, Talk>()

  before(async () => {
    for (const driver of present) await driver.load?.()
    scene = await ChannelScene.open({ YILU_PUBLIC_URL: 'https://hotline.example' })
    const { items } = await scene.admin.get<{
      items: { id: string; userName: string; version: number }[]
    }>('/staff')
    const { id, version } = items.find(({ userName }) => userName === 'lin')!
    const roomy = await scene.admin.rest('PATCH', `/staff/${id}`, { version, chatCapacity: 20 })
    expect(roomy.status).to.equal(200)
    for (const driver of present) talks.set(driver.kind, new Talk(scene, driver))
    await Promise.all([...talks.values()].map((talk) => talk.open()))
    for (const talk of talks.values()) await talk.begin()
  })
  after(async () => {
    for (const driver of present) {
      await driver.close()
      await driver.gate?.close()
    }
    await scene.close()
  })

  it('has a driver here, and says why where a situation does not arise', () => {
    const kinds = providerRooms.flatMap((room) => room.kinds.map(({ kind }) => kind))
    expect(drivers.map(({ kind }) => kind).sort()).to.deep.equal(kinds.sort())
    for (const driver of drivers)
      for (const { name, not } of [...situations, ...situationsWithRest]) {
        const why = not?.(driver)
        expect(why === undefined || why.length > 20, `${driver.kind}: ${name}`).to.equal(true)
      }
  })

  for (const situation of situations) table(situation)

  describe('crash between send and record: unknown, or sent again where that shows it once', () => {
    const died = new Map<string, { word: string; messageId: string }>()
    before(async () => {
      await Promise.all(
        [...talks.values()].map(async (talk) => {
          await talk.contactSays(talk.word())
          const word = talk.word()
          const messageId = await talk.diedBeforeRecording(word)
          died.set(talk.driver.kind, { word, messageId })
        }),
      )
      await scene.restart()
    })
    for (const { kind, missing } of drivers)
      it(kind, async function () {
        if (missing) this.skip() // a Debian package is not installed
        const talk = talks.get(kind)!
        const { word, messageId } = died.get(kind)!
        if (kind !== 'directline') {
          const row = await talk.until(() => talk.listed('dead', messageId), 'it to be told')
          expect(row).to.include({ unknown: true })
        } else
          await talk.until(
            async () =>
              ['sent', 'delivered'].includes((await talk.delivery(messageId))?.state ?? ''),
            'it to be sent again',
          )
        expect(talk.shownTimes(word)).to.equal(1)
      })
  })

  for (const situation of situationsWithRest) table(situation)

  it('nothing broke on our side', () => {
    const errors = scene.errors.map(({ msg, err }) => `${msg} ${err?.message}`)
    expect(errors.filter((error) => !/espeak|TTS_DOWN/.test(error))).to.deep.equal([])
  })

  function table({ name, not, play }: Situation): void {
    describe(name, () => {
      let played: Map<string, Promise<unknown>>
      before(() => {
        played = new Map(
          present
            .filter((driver) => !not?.(driver))
            // who fails is told below; the others play on
            .map(({ kind }) => [
              kind,
              play(talks.get(kind)!, scene).catch((error: unknown) => error),
            ]),
        )
      })
      for (const driver of drivers) {
        const { kind, missing } = driver
        // that it gives a reason is tested above
        if (not?.(driver)) continue
        it(kind, async function () {
          if (missing) this.skip() // a Debian package is not installed
          const error = await played.get(kind)
          if (error !== undefined) throw error as Error
        })
      }
    })
  }
})
