import type { QueueCard } from '../../../gateway/desk/protocol.ts'
import { clock } from '../desk/duration.ts'
import { pressure } from '../desk/inbox/sections.ts'
import { useName, useT } from '../i18n/index.ts'
import { longestWait } from './figures.ts'

export function QueueTable({ queues, elapsedMs }: { queues: QueueCard[]; elapsedMs: number }) {
  const t = useT('wallboard')
  const words = useT('desk')
  const name = useName()
  if (queues.length === 0) return <p className="wall-empty">{t('noQueues')}</p>
  return (
    <table className="wall-table">
      <thead>
        <tr>
          <th scope="col">{t('queue')}</th>
          <th scope="col">{t('waiting')}</th>
          <th scope="col">{t('ofThemCalls')}</th>
          <th scope="col">{t('offered')}</th>
          <th scope="col">{t('longest')}</th>
          <th scope="col">{t('readyAgents')}</th>
        </tr>
      </thead>
      <tbody>
        {queues.map((queue) => {
          const waitMs = longestWait(queue, elapsedMs)
          const how = pressure(waitMs, queue)
          return (
            <tr key={queue.id} className={`wall-${how}`}>
              <th scope="row">
                {name(queue.name)} {!queue.open && <em>{t('closed')}</em>}
              </th>
              <td>{queue.waiting}</td>
              <td>{queue.calls}</td>
              <td>{queue.offered}</td>
              <td>
                {clock(waitMs)}
                {how !== 'calm' && (
                  <span className="seen-by-readers">{words(`inbox.pressure.${how}`)}</span>
                )}
              </td>
              <td
                className={queue.waiting > 0 && queue.readyAgents === 0 ? 'wall-none' : undefined}
              >
                {queue.readyAgents}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
