import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useId, useState } from 'react'
import type { ReactNode } from 'react'
import { channels } from '../../../../bots/flow/parts.ts'
import { smsSegments } from '../../../../gateway/domain/sms-segments.ts'
import { useT } from '../../i18n/index.ts'
import { useLabels } from '../../records/useLabels.ts'
import { asList, asString, isObject } from '../doc.ts'
import type { Loose } from '../doc.ts'
import type { FlowProblem } from '../editor/flow-editor.ts'
import { AudioSlot } from './AudioSlot.tsx'
import { Cards } from './Cards.tsx'
import type { Path } from './edit-at.ts'
import { isBlank } from './edit-at.ts'
import { ItemList, movedItem } from './ItemList.tsx'
import { TemplateBox } from './TemplateBox.tsx'
import { choiceOf } from './voice-choice.ts'

interface Props {
  lang: string
  /** the prompt's name */
  what: string
  variant: Loose
  problems: readonly FlowProblem[]
  change(inner: Path, value: unknown, merge?: boolean): void
  /** why it stands here although the flow does not speak it */
  stray?: string
  onRemove?(): void
}

/** One prompt in one language: for the eye, for the ear, in other words, for some channels, as a recording. */
export function VariantEditor({ lang, what, variant, problems, change, stray, onRemove }: Props) {
  const t = useT('flows/form')
  const labels = useLabels()
  const id = useId()
  // parts asked for that hold nothing yet
  const [asked, setAsked] = useState<readonly string[]>([])
  const langName = labels.lang(lang)
  const text = asString(variant['text']) ?? ''
  const by = isObject(variant['by']) ? variant['by'] : {}
  const shown = (part: string, value: unknown) => value !== undefined || asked.includes(part)
  const forget = (part: string) => setAsked(asked.filter((each) => each !== part))
  const ask = (part: string) => {
    if (part === 'alternatives') change(['alternatives'], [''])
    else if (part === 'cards') change(['cards'], [{ title: '' }])
    else setAsked([...asked, part])
  }
  const parts = [
    ...(shown('speak', variant['speak']) ? [] : ['speak']),
    ...(variant['alternatives'] === undefined ? ['alternatives'] : []),
    ...(variant['cards'] === undefined ? ['cards'] : []),
  ]
  const otherChannels = channels.filter((channel) => !shown(`by.${channel}`, by[channel]))
  const sms = asString(isObject(by['sms']) ? by['sms']['text'] : undefined) ?? text
  const onPhone = asString(isObject(by['voice']) ? by['voice']['text'] : undefined)
  const recordingStale = problems.some(({ code }) => code === 'STALE_REC')
  const removeBy = (channel: string) => {
    const { [channel]: _gone, ...left } = by
    change(['by'], Object.keys(left).length > 0 ? left : undefined)
    forget(`by.${channel}`)
  }
  return (
    <div className="form-lang" role="group" aria-label={`${what} · ${langName}`}>
      <div className="form-lang-head">
        <label htmlFor={id}>{langName}</label>
        {onRemove && (
          <Button size="small" type="text" icon={<CloseOutlined aria-hidden />} onClick={onRemove}>
            {t('remove')}
          </Button>
        )}
      </div>
      {stray !== undefined && <p className="form-help">{stray}</p>}
      <TemplateBox
        id={id}
        label={`${what} · ${langName}`}
        lang={lang}
        rows={{ min: 2, max: 12 }}
        value={variant['text']}
        onChange={(typed) => change(['text'], typed, true)}
        problems={problems}
        foot={text && t('prompt.count', { count: [...text].length, parts: smsSegments(sms).segments.length })} // prettier-ignore
      />
      <AudioSlot
        lang={lang}
        text={onPhone ?? asString(variant['speak']) ?? text}
        ofText={text}
        value={variant['audio']}
        stale={recordingStale}
        onChange={(audio) => change(['audio'], audio)}
        choice={choiceOf(variant)}
        onChoose={(chosen) => {
          const { voice: _voice, speed: _speed, ...rest } = variant
          change([], { ...rest, ...chosen })
        }}
      />
      {shown('speak', variant['speak']) && (
        <Part
          name={t('prompt.speak')}
          of={langName}
          onRemove={() => {
            change(['speak'], undefined)
            forget('speak')
          }}
        >
          <TemplateBox
            label={`${what} · ${langName} · ${t('prompt.speak')}`}
            lang={lang}
            value={variant['speak']}
            placeholder={t('prompt.speakHint')}
            onChange={(typed) => {
              if (!asked.includes('speak')) setAsked([...asked, 'speak'])
              change(['speak'], typed || undefined, true)
            }}
          />
        </Part>
      )}
      {variant['alternatives'] !== undefined && (
        <Part
          name={t('prompt.alternatives')}
          of={langName}
          help={t('prompt.alternativesHint')}
          onRemove={() => change(['alternatives'], undefined)}
        >
          <ItemList
            count={asList(variant['alternatives']).length}
            nameOf={(at) => t('prompt.alternative', { number: at + 2 })}
            addLabel={t('prompt.addAlternative')}
            onAdd={() => change(['alternatives'], [...asList(variant['alternatives']), ''])}
            onMove={(at, to) =>
              change(['alternatives'], movedItem(asList(variant['alternatives']), at, to))
            }
            onRemove={(at) => {
              const left = asList(variant['alternatives']).filter((_, other) => other !== at)
              change(['alternatives'], left.length > 0 ? left : undefined)
            }}
          >
            {(at) => (
              <TemplateBox
                label={`${what} · ${langName} · ${t('prompt.alternative', { number: at + 2 })}`}
                lang={lang}
                value={asList(variant['alternatives'])[at]}
                onChange={(typed) => change(['alternatives', at], typed, true)}
              />
            )}
          </ItemList>
        </Part>
      )}
      {channels
        .filter((channel) => shown(`by.${channel}`, by[channel]))
        .map((channel) => {
          const own = isObject(by[channel]) ? by[channel] : {}
          const name = t('prompt.on', { channel: labels.channel(channel) })
          const put = (inner: string, value: unknown, merge = false) => {
            setAsked([...new Set([...asked, `by.${channel}`])])
            const next = { ...own, [inner]: value }
            if (value === undefined || value === '') delete next[inner]
            const others = { ...by, [channel]: next }
            if (isBlank(next)) delete others[channel]
            change(['by'], Object.keys(others).length > 0 ? others : undefined, merge)
          }
          return (
            <Part key={channel} name={name} of={langName} onRemove={() => removeBy(channel)}>
              <TemplateBox
                label={`${what} · ${langName} · ${name}`}
                lang={lang}
                value={own['text']}
                onChange={(typed) => put('text', typed, true)}
                {...(channel === 'sms' && {
                  foot: t('prompt.count', {
                    count: [...sms].length,
                    parts: smsSegments(sms).segments.length,
                  }),
                })}
              />
              {channel !== 'voice' && (
                <Cards
                  of={`${what} · ${langName} · ${name}`}
                  value={own['cards']}
                  onChange={(cards) => put('cards', cards)}
                />
              )}
            </Part>
          )
        })}
      {variant['cards'] !== undefined && (
        <Part name={t('prompt.cards')} of={langName} onRemove={() => change(['cards'], undefined)}>
          <Cards
            of={`${what} · ${langName}`}
            value={variant['cards']}
            onChange={(cards) => change(['cards'], cards, true)}
          />
        </Part>
      )}
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            ...parts.map((part) => ({ key: part, label: t(`prompt.${part}`) })),
            ...(otherChannels.length > 0
              ? [
                  {
                    key: 'by',
                    label: t('prompt.by'),
                    children: otherChannels.map((channel) => ({
                      key: `by.${channel}`,
                      label: labels.channel(channel),
                    })),
                  },
                ]
              : []),
          ],
          onClick: ({ key }) => ask(key),
        }}
      >
        <Button
          size="small"
          type="text"
          className="form-small"
          icon={<PlusOutlined aria-hidden />}
          aria-label={`${t('prompt.more')} ${what} · ${langName}`}
        >
          {t('prompt.more')}
        </Button>
      </Dropdown>
    </div>
  )
}

interface PartProps {
  name: string
  of: string
  help?: string
  onRemove(): void
  children: ReactNode
}

function Part({ name, of, help, onRemove, children }: PartProps) {
  const t = useT('flows/form')
  return (
    <div className="form-part" role="group" aria-label={`${of} · ${name}`}>
      <div className="form-lang-head">
        <span>{name}</span>
        <Button
          size="small"
          type="text"
          icon={<CloseOutlined aria-hidden />}
          aria-label={t('prompt.removePart', { name: `${of} · ${name}` })}
          title={t('remove')}
          onClick={onRemove}
        />
      </div>
      {help !== undefined && <p className="form-help">{help}</p>}
      {children}
    </div>
  )
}
