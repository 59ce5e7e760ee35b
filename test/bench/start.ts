/** From an empty disk to the first answered chat: the built product as its own process, several times. */
import { simulateChat } from '../harness/chat.ts'
import { RunningProduct } from '../harness/product.ts'

const RUNS = 5

export default async function bench(): Promise<void> {
  const runs: { readyMs: number; firstChatMs: number }[] = []
  for (let run = 0; run < RUNS; run++) {
    const beganMs = performance.now()
    const product = await new RunningProduct({ YILU_DEMO: '0' }).start()
    const readyMs = performance.now() - beganMs
    const visitor = await simulateChat(product.url)
    await visitor.ask('兵马俑门票多少钱', /预约/)
    runs.push({ readyMs, firstChatMs: performance.now() - beganMs })
    visitor.cut()
    await product.stop()
  }
  const median = (key: 'readyMs' | 'firstChatMs') =>
    Math.round(runs.map((run) => run[key]).sort((a, b) => a - b)[RUNS >> 1]!)
  console.table(
    runs.map((run) => ({
      'ready (ms)': Math.round(run.readyMs),
      'first chat answered (ms)': Math.round(run.firstChatMs),
    })),
  )
  console.log(
    JSON.stringify({
      bench: 'start',
      readyMs: median('readyMs'),
      firstChatMs: median('firstChatMs'),
    }),
  )
}
