import { expect } from 'chai'
import {
  sampleFlows,
  sampleQueues,
  sampleSchedules,
  sampleSources,
  sampleTicketKinds,
} from '../../bots/samples/hotline/index.ts'
import type { Checked } from '../../gateway/flows/publication.ts'
import { Publication } from '../../gateway/flows/publication.ts'
import { Flows } from '../../gateway/flows/flows.ts'
import { createBus } from '../../gateway/bus/bus.ts'
import { openTemporaryStore } from '../intake/temporary-store.ts'

const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id)

describe('the sample hotline before the gate that every flow must pass', function () {
  this.timeout(60_000)
  let store: { close(): Promise<void> }
  let publication: Publication

  before(async () => {
    store = await openTemporaryStore()
    const bus = createBus((_topic, error) => {
      throw error
    })
    const now = () => Date.UTC(2030, 0, 1)
    const flows = new Flows({
      ...{ bus, now },
      environment: async () => ({
        queues: ids(sampleQueues),
        schedules: ids(sampleSchedules),
        sources: ids(sampleSources),
        ticketKinds: ids(sampleTicketKinds),
        mailboxes: ['general'],
      }),
    })
    await flows.seed(sampleFlows, 'Yilu')
    await flows.changed('')
    publication = new Publication({ flows, now })
  })
  after(() => store.close())

  for (const doc of sampleFlows)
    it(`${doc.id}: no errors, its ${doc.tests?.length} tests pass, all it calls is published`, async () => {
      const { problems, tests, unpublished }: Checked = await publication.check(doc)
      // ten keys are what the hotline has had for years
      expect(problems.filter(({ code }) => code !== 'MENU_LONG')).to.deep.equal([])
      expect(tests).to.include({ state: 'passed' })
      expect('report' in tests && tests.report.tests.length).to.equal(doc.tests!.length)
      expect(unpublished).to.deep.equal([])
    })
})
