import { useT } from '../../i18n/index.ts'
import { ContextList } from '../../desk/side/ContextList.tsx'
import { wallClock } from './clock.ts'
import type { Moment } from './run.ts'
import { useStepNames } from './useStepNames.ts'
import { writtenValue } from './value-text.ts'

/** Behind the words: where it stands, what it knows, what was asked of the world, what the agent gets. */
export function Facts({ moments, timezone }: { moments: readonly Moment[]; timezone: string }) {
  const t = useT('flows/trial')
  const named = useStepNames()
  const now = moments.at(-1)
  if (!now) return null
  const { state, at, effects } = now
  const handoff = moments
    .flatMap((moment) => moment.effects)
    .findLast((effect) => effect.fx === 'handoff')
  const asked = moments.flatMap((moment) => moment.asked)
  const tickets = asked.filter(({ call }) => call?.kind === 'ticket')
  const marks = effects.filter((effect) => effect.fx === 'track')
  return (
    <div className="trial-facts">
      <p>
        {t('standsAt')} <b title={at?.block}>{at ? named(at) : '–'}</b>{' '}
        <span className="quiet">
          {t(`status.${state.status}`)} · {state.lang} ·{' '}
          {wallClock(new Date(now.nowMs).toISOString(), timezone).replace('T', ' ')}
        </span>
      </p>
      {state.frames.toReversed().map((frame, depth) => (
        <details key={`${frame.flow}${depth}`} open={depth === 0}>
          <summary>
            {t('vars')} <span className="quiet">{frame.flow}</span>
          </summary>
          <dl className="trial-vars">
            {Object.entries(frame.vars).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{writtenValue(value)}</dd>
              </div>
            ))}
            {Object.keys(frame.vars).length === 0 && <dd className="quiet">{t('noVars')}</dd>}
          </dl>
        </details>
      ))}
      {handoff && (
        <details open={state.status === 'queued'}>
          <summary>
            {t('card')} <span className="quiet">{handoff.queue}</span>
          </summary>
          <ContextList context={handoff.context} />
        </details>
      )}
      {tickets.map(({ call, answer }, index) => (
        <details key={index}>
          <summary>{t('ticket')}</summary>
          <dl className="trial-vars">
            {Object.entries(call?.kind === 'ticket' ? call.fields : {}).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{writtenValue(value)}</dd>
              </div>
            ))}
            <div>
              <dt>→</dt>
              <dd>{writtenValue(answer)}</dd>
            </div>
          </dl>
        </details>
      ))}
      {asked.length > tickets.length && (
        <details>
          <summary>{t('asked')}</summary>
          <dl className="trial-vars">
            {asked
              .filter(({ call }) => call?.kind !== 'ticket')
              .map(({ name, answer }, index) => (
                <div key={index}>
                  <dt>{name}</dt>
                  <dd>{writtenValue(answer)}</dd>
                </div>
              ))}
          </dl>
        </details>
      )}
      <details>
        <summary>{t('effects')}</summary>
        <ol className="trial-effects">
          {marks.map(({ event, flow, block, port, data }, index) => (
            <li key={index}>
              {event} <b title={block}>{named({ flow, block })}</b>
              {port !== undefined && ` → ${port}`}{' '}
              {data && <span className="quiet">{JSON.stringify(data)}</span>}
            </li>
          ))}
        </ol>
      </details>
    </div>
  )
}
