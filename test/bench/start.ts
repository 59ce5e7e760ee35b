/** From an empty disk to the first answered chat and call: the built product as its own process, several times. */
import { simulateChat } from '../harness/chat.ts'
import { SimulatedPhone } from '../harness/phone.ts'
import { RunningProduct } from '../harness/product.ts'

const RUNS = 5
const columns = {
  readyMs: 'ready (ms)',
  firstChatMs: 'first chat answered (ms)',
  firstCallMs: 'first call answered (ms)',
  firstWordMs: 'its first sound (ms)',
} as const
type Run = Record<keyof typeof columns, number>

export default async function bench(): Promise<void> {
  const phone = await SimulatedPhone.start()
  const runs: Run[] = []
  for (let run = 0; run < RUNS; run++) runs.push(await oneStart(phone))
  await phone.stop()
  const names = Object.keys(columns) as (keyof Run)[]
  console.table(
    runs.map((run) =>
      Object.fromEntries(names.map((name) => [columns[name], Math.round(run[name])])),
    ),
  )
  const median = (name: keyof Run) =>
    Math.round(runs.map((run) => run[name]).sort((a, b) => a - b)[RUNS >> 1]!)
  console.log(
    JSON.stringify({
      bench: 'start',
      ...Object.fromEntries(names.map((name) => [name, median(name)])),
    }),
  )
}

async function oneStart(phone: SimulatedPhone): Promise<Run> {
  const beganMs = performance.now()
  const sinceMs = () => performance.now() - beganMs
  const product = await new RunningProduct({ YILU_DEMO: '0' }).start()
  const readyMs = sinceMs()
  const chat = async () => {
    const visitor = await simulateChat(product.url)
    await visitor.ask('兵马俑门票多少钱', /预约/)
    visitor.cut()
    return sinceMs()
  }
  const call = async () => {
    const calling = await phone.call(product.sipPort)
    const firstCallMs = sinceMs()
    await calling.hearsSound()
    const firstWordMs = sinceMs()
    calling.hangUp()
    await calling.ended
    return { firstCallMs, firstWordMs }
  }
  const [firstChatMs, heard] = await Promise.all([chat(), call()])
  await product.stop()
  return { readyMs, firstChatMs, ...heard }
}
