import type { Channel } from '../../../../../bots/flow/parts.ts'
import type { RecordedTurnView } from '../../../../../gateway/trials/schema.ts'
import { useT } from '../../../i18n/index.ts'
import { Mark } from '../../../records/Mark.tsx'
import { OpenCell } from '../../../records/OpenCell.tsx'
import { useFlowEditor } from '../../editor/flow-editor.ts'
import type { Compared } from '../divergence.ts'
import { inputWords } from '../input-words.ts'
import type { Moment } from '../run.ts'
import { useStepNames } from '../useStepNames.ts'

interface Props {
  now: readonly Moment[]
  then: readonly Moment[]
  recorded: readonly RecordedTurnView[]
  channel: Channel
  differs?: Compared
}

/** Input by input: what was said then, and both ways through the blocks. */
export function Moments({ now, then, recorded, channel, differs }: Props) {
  const t = useT('flows/trial')
  return (
    <ol className="trial-both">
      {recorded.map(({ input, said }, at) => (
        <li key={at} className={at === differs?.way ? 'trial-parts' : undefined}>
          <p className="trial-person">{input ? inputWords(input, channel, t) : t('begins')}</p>
          {said.length > 0 && (
            <p className="trial-then">
              <span className="quiet">{t('saidThen')}</span>{' '}
              {said.map(({ text }) => text).join(' ')}
            </p>
          )}
          <Way label={t('way.then')} moment={then[at]} />
          <Way label={t('way.now')} moment={now[at]} />
          {at === differs?.way && <Mark tone="amber">{t('partsHere')}</Mark>}
          {at === differs?.words && (
            <p>
              <Mark tone="amber">{t('wordsHere')}</Mark>{' '}
              {now[at]?.said.map(({ text }) => text).join(' ')}
            </p>
          )}
        </li>
      ))}
    </ol>
  )
}

function Way({ label, moment }: { label: string; moment: Moment | undefined }) {
  const { flowId, select } = useFlowEditor()
  const named = useStepNames()
  const steps = (moment?.way ?? []).filter(({ port }) => port === undefined)
  return (
    <p className="trial-way">
      <span className="quiet">{label}</span> {steps.length === 0 && '–'}
      {steps.map(({ flow, block }, at) => (
        <span key={at}>
          {at > 0 && ' → '}
          {flow === flowId ? (
            <OpenCell onOpen={() => select([block], { bringIntoView: true })}>
              <span title={block}>{named({ flow, block })}</span>
            </OpenCell>
          ) : (
            <span title={`${flow}/${block}`}>{named({ flow, block })}</span>
          )}
        </span>
      ))}
    </p>
  )
}
