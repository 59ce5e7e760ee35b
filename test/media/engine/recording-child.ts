/** Records a call until it is killed: tells its offer, is told the answer; tells if the recording fails. */
import { once } from 'node:events'
import { createMediaEngine } from '../../../media/engine/engine.ts'

const engine = await createMediaEngine({ recording: { minFreeBytes: 0 } })
const room = await engine.openRoom()
const leg = await room.addRtp()
const recording = await room.record(process.argv[2]!, { left: [leg.id], right: [] })
recording.onFailed = (reason) => process.send!(`failed: ${reason}`)
process.send!(leg.offer())
const [answer] = (await once(process, 'message')) as [string]
leg.accept(answer)
process.send!('ready')
