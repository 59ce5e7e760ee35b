import { Checkbox, Input } from 'antd'
import type { ImportLook } from '../../../../gateway/flows/schema.ts'
import { useT } from '../../i18n/index.ts'
import { Mark } from '../../records/Mark.tsx'
import type { Choices } from './useLook.ts'

interface Props {
  first: ImportLook
  now: ImportLook
  choices: Choices
  onChoose(choices: Choices): void
}

/** The flows of a file: which are new, which replace a draft, under which id, or left out. */
export function ImportFlows({ first, now, choices, onChoose }: Props) {
  const t = useT('flows/library')
  const set = (id: string, as: string | null) =>
    onChoose({ ...choices, ids: { ...choices.ids, [id]: as } })
  return (
    <section aria-label={t('importing.flows')}>
      <h3>{t('importing.flows')}</h3>
      {first.flows.toReversed().map((flow) => {
        const chosen = choices.ids[flow.id]
        const isTaken = chosen !== null
        const seen = now.flows.find(({ id }) => id === flow.id)
        const { replaces } = seen ?? {}
        const problems = seen?.problems.length ?? 0
        return (
          <div key={flow.id} className="import-flow">
            <div>
              <Checkbox
                checked={isTaken}
                disabled={flow.id === first.flow}
                onChange={(event) => set(flow.id, event.target.checked ? flow.id : null)}
              >
                <b>{flow.name}</b>
              </Checkbox>{' '}
              <span className="quiet">{t('importing.facts', flow)}</span>
              {seen && (
                <div>
                  {!replaces ? (
                    <Mark tone="green">{t('importing.isNew')}</Mark>
                  ) : replaces.putAway ? (
                    <Mark tone="red">{t('importing.putAway')}</Mark>
                  ) : replaces.same ? (
                    <Mark>{t('importing.same')}</Mark>
                  ) : (
                    <Mark tone="amber">
                      {t(
                        replaces.added === undefined
                          ? 'importing.replacesUnread'
                          : 'importing.replaces',
                        replaces,
                      )}
                    </Mark>
                  )}{' '}
                  <span className="quiet">
                    {replaces?.liveVersion !== undefined &&
                      t('importing.live', { version: replaces.liveVersion })}{' '}
                    {problems > 0 && t('importing.problems', { count: problems })}
                  </span>
                </div>
              )}
            </div>
            <Input
              style={{ width: 200 }}
              aria-label={`${t('importing.as')}: ${flow.name}`}
              value={isTaken ? (chosen ?? flow.id) : ''}
              disabled={!isTaken}
              spellCheck={false}
              maxLength={64}
              status={/^[A-Za-z0-9][\w-]*$/.test(chosen ?? flow.id) ? '' : 'error'}
              onChange={(event) => set(flow.id, event.target.value)}
            />
          </div>
        )
      })}
    </section>
  )
}
