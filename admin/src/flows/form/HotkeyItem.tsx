import { Checkbox, Select } from 'antd'
import { channels, hotkeyTargets } from '../../../../bots/flow/parts.ts'
import { useT } from '../../i18n/index.ts'
import { useLabels } from '../../records/useLabels.ts'
import { asList, asObject, asString } from '../doc.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import { blockOptions } from './block-options.ts'
import { KeyBox } from './ChoiceItem.tsx'
import { Fold } from './Fold.tsx'
import { MoreWords } from './MoreWords.tsx'
import { NumberBox, numberNote } from './NumberBox.tsx'
import { ProblemNotes } from './ProblemNotes.tsx'
import { TextBox } from './TextBox.tsx'
import type { PartList } from './usePartList.ts'
import { VariableBox } from './VariableBox.tsx'

interface Props {
  hotkeys: PartList
  at: number
  name: string
}

/** One hotkey: key and words, where it leads; an emergency, heard while waiting, a text command. */
export function HotkeyItem({ hotkeys, at, name }: Props) {
  const t = useT('flows/form')
  const labels = useLabels()
  const { doc } = useFlowEditor()
  const hotkey = hotkeys.list[at]!
  const put = (part: string, value: unknown, merge = false) => hotkeys.put(at, [part], value, merge)
  const priorityNote = numberNote(hotkey['priority'], { min: 0, max: 9 }, t)
  const waiting =
    hotkey['whileQueued'] === 'only' ? 'only' : hotkey['whileQueued'] === true ? 'also' : 'no'
  return (
    <>
      <div className="form-choice">
        <KeyBox
          label={`${name} · ${t('choice.key')}`}
          value={hotkey['dtmf']}
          onChange={(key) => put('dtmf', key || undefined, true)}
        />
        <Select
          className="form-grow"
          showSearch={{ optionFilterProp: 'label' }}
          aria-label={`${name} · ${t('hotkey.target')}`}
          value={asString(hotkey['target']) ?? null}
          options={[
            ...hotkeyTargets.map((value) => ({
              value: value as string,
              label: t(`hotkey.to.${value.slice(1)}`),
            })),
            ...blockOptions(doc),
          ]}
          onChange={(target: string | null) => target !== null && put('target', target)}
        />
      </div>
      <Fold
        title={
          <>
            {t('hotkey.words')} <span className="quiet">· {firstPhrases(hotkey['say'])}</span>
          </>
        }
      >
        <MoreWords label={name} value={hotkey['say']} onChange={(say) => put('say', say)} />
      </Fold>
      <ProblemNotes problems={hotkeys.problemsOf(at)} />
      <Checkbox
        checked={hotkey['emergency'] === true}
        onChange={(event) => put('emergency', event.target.checked || undefined)}
      >
        {t('hotkey.emergency')}
      </Checkbox>
      {hotkey['emergency'] === true && (
        <>
          <p className="form-help">{t('hotkey.emergencyHelp')}</p>
          <NumberBox
            label={`${name} · ${t('hotkey.priority')}`}
            placeholder={t('hotkey.priority')}
            value={hotkey['priority']}
            onChange={(priority) => put('priority', priority, true)}
          />
          <ProblemNotes problems={[]} notes={priorityNote === undefined ? [] : [priorityNote]} />
        </>
      )}
      <Fold title={t('hotkey.more')}>
        <span className="form-help">{t('hotkey.rest')}</span>
        <VariableBox
          write
          label={`${name} · ${t('hotkey.rest')}`}
          value={hotkey['rest']}
          onChange={(rest) => put('rest', rest || undefined, true)}
        />
        <span className="form-help">{t('hotkey.whileQueued')}</span>
        <Select
          className="form-wide"
          aria-label={`${name} · ${t('hotkey.whileQueued')}`}
          value={waiting}
          options={(['no', 'also', 'only'] as const).map((value) => ({
            value,
            label: t(`hotkey.queued.${value}`),
          }))}
          onChange={(next: string) =>
            put('whileQueued', next === 'only' ? 'only' : next === 'also' ? true : undefined)
          }
        />
        <span className="form-help">{t('hotkey.channels')}</span>
        <Select<string[]>
          className="form-wide"
          mode="multiple"
          aria-label={`${name} · ${t('hotkey.channels')}`}
          placeholder={t('hotkey.everywhere')}
          value={asList(hotkey['channels']).map(String)}
          options={channels.map((value) => ({ value, label: labels.channel(value) }))}
          onChange={(list) => put('channels', list.length > 0 ? list : undefined)}
        />
        <span className="form-help">{t('hotkey.id')}</span>
        <TextBox
          label={`${name} · ${t('hotkey.id')}`}
          value={hotkey['id']}
          onChange={(id) => hotkeys.rename(at, id)}
        />
      </Fold>
    </>
  )
}

/** So that one need not unfold hundreds of phrases to see which hotkey it is. */
function firstPhrases(say: unknown): string {
  const phrases = Object.values(asObject(say)).flatMap(asList).map(String)
  return phrases.slice(0, 3).join('、') + (phrases.length > 3 ? '…' : '')
}
