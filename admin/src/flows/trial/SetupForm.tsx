import { Input, Select, Switch } from 'antd'
import { channels } from '../../../../bots/flow/parts.ts'
import type { Channel } from '../../../../bots/flow/parts.ts'
import { useT } from '../../i18n/index.ts'
import { useLabels } from '../../records/useLabels.ts'
import { langsOf } from '../document/new-block.ts'
import { fromWallClock, wallClock } from './clock.ts'
import type { Setup } from './setup.ts'
import { StartVars } from './StartVars.tsx'
import type { useTrial } from './useTrial.ts'
import { WorldAnswers } from './WorldAnswers.tsx'

/** Who comes, how and when, and what the world answers; any change runs the trial again. */
export function SetupForm({ trial }: { trial: ReturnType<typeof useTrial> }) {
  const t = useT('flows/trial')
  const labels = useLabels()
  const { kept, change, timezone, draft, doc, others, as, setAs } = trial
  const { setup } = kept
  const set = (more: Partial<Setup>) =>
    change(({ inputs, setup: before }) => ({ inputs, setup: { ...before, ...more } }))
  const call = (name: 'caller' | 'called', value: string) => {
    const { [name]: _old, ...rest } = setup.call
    set({ call: value ? { ...rest, [name]: value } : rest })
  }
  const contact = (name: string, value: unknown) => {
    const { [name]: _old, ...rest } = setup.contact
    set({ contact: value ? { ...rest, [name]: value } : rest })
  }
  const clock = wallClock(setup.at, timezone)
  return (
    <details className="trial-setup">
      <summary>
        {t('setup')}{' '}
        <span className="quiet">
          {labels.channel(setup.channel)} · {labels.lang(setup.lang)} · {clock.replace('T', ' ')}
        </span>
      </summary>
      <div className="trial-fields">
        <label>
          {t('channel')}
          <Select<Channel>
            value={setup.channel}
            options={channels.map((value) => ({ value, label: labels.channel(value) }))}
            onChange={(channel) => set({ channel })}
          />
        </label>
        <label>
          {t('lang')}
          <Select
            value={setup.lang}
            options={langsOf(draft).map((value) => ({ value, label: labels.lang(value) }))}
            onChange={(lang) => set({ lang })}
          />
        </label>
        <label>
          {t('at')}
          <Input
            type="datetime-local"
            value={clock}
            onChange={({ target }) => {
              const at = fromWallClock(target.value, timezone)
              if (at) set({ at })
            }}
          />
        </label>
        <label>
          {t('others')}
          <Select
            value={as}
            options={(['drafts', 'live'] as const).map((value) => ({
              value,
              label: t(`othersAs.${value}`),
            }))}
            onChange={setAs}
          />
        </label>
        <label>
          {t('caller')}
          <Input
            value={setup.call.caller ?? ''}
            placeholder="13800000000"
            maxLength={20}
            onChange={({ target }) => call('caller', target.value)}
          />
        </label>
        <label>
          {t('called')}
          <Input
            value={setup.call.called ?? ''}
            placeholder="12301"
            maxLength={20}
            onChange={({ target }) => call('called', target.value)}
          />
        </label>
        <label>
          {t('contactName')}
          <Input
            value={String(setup.contact['name'] ?? '')}
            maxLength={60}
            onChange={({ target }) => contact('name', target.value)}
          />
        </label>
        <label>
          {t('contactPhone')}
          <Input
            value={String(setup.contact['phone'] ?? '')}
            maxLength={20}
            onChange={({ target }) => contact('phone', target.value)}
          />
        </label>
        <label className="trial-switch">
          <Switch
            size="small"
            checked={setup.contact['vip'] === true}
            onChange={(vip) => contact('vip', vip)}
          />{' '}
          {t('vip')}
        </label>
      </div>
      {doc && <StartVars doc={doc} vars={setup.vars} onChange={(vars) => set({ vars })} />}
      <WorldAnswers
        docs={doc ? [doc, ...(others.data ?? [])] : []}
        stubs={setup.stubs}
        onChange={(stubs) => set({ stubs })}
      />
    </details>
  )
}
