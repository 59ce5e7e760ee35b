/** Records a call until it is killed: tells its offer, is told the answer. */
import { once } from 'node:events'
import { createMediaEngine } from '../../../media/engine/engine.ts'

const engine = await createMediaEngine({ recording: { minFreeBytes: 0 } })
const room = await engine.openRoom()
const leg = await room.addRtp()
await room.record(process.argv[2]!, { left: [leg.id], right: [] })
process.send!(leg.offer())
const [answer] = (await once(process, 'message')) as [string]
leg.accept(answer)
process.send!('ready')
